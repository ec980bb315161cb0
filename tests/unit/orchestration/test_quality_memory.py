"""What is remembered of issues and months: what the last run knew, what one before an earlier run did, nothing of the erased."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from orchestration.quality.memory import forget, forget_unagreed, known_before, remember

pytestmark = pytest.mark.slow

COLUMNS = (
    "dataset varchar, key varchar, rule varchar, owner_system varchar, detail_masked varchar, committee_code varchar, "
    "first_seen timestamp, last_seen timestamp, closed_at timestamp, state varchar"
)
WEEK = (
    "week_start date, committee_code varchar, left_system varchar, right_system varchar, attribute varchar, "
    "matched_count bigint, conflicting_count bigint, left_only_count bigint, right_only_count bigint"
)


FIGURE = "indicator_code varchar, area_level varchar, area_code varchar, period varchar, numerator double, denominator double"
CELL = "measure varchar, area_level varchar, area_code varchar, period varchar"
TASK = (
    "task_id varchar, subject_id varchar, committee_code varchar, estate_id varchar, needs_consent boolean, raised_date date, "
    "answered_date date"
)
DEFINED = "select 'share' as indicator_code, '1' as version, 'w' as formula, 'snapshot' as cadence"


def warehouse(folder: Path, **states: str | None) -> Path:
    """A warehouse in which these issues stand; with a time they are closed."""
    path = folder / "warehouse.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create table quality_issue ({COLUMNS})")
        connection.execute(f"create table source_agreement ({WEEK})")
        connection.execute(f"create table int_indicator__computed ({FIGURE})")
        connection.execute(f"create table int_measure__protected ({CELL})")
        connection.execute(f"create table indicator_definition as {DEFINED}")
        connection.execute(f"create table int_task__issued ({TASK})")
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
    remember(tmp_path, warehouse(tmp_path, a=None, b=None), "r1", at(20), at(20).date())
    remember(tmp_path, warehouse(tmp_path, a=None, b="2026-11-21 06:00:00"), "r2", at(21), at(21).date())
    now = known_before(tmp_path, None)["known_issue"].sort("source_key")
    assert now["closed_at"].is_null().to_list() == [True, False]
    assert now["last_seen"].to_list() == [at(21).replace(tzinfo=None), datetime(2026, 11, 19)]  # noqa: DTZ001 - UTC without a zone
    before = known_before(tmp_path, "r2")["known_issue"].sort("source_key")
    assert before["closed_at"].is_null().to_list() == [True, True]
    assert before["last_seen"].to_list() == [at(20).replace(tzinfo=None)] * 2
    assert known_before(tmp_path, "r1")["known_issue"].is_empty()
    assert known_before(tmp_path, "never")["known_issue"].is_empty()


def test_the_erased_are_forgotten(tmp_path: Path) -> None:
    remember(tmp_path, warehouse(tmp_path, a=None, b=None), "r1", at(20), at(20).date())
    assert forget(tmp_path, frozenset({"a"})) == 1
    assert known_before(tmp_path, None)["known_issue"]["source_key"].to_list() == ["b"]
    kept = pl.concat([pl.read_parquet(path) for path in tmp_path.glob("quality/memory/*/issue.parquet")])
    assert "a" not in kept["source_key"].to_list()


def month(folder: Path, period: str, number: float, *hidden: str) -> Path:
    """A warehouse that tells this of a month, and withholds it of these areas, and of one in every month before."""
    path = warehouse(folder)
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into int_indicator__computed values ('share', 'street', 's', ?, ?, 9)", [period, number])
        for area, when in [(area, period) for area in hidden] + [("old", "2026-01")]:
            connection.execute("insert into int_measure__protected values ('part', 'estate', ?, ?)", [area, when])
    return path


def test_of_a_month_that_is_over_the_last_word_stays(tmp_path: Path) -> None:
    days = [date(2026, 10, 2), date(2026, 10, 30), date(2026, 11, 3), date(2027, 1, 5)]
    for number, (day, areas) in enumerate(zip(days, ("a", "b", "c", "d"), strict=True)):
        remember(tmp_path, month(tmp_path, f"{day:%Y-%m}", number, areas), f"r{number}", at(20), day)
    told, before = known_before(tmp_path, None), known_before(tmp_path, "r3")
    assert told["known_figure"].select("period", "numerator", "told_date").rows() == [
        ("2026-10", 1.0, days[1]),
        ("2026-11", 2.0, days[2]),
        ("2027-01", 3.0, days[3]),
    ]
    assert set(told["known_withheld"]["area_code"]) == {"b", "c", "d"}
    assert before["known_figure"]["period"].to_list() == ["2026-10", "2026-11"]


def test_a_home_that_kept_no_figures_yet_is_read(tmp_path: Path) -> None:
    remember(tmp_path, warehouse(tmp_path, a=None), "r1", at(20), at(20).date())
    for name in ("figure", "withheld", "task"):
        next(tmp_path.glob(f"quality/memory/*/{name}.parquet")).unlink()
    remember(tmp_path, month(tmp_path, "2026-11", 1.0), "r2", at(21), at(21).date())
    assert known_before(tmp_path, None)["known_figure"].height == 1
    assert known_before(tmp_path, "r2")["known_figure"].is_empty()


def test_tasks_of_the_erased_and_of_those_who_no_longer_agree_are_forgotten(tmp_path: Path) -> None:
    path = warehouse(tmp_path)
    with duckdb.connect(str(path)) as connection:
        for task, subject, needs_consent in (("t1", "r1", False), ("t2", "r2", True), ("t3", "r3", True)):
            connection.execute(
                "insert into int_task__issued values (?, ?, 'c', 'e', ?, '2026-11-20', null)", [task, subject, needs_consent]
            )
    remember(tmp_path, path, "r1", at(20), at(20).date())
    assert known_before(tmp_path, None)["known_task"]["raised_date"].to_list() == [date(2026, 11, 20)] * 3
    assert forget(tmp_path, frozenset({"r1"})) == 1
    assert forget_unagreed(tmp_path, ["r3"]) == 1
    assert known_before(tmp_path, None)["known_task"]["task_id"].to_list() == ["t3"]
