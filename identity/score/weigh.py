"""What each pair weighs: evidence in bits, and the probability that both records are one person's.

Not here: which pairs are then merged (threshold.py, cluster.py).
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.score.coded import Coded
from identity.score.estimate import Model, likelihood
from identity.score.population import Population

Floats = npt.NDArray[np.float64]
MOST_BITS = 200.0  # beyond this a weight tells nothing more; keeps arithmetic finite


def weigh(steps: pl.DataFrame, model: Model, rarity: dict[str, Floats] | None = None) -> pl.DataFrame:
    """Add `weight` (bits; posterior odds of the same person) and `posterior` (0 to 1) to a frame of steps.

    Args:
        steps: one small-integer column a comparison, one row a pair.
        model: from `estimate`.
        rarity: for comparisons weighed by frequency, one number a pair: the natural logarithm of how much more frequent
            than the average agreement the agreed value is (below 0 for a rare one); 0 where they do not agree exactly.
    """
    names = list(model.stranger)
    distinct = steps.select(names).unique(maintain_order=False).sort(names).with_row_index("_vector")
    place = steps.select(names).join(distinct, names, "left", maintain_order="left")["_vector"].to_numpy()
    vectors = distinct.select(names).to_numpy().astype(np.int64)
    match = (likelihood(vectors, model.match) + np.log(model.match_share))[place]
    stranger = (likelihood(vectors, model.stranger) + np.log1p(-model.match_share - model.kin_share))[place]
    kin = likelihood(vectors, model.kin)[place] + (np.log(model.kin_share) if model.kin_share > 0 else -np.inf)
    for name, rare in (rarity or {}).items():
        stranger = stranger + rare
        kin = kin if name in model.shared else kin + rare
    odds = np.clip((match - np.logaddexp(stranger, kin)) / np.log(2.0), -MOST_BITS, MOST_BITS)
    return steps.with_columns(weight=odds, posterior=1.0 / (1.0 + np.exp2(-odds)))


def rarity_of(coded: Coded, steps: pl.DataFrame, population: Population) -> dict[str, Floats]:
    """How rare the agreed values of pairs are, for the comparisons that are weighed by frequency."""
    told: dict[str, Floats] = {}
    left = steps["left"].to_numpy()
    for one in population.comparisons:
        if not one.by_frequency or one.levels[0].kind != "exact":
            continue
        column = coded.columns[one.column]
        shares = column.frequencies()
        logs = np.append(np.log(shares / max(float(np.square(shares).sum()), 1e-12)), 0.0)
        told[one.column] = np.where(steps[one.column].to_numpy() == 1, logs[column.codes[left]], 0.0)
    return told
