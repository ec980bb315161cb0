"""Stock Splink 5 on DuckDB: train, predict, cluster, timed from a table in memory to clusters, one result a threshold."""

import logging
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from io import StringIO
from typing import Any

import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator

from benchmarks.public.ours import Found
from benchmarks.public.splink_plan import SplinkPlan

SEED = 2  # of its draw of random pairs: the same figures in every run


def run_splink(records: pl.DataFrame, key: str, parts: tuple[str, ...], plan: SplinkPlan, note: str = "") -> list[Found]:
    """The seconds of each result are those of one whole run: training, prediction and one clustering."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        begin = time.perf_counter()
        linker = _trained(records, key, parts, plan)
        predicted = linker.inference.predict(threshold_match_probability=min(plan.thresholds))
        seconds = time.perf_counter() - begin
        found = [_found(linker, predicted, key, threshold) for threshold in plan.thresholds]
    return [replace(one, method=f"stock Splink, {note}{one.method}", seconds=seconds + one.seconds) for one in found]


def _trained(records: pl.DataFrame, key: str, parts: tuple[str, ...], plan: SplinkPlan) -> Linker:
    database = DuckDBAPI()
    tables = [records.filter(pl.col("source") == part) for part in parts] or [records]
    held = [database.register(table.drop("source", strict=False).to_arrow()) for table in tables]
    settings = SettingsCreator(
        link_type="link_only" if parts else "dedupe_only",
        unique_id_column_name=key,
        comparisons=list(plan.comparisons),
        blocking_rules_to_generate_predictions=list(plan.predict_on),
    )
    linker = Linker(held if parts else held[0], settings)
    training = linker.training
    training.estimate_probability_two_random_records_match(list(plan.certain), recall=plan.recall)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in plan.train_on:
        training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    return linker


def _found(linker: Linker, predicted: Any, key: str, threshold: float) -> Found:
    """Its seconds are those of the clustering alone."""
    begin = time.perf_counter()
    grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=threshold)
    clusters = grouped.as_duckdbpyrelation().pl().select(key, cluster=pl.col("cluster_id").cast(pl.String))
    seconds = time.perf_counter() - begin
    pairs = predicted.as_duckdbpyrelation().pl().filter(pl.col("match_probability") >= threshold)
    return Found(f"threshold {threshold:g}", pairs.select(left=f"{key}_l", right=f"{key}_r"), clusters, seconds)
