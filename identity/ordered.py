"""Numbers looked for among others that are in order, and the runs of rows that belong to each.

Not here: hashes that are in no order (identity/solution/slots.py), or in order and very many (identity/solution/spans.py).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]  # of one kind of integer
Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def stands_at(asked: Numbers, known: Numbers) -> tuple[Rows, Flags]:
    """The place of each number among known ones, which are in order (the first, where it comes twice), and whether it is there.

    The place of one that is not is any. Many are found much sooner when those who ask are in order as well.
    """
    if not known.size:
        return np.zeros(asked.size, dtype=np.int64), np.zeros(asked.size, dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, asked), known.size - 1)
    return places, known[places] == asked


def is_each_once(numbers: Numbers) -> bool:
    """Whether no two of these numbers, in any order, are equal."""
    in_order = np.sort(numbers)
    return not (in_order[1:] == in_order[:-1]).any()


def runs(first: Rows, count: Rows) -> Rows:
    """The numbers of so many rows from each of these on, one run after the other."""
    return np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
