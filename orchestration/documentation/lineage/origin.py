"""One step of the way back: a column that another is made of, and what it does for it. Not here: finding it (query.py)."""

from dataclasses import dataclass
from enum import IntEnum

from orchestration.documentation.lineage.given import Given


class Role(IntEnum):
    """What a column does on the way; the last one of a way is that of the whole."""

    VALUE = 0  # what it holds is told, counted or tested
    ROW = 1  # it decides which rows are taken
    IDENTITY = 2  # it decides which records are one person or place


@dataclass(frozen=True)
class Origin:
    """A column of a relation (null: its rows), what is known of those rows, and what it does.

    `is_key`: what decides the rows of the relation is followed from another column of it already.
    """

    relation: str
    column: str | None
    given: Given
    role: Role
    is_key: bool = False
