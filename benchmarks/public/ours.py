"""Our engine on a data set, timed."""

import time
from dataclasses import dataclass

import polars as pl

from benchmarks.public.dataset import POPULATIONS, DataSet
from identity.score.population import load_population
from identity.score.run import cluster, score


@dataclass(frozen=True)
class Found:
    """What a method found: accepted pairs (`left`, `right`), clusters (the key, `cluster`), and its seconds."""

    method: str
    pairs: pl.DataFrame
    clusters: pl.DataFrame
    seconds: float


def run_ours(data: DataSet) -> Found:
    """Candidates, estimation, weights, threshold and clusters, from a table in memory."""
    population = load_population(POPULATIONS / data.population)
    shown = data.shown()
    begin = time.perf_counter()
    scored = score(shown, population)
    clusters = cluster(scored, population)
    seconds = time.perf_counter() - begin
    accepted = scored.pairs.filter((pl.col("weight") >= scored.threshold) & ~pl.col("is_vetoed"))
    names = scored.coded.frame[data.key]
    pairs = pl.DataFrame({side: names.gather(accepted[side]) for side in ("left", "right")})
    return Found(f"our engine, derived threshold {scored.threshold:.1f} bits", pairs, clusters, seconds)
