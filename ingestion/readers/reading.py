"""What every reader gives back. Not here: how it is made of bytes (the other modules of this folder)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

BROKEN_SCHEMA = {"_line": pl.Int64, "rule": pl.String, "detail": pl.String, "original": pl.Binary}


@dataclass(frozen=True)
class Reading:
    """The rows of one file, query or pull.

    `frame`: text columns named as in the contract (null: the source has no value or no such column) and `_line` (Int64, from 1).
    Whole numbers of the contract are Int64 where the reader knows that every one of the file is one, else text.
    `columns`: those that the source itself named, in its order (see drift/columns for feeds without one); empty: not known.
    `broken`: rows that have no fields to read (BROKEN_SCHEMA). `original_of` gives the original bytes for values of `_line`.
    """

    frame: pl.DataFrame
    original_of: Callable[[Sequence[int]], list[bytes]]
    broken: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BROKEN_SCHEMA))
    columns: tuple[str, ...] = ()

    @property
    def read_rows(self) -> int:
        """How many rows the source delivered, broken ones included."""
        return self.frame.height + self.broken.height


def broken_rows(rows: Sequence[tuple[int, str, str, bytes]]) -> pl.DataFrame:
    """A frame of broken rows from (line, rule, detail, original)."""
    return pl.DataFrame(rows, schema=BROKEN_SCHEMA, orient="row")


def text_schema(fields: Sequence[str]) -> dict[str, pl.DataType]:
    """Every field as text: what a value means is for cleaning to say."""
    return {name: pl.String() for name in fields}
