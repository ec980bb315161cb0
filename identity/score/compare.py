"""Pairs to comparison steps: one small number a comparison.

A step is 0 where either value is unknown, 1 for the first level written, and so on; the last, one more than there are
levels, means that none was reached. Not here: what a step weighs (estimate.py, weigh.py).
"""

from functools import reduce

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.score.coded import Coded, Codes
from identity.score.distance import Measure, distances
from identity.score.population import Comparison, Level, Population

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
ROUNDING = 1e-6  # similarities are told with single precision


def compare(coded: Coded, left: Rows, right: Rows, population: Population) -> pl.DataFrame:
    """`left`, `right` (rows of `coded`) and one UInt8 column a comparison, named after its column."""
    steps = {one.column: _Ladder(coded, one, left, right).climb() for one in population.comparisons}
    return pl.DataFrame({"left": left, "right": right, **steps})


class _Ladder:
    """One comparison of many pairs. `rows` are the pairs that have reached no level yet; each distance is measured once."""

    def __init__(self, coded: Coded, comparison: Comparison, left: Rows, right: Rows) -> None:
        self.coded, self.comparison, self.left, self.right = coded, comparison, left, right
        self.column = coded.columns[comparison.column]
        known = (self.column.codes[left] >= 0) & (self.column.codes[right] >= 0)
        self.rows = np.flatnonzero(known)
        self.measured: dict[Measure, npt.NDArray[np.float64]] = {}

    def climb(self) -> npt.NDArray[np.uint8]:
        """The step of every pair."""
        told = np.zeros(len(self.left), dtype=np.uint8)
        for number, level in enumerate(self.comparison.levels, start=1):
            met = self._meets(level)
            told[self.rows[met]] = number
            self.rows = self.rows[~met]
            self.measured = {measure: known[~met] for measure, known in self.measured.items()}
        told[self.rows] = len(self.comparison.levels) + 1
        return told

    def _codes(self) -> tuple[Codes, Codes]:
        return self.column.codes[self.left[self.rows]], self.column.codes[self.right[self.rows]]

    def _meets(self, level: Level) -> Mask:
        """Which of the open pairs reach a level."""
        if level.kind == "exact":
            one, two = self._codes()
            return np.asarray(one == two)
        if level.kind == "edits":
            return self._distance("edits") <= level.most
        if level.kind == "alike":
            return self._distance("alike") >= level.least - ROUNDING
        return self._begins() if level.kind == "begins" else self._crossed(level)

    def _distance(self, measure: Measure) -> npt.NDArray[np.float64]:
        if measure not in self.measured:
            levels = [level for level in self.comparison.levels if level.kind == measure]
            bound = max(level.most for level in levels) if measure == "edits" else min(level.least for level in levels)
            self.measured[measure] = distances(self.column, *self._codes(), measure, bound)
        return self.measured[measure]

    def _begins(self) -> Mask:
        values = self.column.values
        pairs = zip(*(codes.tolist() for codes in self._codes()), strict=True)
        told = (values[a].startswith(values[b]) or values[b].startswith(values[a]) for a, b in pairs)
        return np.fromiter(told, dtype=np.bool_, count=len(self.rows))

    def _crossed(self, level: Level) -> Mask:
        """Values that stand in the other record's other column: both ways for `swapped`, either way for `elsewhere`."""
        there = self.coded.columns[str(level.other)]
        here = {value: number for number, value in enumerate(self.column.values)}
        number = np.array([*(here.get(value, -2) for value in there.values), -2], dtype=np.int64)[there.codes]
        one, two = self._codes()
        ways = [one == number[self.right[self.rows]], two == number[self.left[self.rows]]]
        return reduce(np.logical_and if level.kind == "swapped" else np.logical_or, ways)
