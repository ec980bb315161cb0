"""The scorecard says what the rows of quality_result say, counted again here by hand; a check that did not run scores nothing."""

from datetime import datetime

import duckdb
import polars as pl
import pytest

from expectations.compiled.judge import allowed
from expectations.feed.measure import EXPECTATION, measure_feeds, measure_sources
from expectations.report import SCHEMA
from expectations.scorecard.score import rules, score

DAYS = [datetime(2026, 11, 20), datetime(2026, 11, 21)]  # noqa: DTZ001 - the tables hold UTC without a zone


def result(**told):
    return dict.fromkeys(SCHEMA) | {"severity": "warning", "passed": True, "run_id": "r1", "checked_at": DAYS[0]} | told


def some_results():
    feed = {"dataset": "police.SYRK", "source_system": "police", "column_count": 19}
    return [
        result(check_code="a", dimension="完整性", checked_rows=100, failed_rows=3, column_names="ZJHM", **feed),
        result(check_code="b", dimension="完整性", checked_rows=0, failed_rows=0, column_names="XM", **feed),
        result(check_code="c", dimension="准确性", checked_rows=50, failed_rows=1, column_names="ZJHM;CSRQ", **feed),
        result(check_code="a.1", dimension="完整性", checked_rows=40, failed_rows=3, committee_code="319999001001", **feed),
        result(check_code="t", dataset="resident", dimension="准确性", checked_rows=10, failed_rows=0, column_count=5),
        result(check_code="a", dimension="完整性", checked_rows=100, failed_rows=9, run_id="r2", checked_at=DAYS[1], **feed),
        result(check_code="never", dataset="civil.x", source_system="civil", dimension="准确性", checked_rows=0, failed_rows=0),
    ]


def by_hand(rows):
    """Numerator and denominator by level, subject, dimension and run, as the formula says."""
    sums = {}
    for row in rows:
        if row["committee_code"]:
            subjects = [("committee", row["committee_code"])]
        else:
            subjects = [("dataset", row["dataset"]), ("street", "all")]
            subjects += [("source", row["source_system"])] if row["source_system"] else []
        for level, subject in subjects:
            for dimension in (row["dimension"], "全部"):
                good, looked_at = sums.get((level, subject, dimension, row["run_id"]), (0, 0))
                at = (level, subject, dimension, row["run_id"])
                sums[at] = (good + row["checked_rows"] - row["failed_rows"], looked_at + row["checked_rows"])
    return sums


@pytest.fixture(scope="module")
def scored():
    return score(pl.DataFrame(some_results(), schema=SCHEMA))


def test_scores_are_those_of_the_formula(scored):
    rows, scores = some_results(), scored
    names = ("level", "subject", "dimension", "run_id")
    told = {tuple(row[name] for name in names): (row["numerator"], row["denominator"]) for row in scores.to_dicts()}
    assert told == by_hand(rows)
    for row in scores.to_dicts():
        expected = round(100 * row["numerator"] / row["denominator"], 4) if row["denominator"] else None
        assert row["score"] == pytest.approx(expected)
        assert rules()["formula_zh"] in row["formula"]


def test_what_did_not_run_scores_nothing_and_covers_nothing(scored):
    scores = scored.filter(pl.col("dimension") == "全部", pl.col("run_id") == "r1")
    feed = scores.row(by_predicate=(pl.col("level") == "dataset") & (pl.col("subject") == "police.SYRK"), named=True)
    assert (feed["checks_due"], feed["checks_run"], feed["column_count"], feed["covered_columns"]) == (3, 2, 19, 2)
    silent = scores.row(by_predicate=pl.col("subject") == "civil.x", named=True)
    assert (silent["score"], silent["grade"], silent["checks_run"]) == (None, None, 0)


def test_trend_and_grade(scored):
    mine = scored.filter(pl.col("subject") == "police.SYRK", pl.col("dimension") == "完整性").sort("run_id").to_dicts()
    assert [(row["score"], row["previous_score"], row["trend"], row["grade"]) for row in mine] == [
        (97.0, None, None, "中"),
        (91.0, 97.0, "down", "低"),
    ]


def test_feeds_are_measured_as_a_whole_and_by_committee():
    columns = (
        "dataset, rule, committee_code, rule_name, rule_name_en, dimension, severity, owner_department, column_names, "
        "column_count, checked_rows, failed_rows"
    )
    kind = "'police.SYRK', 'ID-X', '{}', '错', 'wrong', '准确性', 'warning', '公安机关', 'ZJHM', 19, {}, {}"
    rows = [kind.format("319999001001", 100, 3), kind.format("none", 20, 1)]
    with duckdb.connect() as connection:
        connection.execute(f"create table quality_measure as select * from (values ({'), ('.join(rows)})) as t ({columns})")
        whole, part = measure_feeds(connection)
    assert (whole.check.code, whole.checked, whole.unexpected) == ("police.SYRK.ID-X", 120, 4)
    assert (part.check.code, part.checked, part.unexpected) == ("police.SYRK.ID-X.319999001001", 100, 3)
    assert (whole.check.committee_code, part.check.committee_code) == (None, "319999001001")
    assert whole.check.expectation == EXPECTATION
    assert whole.check.columns == ("ZJHM",)
    assert whole.unexpected > allowed(whole.checked, whole.check.tolerance)


def test_a_source_that_fell_silent_breaks_a_claim():
    silent, answering = measure_sources([("police", True), ("civil", False)])
    assert (silent.unexpected, answering.unexpected) == (1, 0)
    assert silent.check.dimension == "可访问性"
