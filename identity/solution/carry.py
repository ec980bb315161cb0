"""Members carried from one solution to the next: most rows as they were, some replaced, some gone, some between the others.

No sorting and no join: every row of the outcome is told by its place.
Not here: which rows are which (identity/solution/again.py).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.frames import REF

Places = npt.NDArray[np.int64]


def carried(members: pl.DataFrame, updates: pl.DataFrame, gone: pl.Series, by: Sequence[str] = REF) -> pl.DataFrame:
    """The members in their order: `updates` in the place of rows of the same `no`, new ones where they belong, none that is gone.

    Args:
        members: With `no`.
        updates: The same columns.
        gone: `no` of members.
        by: By which columns the members stand; few values of each but the last.
    """
    numbers = members["no"].to_numpy()
    size = 1 + max((int(part.max() or 0) for part in (members["no"], updates["no"])), default=0)  # type: ignore[arg-type]
    place = np.full(size, -1, dtype=np.int64)
    place[numbers] = np.arange(numbers.size)
    is_new = place[updates["no"].to_numpy()] < 0
    place[updates["no"].to_numpy()] = numbers.size + np.arange(updates.height)
    stays = np.ones(size, dtype=bool)
    stays[gone.to_numpy()] = False
    kept = stays[numbers]
    added = updates.with_row_index("row").filter(pl.Series(is_new)).sort(*by)
    before = np.concatenate([[0], np.cumsum(kept)])[_places(members, added, by)]
    order = np.insert(place[numbers[kept]], before, numbers.size + added["row"].to_numpy().astype(np.int64))
    return ordered(members, updates, order)


def inserted(frame: pl.DataFrame, kept: Places, added: pl.DataFrame, before: Places) -> pl.DataFrame:
    """These rows of a frame, and others before some of them.

    Args:
        frame: As it was.
        kept: Which rows of it stay, in their order.
        added: The same columns.
        before: Before which of the rows that stay each of these belongs, in their order.
    """
    order = np.insert(kept, before, frame.height + np.arange(added.height))
    return ordered(frame, added, order)


def ordered(frame: pl.DataFrame, added: pl.DataFrame, order: Places) -> pl.DataFrame:
    """The rows of two frames (the same columns) as places in the one behind the other; in one piece, which is read sooner."""
    both: pl.DataFrame = pl.concat([frame, added.select(frame.columns)], rechunk=True)
    return both[order]


def _places(members: pl.DataFrame, added: pl.DataFrame, by: Sequence[str]) -> Places:
    """Before which row of the members each added row belongs; both by these columns."""
    *groups, key = by
    found: list[Places] = [np.empty(0, dtype=np.int64)]
    for part in added.partition_by(groups, maintain_order=True):
        first, last = 0, members.height
        for group in groups:
            first, last = _range(members[group], part[group][0], first, last)
        found.append(first + members[key].slice(first, last - first).search_sorted(part[key], "left").to_numpy().astype(np.int64))
    return np.concatenate(found)


def _range(column: pl.Series, value: str, first: int, last: int) -> tuple[int, int]:
    """Where a value stands between two rows of a column that is sorted there."""
    return bisect_left(column, value, first, last), bisect_right(column, value, first, last)
