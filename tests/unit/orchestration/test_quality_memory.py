"""What is remembered of issues: what the last run knew, what was known before an earlier one, and nothing of the erased."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from orchestration.quality.memory import forget, known_before, remember

pytestmark = pytest.mark.slow

COLUMNS = (
    "dataset varchar, key varchar, rule varchar, owner_system varchar, detail_masked varchar, committee_code varchar, "
    "first_seen timestamp, last_seen timestamp, closed_at timestamp, state varchar"
)
WEEK = (
    "week_start date, committee_code varchar, left_system varchar, right_system varchar, attribute varchar, "
    "matched_count bigint, conflicting_count bigint, left_only_count bigint, right_only_count bigint"
)


def warehouse(folder: Path, **states: str | None) -> Path:
    """A warehouse in which these issues stand; with a time they are closed."""
    path = folder / "warehouse.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create table quality_issue ({COLUMNS})")
        connection.execute(f"create table source_agreement ({WEEK})")
        for key, closed_at in states.items():
            row = ["police.SYRK", key, "ID-X", "police", "错", "c1", "2026-11-01", "2026-11-19", closed_at]
            connection.execute(
                "insert into quality_issue values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*row, "closed" if closed_at else "open"]
            )
    return path


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 6, tzinfo=UTC)


def test_a_run_is_handed_what_the_one_before_knew(tmp_path: Path) -> None:
    assert known_before(tmp_path, None)["known_issue"].is_empty()
    remember(tmp_path, warehouse(tmp_path, a=None, b=None), "r1", at(20))
    remember(tmp_path, warehouse(tmp_path, a=None, b="2026-11-21 06:00:00"), "r2", at(21))
    now = known_before(tmp_path, None)["known_issue"].sort("source_key")
    assert now["closed_at"].is_null().to_list() == [True, False]
    assert now["last_seen"].to_list() == [at(21).replace(tzinfo=None), datetime(2026, 11, 19)]  # noqa: DTZ001 - UTC without a zone
    before = known_before(tmp_path, "r2")["known_issue"].sort("source_key")
    assert before["closed_at"].is_null().to_list() == [True, True]
    assert before["last_seen"].to_list() == [at(20).replace(tzinfo=None)] * 2
    assert known_before(tmp_path, "r1")["known_issue"].is_empty()
    assert known_before(tmp_path, "never")["known_issue"].is_empty()


def test_the_erased_are_forgotten(tmp_path: Path) -> None:
    remember(tmp_path, warehouse(tmp_path, a=None, b=None), "r1", at(20))
    assert forget(tmp_path, frozenset({"a"})) == 1
    assert known_before(tmp_path, None)["known_issue"]["source_key"].to_list() == ["b"]
    kept = pl.concat([pl.read_parquet(path) for path in tmp_path.glob("quality/memory/*/issue.parquet")])
    assert "a" not in kept["source_key"].to_list()
