"""What two clusters weigh together, made up of what their records weigh pair by pair.

Two ways: the mean over the pairs, where only weights are known; or the joint evidence, which takes for each comparison the best
that any pair of records reached, as if each cluster were one record that knows all its records' values.
Not here: which clusters are merged (cluster.py).
"""

import math
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.score.estimate import Model

Floats = npt.NDArray[np.float64]
Evidence = tuple[Any, ...]
UNKNOWN = 0


class Link(Protocol):
    """Evidence of a pair of records, of two such together, and its bits."""

    def of_pairs(self, pairs: npt.NDArray[np.int64]) -> list[Evidence]:
        """The evidence of some of the weighed pairs, by their places."""
        ...

    def together(self, one: Evidence, two: Evidence) -> Evidence:
        """The evidence of both."""
        ...

    def bits(self, evidence: Evidence) -> float:
        """What it weighs."""
        ...


class MeanLink:
    """The mean weight of the pairs across two clusters. Evidence: sum of bits, number of pairs."""

    def __init__(self, weight: Floats) -> None:
        self.weight = weight

    def of_pairs(self, pairs: npt.NDArray[np.int64]) -> list[Evidence]:
        """Each pair's own weight."""
        return [(bits, 1) for bits in self.weight[pairs].tolist()]

    def together(self, one: Evidence, two: Evidence) -> Evidence:
        """Sums."""
        return one[0] + two[0], one[1] + two[1]

    def bits(self, evidence: Evidence) -> float:
        """The mean."""
        return float(evidence[0] / evidence[1])


class JointLink:
    """The best step of each comparison across two clusters. Evidence: steps, and how rare their agreed values are."""

    def __init__(self, steps: pl.DataFrame, model: Model, rarity: dict[str, Floats]) -> None:
        names = list(model.stranger)
        self.steps = steps.select(names).to_numpy()
        self.rarity = np.stack([rarity.get(name, np.zeros(steps.height)) for name in names], axis=1)
        self.match, self.kin, self.stranger = (
            [np.log(shares[name]).tolist() for name in names] for shares in (model.match, model.kin, model.stranger)
        )
        self.is_shared = [name in model.shared for name in names]
        self.start = (
            math.log(model.match_share),
            math.log(model.kin_share) if model.kin_share > 0 else -math.inf,
            math.log1p(-model.match_share - model.kin_share),
        )

    def of_pairs(self, pairs: npt.NDArray[np.int64]) -> list[Evidence]:
        """Each pair's own steps."""
        return list(zip(self.steps[pairs].tolist(), self.rarity[pairs].tolist(), strict=True))

    def together(self, one: Evidence, two: Evidence) -> Evidence:
        """For each comparison the better step; of two equal ones that on the rarer value."""
        best = [
            max(ours, theirs, key=_goodness) for ours, theirs in zip(zip(*one, strict=True), zip(*two, strict=True), strict=True)
        ]
        return [step for step, _ in best], [rare for _, rare in best]

    def bits(self, evidence: Evidence) -> float:
        """Posterior odds of the same person, as in weigh.py."""
        match, kin, stranger = self.start
        for place, (step, rare) in enumerate(zip(*evidence, strict=True)):
            match += self.match[place][step]
            kin += self.kin[place][step] + (0.0 if self.is_shared[place] else rare)
            stranger += self.stranger[place][step] + rare
        most = max(kin, stranger)
        return (match - most - math.log(math.exp(kin - most) + math.exp(stranger - most))) / math.log(2.0)


def _goodness(told: tuple[int, float]) -> tuple[bool, int, float]:
    """A known step before an unknown one, a lower before a higher, a rarer value before a common one."""
    step, rare = told
    return step != UNKNOWN, -step, -rare
