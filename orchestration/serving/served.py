"""What came of bringing PostgreSQL forward. Not here: doing it (load.py)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """Rows of one table that were taken out and that were put in."""

    deleted: int
    inserted: int


@dataclass(frozen=True)
class Served:
    """The version that is loaded now, and the rows sent by table; no table: it was loaded already."""

    version: str
    sent: Mapping[str, Sent]
