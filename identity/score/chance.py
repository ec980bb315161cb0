"""How often strangers agree: from pairs drawn at random, and from how frequent each value is. No labels.

Not here: how often the same person's records agree (estimate.py).
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.score.candidates import same_single_source
from identity.score.coded import Coded
from identity.score.compare import compare
from identity.score.population import Comparison, Population

Shares = dict[str, npt.NDArray[np.float64]]
SEED = 20_260_101  # any number: the draw must only be the same in every run
BELIEF = 1.0  # pairs that each step is believed to have been seen in beforehand, so that no share is nought


def stranger_shares(steps: pl.DataFrame, sizes: dict[str, int]) -> Shares:
    """For each comparison the share of each step (place 0: unknown, always 1) among pairs drawn at random.

    Args:
        steps: one small-integer column a comparison, of pairs drawn at random; nearly all of them strangers.
        sizes: how many steps each comparison has, without the unknown one.
    """
    return {name: _shares(steps[name].to_numpy(), size) for name, size in sizes.items()}


def step_sizes(population: Population) -> dict[str, int]:
    """How many steps each comparison has: its levels and "otherwise"."""
    return {one.column: len(one.levels) + 1 for one in population.comparisons}


def population_shares(coded: Coded, population: Population) -> Shares:
    """The same for described records: the draw, with exact agreement taken from the values' frequencies."""
    left, right = _draw(coded, population)
    shares = stranger_shares(compare(coded, left, right, population), step_sizes(population))
    return {one.column: _with_frequency(coded, one, shares[one.column]) for one in population.comparisons}


def _draw(coded: Coded, population: Population) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs of different rows, the same in every run on the same records."""
    chance = np.random.default_rng(SEED)
    count = population.limits.random_pairs
    left = chance.integers(0, max(coded.size, 1), count) if coded.size > 1 else np.empty(0, dtype=np.int64)
    step = chance.integers(1, max(coded.size, 2), len(left))
    right = (left + step) % max(coded.size, 1)
    kept = ~same_single_source(coded, left, right, population)
    return left[kept], right[kept]


def _shares(steps: npt.NDArray[np.uint8], size: int) -> npt.NDArray[np.float64]:
    seen = np.bincount(steps, minlength=size + 1)[1 : size + 1] + BELIEF
    return np.concatenate([[1.0], seen / seen.sum()])


def _with_frequency(coded: Coded, comparison: Comparison, shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Exact agreement by frequency; what the draw told of the other steps shares the rest."""
    if comparison.levels[0].kind != "exact":
        return shares
    exact = float(np.square(coded.columns[comparison.column].frequencies()).sum())
    if not 0.0 < exact < 1.0:
        return shares
    others = shares[2:] / shares[2:].sum() * (1.0 - exact)
    return np.concatenate([[1.0, exact], others])
