"""Clusters that cannot chain: strongest first, and two clusters become one only if they agree as a whole.

As a whole: the mean weight over every pair of records across the two is at least the threshold, no such pair is vetoed, and
no source that holds each person once would stand twice. Not here: weights (weigh.py).
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass
class _Group:
    """Records of one connected group while it is being merged: rows, their single sources, and weights across."""

    rows: dict[int, list[int]]
    single: dict[int, set[int]]
    sums: dict[int, dict[int, float]] = field(default_factory=dict)


def agglomerate(
    size: int, left: Rows, right: Rows, weight: Floats, *, threshold: float, single: Sequence[int] | None = None
) -> Rows:
    """For each of `size` rows the smallest row of its cluster; the same whatever order the pairs came in.

    Args:
        size: how many rows there are.
        left: rows; with `right` every pair that was weighed, each once. A pair that was not weighed counts as vetoed.
        right: rows.
        weight: bits; minus infinity for a vetoed pair.
        threshold: least mean weight.
        single: for each row a number of its source where that holds each person once, else -1.
    """
    group = _start(left, right, weight, single)
    heap = [(-bits, a, b) for a, near in group.sums.items() for b, bits in near.items() if a < b and bits >= threshold]
    heapq.heapify(heap)
    while heap:
        bits, a, b = heapq.heappop(heap)
        if a in group.rows and b in group.rows and group.sums[a].get(b, -np.inf) / _across(group, a, b) == -bits:
            for other in _merge(group, a, b):
                mean = group.sums[a][other] / _across(group, a, other)
                if mean >= threshold and not group.single[a] & group.single[other]:
                    heapq.heappush(heap, (-mean, min(a, other), max(a, other)))
    told = np.arange(size)
    for head, rows in group.rows.items():
        told[rows] = head
    return told


def _start(left: Rows, right: Rows, weight: Floats, single: Sequence[int] | None) -> _Group:
    rows = np.unique(np.concatenate([left, right])).tolist()
    kinds = {row: ({single[row]} if single is not None and single[row] >= 0 else set()) for row in rows}
    group = _Group({row: [row] for row in rows}, kinds, {row: {} for row in rows})
    for a, b, bits in zip(left.tolist(), right.tolist(), weight.tolist(), strict=True):
        if bits > -np.inf and not kinds[a] & kinds[b]:
            group.sums[a][b] = group.sums[b][a] = bits
    return group


def _across(group: _Group, a: int, b: int) -> int:
    return len(group.rows[a]) * len(group.rows[b])


def _merge(group: _Group, a: int, b: int) -> list[int]:
    """Take b into a (a < b), and name the clusters that may still be merged with them: weighed against both."""
    near, far = group.sums.pop(a), group.sums.pop(b)
    both = sorted((near.keys() & far.keys()) - {a, b})
    for other in (near.keys() | far.keys()) - {a, b}:
        group.sums[other].pop(a, None)
        group.sums[other].pop(b, None)
    group.rows[a] += group.rows.pop(b)
    group.single[a] |= group.single.pop(b)
    group.sums[a] = {other: near[other] + far[other] for other in both}
    for other, bits in group.sums[a].items():
        group.sums[other][a] = bits
    return both
