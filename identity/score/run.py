"""Records and their description to scored pairs and clusters: the whole engine, in the order of its steps."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from identity.score.candidates import candidates, same_single_source
from identity.score.chance import population_shares
from identity.score.closure import closed_pairs
from identity.score.cluster import agglomerate
from identity.score.coded import UNKNOWN, Coded, encode
from identity.score.compare import compare
from identity.score.estimate import Model, estimate
from identity.score.keys import plan_keys
from identity.score.link import JointLink
from identity.score.population import Population
from identity.score.threshold import derive_threshold
from identity.score.weigh import rarity_of, weigh


@dataclass(frozen=True)
class Scored:
    """What became of the records.

    Attributes:
        pairs: one row a candidate pair: left, right (rows of `coded`), the steps, weight, posterior, is_vetoed.
        model: what was learned.
        threshold: least weight (bits) that is merged.
        plan: one row a key: what the guard predicted and did.
    """

    coded: Coded
    pairs: pl.DataFrame
    model: Model
    threshold: float
    plan: pl.DataFrame


def score(records: pl.DataFrame, population: Population) -> Scored:
    """Find candidates, learn, weigh them, and derive the threshold."""
    coded = encode(records, population)
    plan = plan_keys(coded, population)
    left, right = candidates(coded, plan, population)
    steps = compare(coded, left, right, population)
    shared = [one.column for one in population.comparisons if one.shared]
    model = estimate(steps, population_shares(coded, population), coded.size, shared)
    pairs = _weighed(coded, steps, model, population)
    allowed = population.limits.false_merges * coded.size / 10_000
    return Scored(coded, pairs, model, derive_threshold(pairs.filter(~pl.col("is_vetoed")), allowed), plan.told)


def cluster(scored: Scored, population: Population) -> pl.DataFrame:
    """One row a record: its name (the column that the description names) and `cluster`, the name of a cluster's first."""
    coded = scored.coded
    strong = scored.pairs.filter(~pl.col("is_vetoed") & (pl.col("weight") >= scored.threshold))
    left, right = closed_pairs(coded.size, strong["left"].to_numpy(), strong["right"].to_numpy())
    steps = compare(coded, left, right, population)
    weighed = _weighed(coded, steps, scored.model, population)
    barred = weighed["is_vetoed"].to_numpy() | same_single_source(coded, left, right, population)
    bits = np.where(barred, -np.inf, weighed["weight"].to_numpy())
    link = JointLink(steps, scored.model, rarity_of(coded, steps, population))
    single = _single(coded, population)
    heads = agglomerate(coded.size, left, right, bits, threshold=scored.threshold, single=single, link=link)
    names = coded.frame[population.record]
    return pl.DataFrame({population.record: names, "cluster": names.gather(heads)})


def _weighed(coded: Coded, steps: pl.DataFrame, model: Model, population: Population) -> pl.DataFrame:
    last = {one.column: len(one.levels) + 1 for one in population.comparisons}
    vetoes = [pl.col(veto.column) == last[veto.column] for veto in population.vetoes]
    vetoed = pl.any_horizontal(vetoes) if vetoes else pl.lit(value=False)
    return weigh(steps, model, rarity_of(coded, steps, population)).with_columns(is_vetoed=vetoed)


def _single(coded: Coded, population: Population) -> list[int] | None:
    """For each row the number of its source where that holds each person once."""
    if coded.source is None or population.source is None:
        return None
    single = coded.frame[population.source].is_in(list(population.once_in)).to_numpy()
    return [int(code) for code in np.where(single, coded.source, UNKNOWN)]
