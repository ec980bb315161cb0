"""Every pair inside a connected group of records, so that a cluster can be judged as a whole."""

import numpy as np
import numpy.typing as npt

from identity.score.distinct import sorted_distinct

Rows = npt.NDArray[np.int64]
LARGEST = 400  # records; of a larger group only the given pairs are told: nobody has so many records


def closed_pairs(size: int, left: Rows, right: Rows) -> tuple[Rows, Rows]:
    """All pairs (`left` < `right`, sorted) of rows that the given pairs connect, directly or by others."""
    heads = connected(size, left, right)
    joined = np.flatnonzero(np.bincount(heads, minlength=size)[heads] > 1)
    ordered = joined[np.argsort(heads[joined], kind="stable")]
    head = heads[ordered]
    ends = np.searchsorted(head, head, side="right")
    later = ends - np.arange(len(head)) - 1
    later[np.bincount(heads, minlength=size)[head] > LARGEST] = 0
    first = np.repeat(np.arange(len(head)), later)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later)
    given = (left * size + right)[np.bincount(heads, minlength=size)[heads[left]] > LARGEST]
    packed = sorted_distinct(np.concatenate([ordered[first] * size + ordered[second], given]))
    return packed // max(size, 1), packed % max(size, 1)


def connected(size: int, left: Rows, right: Rows) -> Rows:
    """For each row the smallest row that it is connected to: labels fall along edges, and paths are halved, until all rest."""
    heads = np.arange(size)
    while True:
        least = np.minimum(heads[left], heads[right])
        before = heads.copy()
        np.minimum.at(heads, left, least)
        np.minimum.at(heads, right, least)
        np.minimum.at(heads, before[left], least)
        np.minimum.at(heads, before[right], least)
        heads = heads[heads]
        if np.array_equal(heads, before):
            return heads
