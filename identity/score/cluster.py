"""Clusters that cannot chain: strongest first, and two clusters become one only if they agree as a whole.

As a whole: what links them reaches the threshold (link.py), every record of one was weighed against every record of the other,
none of these pairs is vetoed, and no source that holds each person once would stand twice. Not here: weights (weigh.py).
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from identity.score.closure import connected
from identity.score.distinct import sorted_distinct
from identity.score.link import Evidence, Link, MeanLink

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NO_SOURCE = -1  # of a row whose source may hold a person more than once


@dataclass
class _Groups:
    """Clusters while they are being merged, by their smallest row: rows, single sources, and bits and evidence across."""

    rows: dict[int, list[int]]
    single: dict[int, set[int]]
    near: dict[int, dict[int, tuple[float, Evidence]]]


def agglomerate(
    size: int,
    left: Rows,
    right: Rows,
    weight: Floats,
    *,
    threshold: float,
    single: Sequence[int] | None = None,
    link: Link | None = None,
) -> Rows:
    """For each of `size` rows the smallest row of its cluster; the same whatever order the pairs came in.

    Args:
        size: how many rows there are.
        left: rows; with `right` every pair that was weighed, each once. A pair that was not weighed counts as vetoed.
        right: rows.
        weight: bits; minus infinity for a vetoed pair.
        threshold: least bits.
        single: for each row a number of its source where that holds each person once, else -1.
        link: how clusters are weighed; the mean over their pairs where not given.
    """
    kinds = np.full(size, NO_SOURCE) if single is None else np.asarray(single)
    weight = np.where((kinds[left] == kinds[right]) & (kinds[left] != NO_SOURCE), -np.inf, weight)
    heads, is_open = _whole(size, left, right, weight, threshold)
    pairs = np.flatnonzero(is_open & (weight > -np.inf))
    linked = link or MeanLink(weight)
    groups = _start(left[pairs], right[pairs], linked.of_pairs(pairs), weight[pairs], kinds)
    _merge_all(groups, linked, threshold)
    for head, rows in groups.rows.items():
        heads[rows] = head
    return heads


def _whole(size: int, left: Rows, right: Rows, weight: Floats, threshold: float) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """Groups of which each row reaches the threshold with each are clusters at once; which pairs lie in the other groups."""
    heads = connected(size, left, right)
    rows = np.bincount(heads, minlength=size)
    strong = np.bincount(heads[left], weights=weight >= threshold, minlength=size)
    is_whole = strong == rows * (rows - 1) // 2
    return np.where(is_whole[heads], heads, np.arange(size)), ~is_whole[heads[left]]


def _start(left: Rows, right: Rows, evidence: list[Evidence], weight: Floats, kinds: Rows) -> _Groups:
    rows = sorted_distinct(np.concatenate([left, right])).tolist()
    single = {row: {int(kinds[row])} - {NO_SOURCE} for row in rows}
    groups = _Groups({row: [row] for row in rows}, single, {row: {} for row in rows})
    for a, b, told, bits in zip(left.tolist(), right.tolist(), evidence, weight.tolist(), strict=True):
        groups.near[a][b] = groups.near[b][a] = (bits, told)
    return groups


def _merge_all(groups: _Groups, link: Link, threshold: float) -> None:
    """Strongest first; of equals that with the smaller rows. What was weighed before its clusters changed is passed over."""
    heap = [(-bits, a, b) for a, near in groups.near.items() for b, (bits, _) in near.items() if a < b and bits >= threshold]
    heapq.heapify(heap)
    while heap:
        bits, a, b = heapq.heappop(heap)
        if groups.near.get(a, {}).get(b, (None,))[0] != -bits:
            continue
        for other, found in _merge(groups, link, a, b).items():
            if found >= threshold:
                heapq.heappush(heap, (-found, min(a, other), max(a, other)))


def _merge(groups: _Groups, link: Link, a: int, b: int) -> dict[int, float]:
    """Take b into a (a < b), and weigh anew the clusters that were weighed against both and may still be merged."""
    near, far = groups.near.pop(a), groups.near.pop(b)
    groups.rows[a] += groups.rows.pop(b)
    groups.single[a] |= groups.single.pop(b)
    groups.near[a], found = {}, {}
    for other in sorted((near.keys() | far.keys()) - {a, b}):
        groups.near[other].pop(a, None)
        groups.near[other].pop(b, None)
        if other in near and other in far and not groups.single[a] & groups.single[other]:
            told = link.together(near[other][1], far[other][1])
            found[other] = link.bits(told)
            groups.near[a][other] = groups.near[other][a] = (found[other], told)
    return found
