"""Records as whole numbers: each column's values sorted and numbered, so that pairs compare numbers, not text.

Not here: what agreement means (compare.py).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.score.population import Population

Codes = npt.NDArray[np.int32]
UNKNOWN = -1


@dataclass(frozen=True)
class Column:
    """A column's values (sorted, distinct) and, for each record, the number of its value; -1 where it is null."""

    values: list[str]
    codes: Codes

    def frequencies(self) -> npt.NDArray[np.float64]:
        """For each value, its share of the records whose value is known."""
        counts = np.bincount(self.codes[self.codes >= 0], minlength=len(self.values)).astype(np.float64)
        return np.asarray(counts / max(float(counts.sum()), 1.0))


@dataclass(frozen=True)
class Coded:
    """A population's records in the order of their names, so that the order they came in tells nothing."""

    frame: pl.DataFrame
    columns: dict[str, Column]
    source: Codes | None

    @property
    def size(self) -> int:
        """How many records."""
        return self.frame.height


def encode(records: pl.DataFrame, population: Population) -> Coded:
    """Sort by the record's name and number every value.

    Raises:
        ValueError: two records have one name, or a column is missing; the message names it.
    """
    needed = [population.record, *([population.source] if population.source else []), *population.columns()]
    if missing := [name for name in needed if name not in records.columns]:
        raise ValueError(f"records lack the column {', '.join(missing)}, which the population's description names")
    frame = records.sort(population.record)
    if frame[population.record].n_unique() < frame.height:
        raise ValueError(f"column {population.record} names two records alike: names of records must be unique")
    columns = {name: _column(frame[name].cast(pl.String)) for name in population.columns()}
    source = _column(frame[population.source].cast(pl.String)).codes if population.source else None
    return Coded(frame, columns, source)


def _column(text: pl.Series) -> Column:
    values = text.drop_nulls().unique().sort()
    ranks = (
        text.replace_strict(values, range(len(values)), default=None, return_dtype=pl.Int32)
        if len(values)
        else text.cast(pl.Int32)
    )
    return Column(values.to_list(), ranks.fill_null(UNKNOWN).to_numpy())
