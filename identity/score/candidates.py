"""Candidate pairs: the rows that meet in any block, each pair once."""

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.score.coded import Coded
from identity.score.distinct import sorted_distinct
from identity.score.keys import KeyPlan
from identity.score.population import Population

Rows = npt.NDArray[np.int64]


def candidates(coded: Coded, plan: KeyPlan, population: Population) -> tuple[Rows, Rows]:
    """`left` < `right`, sorted, without pairs inside a source that holds each person once."""
    packed = [left * coded.size + right for left, right in map(_pairs, plan.blocks)]
    distinct = sorted_distinct(np.concatenate(packed)) if packed else np.empty(0, dtype=np.int64)
    left, right = distinct // max(coded.size, 1), distinct % max(coded.size, 1)
    kept = ~same_single_source(coded, left, right, population)
    return left[kept], right[kept]


def same_single_source(coded: Coded, left: Rows, right: Rows, population: Population) -> npt.NDArray[np.bool_]:
    """Which pairs stand inside one source that holds each person at most once."""
    if coded.source is None or not population.once_in or population.source is None:
        return np.zeros(len(left), dtype=np.bool_)
    single = coded.frame[population.source].is_in(list(population.once_in)).to_numpy()
    return np.asarray((coded.source[left] == coded.source[right]) & single[left])


def _pairs(blocks: pl.DataFrame) -> tuple[Rows, Rows]:
    """Every pair of rows of a block, without making the other half of the square."""
    ordered = blocks.sort("block", "row")
    rows, block = ordered["row"].to_numpy(), ordered["block"].to_numpy()
    ends = np.searchsorted(block, block, side="right")
    later = ends - np.arange(len(rows)) - 1
    first = np.repeat(np.arange(len(rows)), later)
    start = np.repeat(np.cumsum(later) - later, later)
    second = first + 1 + np.arange(len(first)) - start
    return rows[first].astype(np.int64), rows[second].astype(np.int64)
