"""The results of the last runs stay beside those of this one, so that a trend can be seen.

Not here: the results themselves (expectations/report.py).
"""

import polars as pl

from orchestration.publish.last_version import LastVersion

QUALITY, SCORE = "quality_result", "quality_score"
KEPT_RUNS = 30


def with_history(results: pl.DataFrame, last: LastVersion | None) -> pl.DataFrame:
    """This run's results and those of the newest runs before it, in the columns of this run's."""
    if last is None or QUALITY not in last.tables or not last.tables[QUALITY].path.exists():
        return results
    before = pl.read_parquet(last.tables[QUALITY].path).filter(~pl.col("run_id").is_in(results["run_id"].unique().implode()))
    runs = before.group_by("run_id").agg(pl.col("checked_at").max()).sort("checked_at", "run_id").tail(KEPT_RUNS - 1)
    kept = before.join(runs.select("run_id"), on="run_id", how="semi")
    same = [
        pl.col(name).cast(dtype) if name in kept.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in results.schema.items()
    ]
    return pl.concat([kept.select(same), results])
