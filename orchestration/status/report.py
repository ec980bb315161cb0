"""The state of a street's warehouse, as plain data: versions, sources, last batches, quarantine, open checks.

Reads what stands on disk and changes nothing. Not here: how it is printed.
"""

from pathlib import Path
from typing import Any

import polars as pl

from ingestion.landing.ledger import read_ledger, rejected_rows
from orchestration.publish.current import current_version, read_manifest
from orchestration.warehouse.source_state import read_source_state

CHECK_COLUMNS = (
    "check_code", "dataset", "severity", "checked_rows", "failed_rows", "observed", "expected_least", "expected_most",
    "history_count", "claim_zh", "claim_en", "owner",
)  # fmt: skip


def status_report(home: Path) -> dict[str, Any]:
    """Everything `yidang status` tells; times are UTC text; `current` is null before the first version."""
    current = current_version(home)
    ledger = read_ledger(home)
    manifest = read_manifest(home, current) if current else None
    return {
        "current": current,
        "as_of": manifest["as_of"] if manifest else None,
        "created_at": manifest["created_at"] if manifest else None,
        "versions": sorted(path.name for path in (home / "published").glob("*/") if (path / "manifest.json").exists()),
        "sources": _rows(read_source_state(home)),
        "last_batches": _rows(ledger.sort("received_at", "batch_id").group_by("source", "entity", maintain_order=True).last()),
        "batches": ledger.height,
        "quarantine": _rows(
            rejected_rows(home)
            .filter(~pl.col("is_replayed"))
            .group_by("source", "entity", "rule")
            .agg(rows=pl.len())
            .sort("source", "entity", "rule")
        ),
        "open_checks": _open_checks(home, current) if current else [],
    }


def _open_checks(home: Path, version: str) -> list[dict[str, Any]]:
    """The failed checks of the current version's own run, the critical first."""
    results = pl.read_parquet(home / "published" / version / "tables" / "quality_result.parquet")
    is_whole = pl.col("committee_code").is_null()
    newest = results.filter(pl.col("checked_at") == pl.col("checked_at").max(), ~pl.col("passed"), is_whole)
    return _rows(newest.sort("severity", "dataset", "check_code").select(CHECK_COLUMNS))


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data; times become ISO text in UTC."""
    times = [name for name, dtype in frame.schema.items() if dtype.is_temporal()]
    return frame.with_columns(pl.col(times).cast(pl.String) if times else []).to_dicts()
