"""The gate finds what is broken, says what to do, and takes nothing that it could not check for passed."""

import json
from dataclasses import replace

import polars as pl
import pytest

from expectations.gate import GateContext, audit_tables, run_gate
from expectations.report import NOT_RUN, SCHEMA
from expectations.scorecard.score import score
from tests.street_tables import AS_OF, AT, build_warehouse, change_warehouse

pytestmark = pytest.mark.slow  # every test builds a street's tables

SECRET = "31999919900101001X"
BREAKS = {
    "resident.grain": "insert into resident select * from resident where resident_id = 'R1-0'",
    "resident.codes.status": "update resident set status = 'gone' where resident_id = 'R2-0'",
    "resident.formats.id_token": f"update resident set id_token = '{SECRET}' where resident_id = 'R3-0'",
    "resident.references.dwelling_id.dwelling": "update resident set dwelling_id = 'nowhere' where resident_id = 'R4-0'",
    "resident.required.status": "update resident set status = null where resident_id = 'R5-0'",
    "resident.no-number-in-name": f"update resident set name_masked = '{SECRET}' where resident_id = 'R6-0'",
    "resident.birth-year-known": "update resident set birth_year = null where household_id < 'F4'",
    "source_batch.parts.read_rows": "update source_batch set rejected_rows = 3",
    "device_day.ranges.online_rate": "update device_day set online_rate = 1.2 where device_id = 'V20'",
    "alarm.orders.dispatched_at.arrived_at": "update alarm set arrived_at = timestamp '2026-01-01' where alarm_id = 'A20'",
    "task.could-not": "drop table task",
    "household.columns": "alter table household drop column type",
}
WARNINGS = {"resident.birth-year-known", "alarm.orders.dispatched_at.arrived_at"}


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    home = tmp_path_factory.mktemp("gate")
    return GateContext(home=home, run_id="run-1", at=AT, as_of=AS_OF), build_warehouse(home, 60)


@pytest.fixture(scope="module")
def good(street):
    context, database = street
    return run_gate(database, context)


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    home = tmp_path_factory.mktemp("broken")
    database = build_warehouse(home, 60)
    change_warehouse(database, *BREAKS.values())
    return run_gate(database, GateContext(home=home, run_id="run-2", at=AT, as_of=AS_OF))


def failed_codes(report):
    return set(report.results.filter(~pl.col("passed"))["check_code"])


def test_a_good_street_passes_every_check(good):
    assert good.blocking_failures == []
    assert failed_codes(good) == set()
    assert good.results.schema == SCHEMA
    assert good.results.select("check_code", "dataset", "run_id").is_duplicated().sum() == 0
    assert set(good.results["run_id"]) == {"run-1"}
    assert good.results.filter(pl.col("check_code") == "resident.grain")["checked_rows"].to_list() == [120]


@pytest.mark.parametrize("code", [code for code in BREAKS if code not in {"task.could-not", "household.columns"}])
def test_each_seeded_defect_is_found(broken, code):
    assert code in failed_codes(broken)
    assert any(line.startswith(f"{code}:") for line in broken.blocking_failures) == (code not in WARNINGS)


def test_a_repeated_key_counts_every_row_that_has_it(broken):
    row = broken.results.filter(pl.col("check_code") == "resident.grain").to_dicts()[0]
    assert (row["checked_rows"], row["failed_rows"]) == (121, 2)


def test_an_absent_table_has_failed_and_is_named_once(broken):
    assert not broken.results.filter(pl.col("dataset") == "task")["passed"].any()
    assert [line for line in broken.blocking_failures if line.startswith("task:")] == [
        "task: not checked, since table task is absent; do: look at what builds task, and run again"
    ]


def test_a_missing_column_fails_its_checks_and_lets_the_others_speak(broken):
    rows = broken.results.filter(pl.col("dataset") == "household")
    passed = dict(rows.select("check_code", "passed").iter_rows())
    assert passed["household.columns"] is False
    assert passed["household.codes.type"] is False
    assert passed["household.ranges.size"] is True
    could_not = rows.filter(check_code="household.codes.type")
    assert could_not["detail"].item() == "could not be checked: column type is missing"


def test_a_check_without_a_row_to_look_at_has_not_run(tmp_path):
    home = tmp_path / "home"
    database = build_warehouse(home, 30)
    change_warehouse(database, "delete from alarm", "delete from task")
    report = run_gate(database, GateContext(home=home, run_id="run-3", at=AT, as_of=AS_OF))
    idle = report.results.filter(pl.col("passed").is_null())
    assert {"alarm.grain", "alarm.codes.outcome", "task.grain"} <= set(idle["check_code"])
    assert idle.select(pl.sum("checked_rows", "failed_rows")).row(0) == (0, 0)
    assert set(idle["detail"]) == {NOT_RUN}
    assert report.results.filter(pl.col("passed").is_not_null(), checked_rows=0).is_empty()
    assert not [line for line in report.blocking_failures if line.startswith(("alarm.", "task."))]
    scores = score(report.results).filter(subject="alarm", dimension="准确性").row(0, named=True)
    assert (scores["score"], scores["checks_run"]) == (None, 0)


def test_every_result_shows_what_was_observed_and_what_was_expected(broken):
    row = broken.results.filter(check_code="resident.birth-year-known").row(0, named=True)
    assert row["observed"] == row["failed_rows"] / row["checked_rows"] > row["expected_most"]
    assert row["history_count"] is None
    assert any("column type is missing" in line for line in broken.blocking_failures)


def test_no_value_of_the_data_is_told(broken):
    told = broken.results.write_json() + " ".join(broken.blocking_failures)
    assert SECRET not in told
    assert "R3-0" not in told


def test_every_line_says_what_to_do(broken):
    assert broken.blocking_failures
    assert all("; do: " in line and "\n" not in line for line in broken.blocking_failures)


def test_an_accepted_failure_stays_failed_but_does_not_block(street, tmp_path):
    context, database = street
    home = tmp_path / "home"
    (home / "state").mkdir(parents=True)
    vault = context.home / "build" / "vault" / "resident_vault.parquet"
    accepted = [
        {"check_code": "street.grain", "by": "李主任", "reason": "并街", "until": "2026-11-30"},
        {"check_code": "committee.grain", "by": "李主任", "reason": "并街", "until": "2026-11-01"},
    ]
    (home / "state" / "accepted_checks.json").write_text(json.dumps(accepted), encoding="utf-8")
    other = build_warehouse(tmp_path / "other", 30)
    change_warehouse(other, "insert into street from street", "insert into committee from committee")
    report = run_gate(other, replace(context, home=home, files={"resident_vault": vault}))
    assert {"street.grain", "committee.grain"} <= failed_codes(report)
    assert [line.split(":")[0] for line in report.blocking_failures if ".grain" in line] == ["committee.grain"]
    details = report.results.filter(pl.col("check_code") == "street.grain")["detail"].to_list()
    assert details == ["accepted by 李主任 until 2026-11-30: 并街"]
    assert database.exists()


def test_tables_made_while_publishing_are_audited(street, good, tmp_path):
    context, _ = street
    results, change = tmp_path / "results.parquet", tmp_path / "change.parquet"
    good.results.write_parquet(results)
    row = {"table": "resident", "key": "R1", "kind": "moved", "version": "v", "at": AT.replace(tzinfo=None)}
    pl.DataFrame([row]).write_parquet(change)
    score(good.results).write_parquet(scores := tmp_path / "score.parquet")
    report = audit_tables({"quality_result": results, "quality_score": scores, "change": change}, context)
    assert failed_codes(report) == {"change.codes.kind"}
    assert report.results.schema == good.results.schema
