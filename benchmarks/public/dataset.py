"""What every measured data set is made of."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

POPULATIONS = Path(__file__).parent / "populations"


@dataclass(frozen=True)
class DataSet:
    """Records with their truth.

    Attributes:
        name: as printed.
        records: one row a record, text columns; `key` names it, `person` is the truth, which no method is shown.
        key: the column that names a record.
        population: file in populations/ that describes the records to our engine.
        parts: values of `source` that Splink links as tables of their own; empty where it removes duplicates from one.
    """

    name: str
    records: pl.DataFrame
    key: str
    population: str
    parts: tuple[str, ...] = ()

    def shown(self) -> pl.DataFrame:
        """The records without their truth."""
        return self.records.drop("person")
