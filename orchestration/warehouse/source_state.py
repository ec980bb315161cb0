"""When each source was last reached, as ingestion wrote it down in state/sources.json."""

import json
from pathlib import Path

import polars as pl

SCHEMA = {
    "source": pl.String,
    "reached_at": pl.Datetime("us", "UTC"),
    "is_stale": pl.Boolean,
    "stale_since": pl.Datetime("us", "UTC"),
    "message": pl.String,
}


def read_source_state(home: Path) -> pl.DataFrame:
    """One row a configured source; `reached_at` null: never reached; `stale_since` null: reached in the last run."""
    path = home / "state" / "sources.json"
    states = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    rows = [{"source": source, **{k: state.get(k) for k in SCHEMA if k != "source"}} for source, state in sorted(states.items())]
    text = {name: pl.Boolean if name == "is_stale" else pl.String for name in SCHEMA}
    frame = pl.DataFrame(rows, schema=text)
    return frame.with_columns(pl.col("reached_at", "stale_since").str.to_datetime("%+", time_unit="us", time_zone="UTC"))
