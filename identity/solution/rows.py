"""Rows found by their `no` without a look at the others.

Not here: which are asked for.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

Places = npt.NDArray[np.int64]


class Rows:
    """A frame with `no`, each once, and the place of each.

    Attributes:
        frame: The rows, in any order.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame
        numbers = frame["no"].to_numpy()
        self._place: Places = np.full(int(numbers.max(initial=0)) + 1, -1, dtype=np.int64)
        self._place[numbers] = np.arange(numbers.size)

    def of(self, numbers: pl.Series, *columns: str) -> pl.DataFrame:
        """The rows of these that are here (all columns, or some), in the order in which they are asked for."""
        return (self.frame.select(columns) if columns else self.frame)[self.places(numbers)]

    def among(self, numbers: pl.Series, *columns: str) -> pl.DataFrame:
        """The same in the order of the frame."""
        return (self.frame.select(columns) if columns else self.frame)[np.sort(self.places(numbers))]

    def in_order(self, numbers: pl.Series, by: Sequence[str]) -> pl.DataFrame:
        """The same in the order of these columns; only they are looked at twice."""
        places = self.places(numbers)
        order = self.frame.select(by)[places].select(pl.arg_sort_by(by)).to_series()
        rows: pl.DataFrame = self.frame[places[order.to_numpy()]]
        return rows

    def places(self, numbers: pl.Series) -> Places:
        """Where these stand that are here."""
        asked = numbers.to_numpy()
        places: Places = self._place[asked[asked < self._place.size]]
        return places[places >= 0]


def is_among(numbers: pl.Series, chosen: pl.Series) -> npt.NDArray[np.bool_]:
    """Which of many numbers are chosen: by a flag for each number, sooner than by a search."""
    told, wanted = numbers.to_numpy(), chosen.to_numpy()
    flags = np.zeros(int(max(told.max(initial=0), wanted.max(initial=0))) + 1, dtype=np.bool_)
    flags[wanted] = True
    is_chosen: npt.NDArray[np.bool_] = flags[told]
    return is_chosen
