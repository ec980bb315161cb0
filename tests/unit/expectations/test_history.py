"""A version that loses a tenth of its people, or mixes them anew, is held back, and the line names the cause."""

import json
from datetime import date, timedelta

import duckdb
import polars as pl
import pytest

from expectations.acceptance import AcceptanceError, read_acceptances
from expectations.compiled.judge import judge
from expectations.history.compare import compare
from expectations.history.limits import load_limits
from expectations.history.usual import silent_feeds, usual_figures
from expectations.report import build_report
from tests.street_tables import AS_OF, AT

pytestmark = pytest.mark.slow  # Great Expectations decides, and takes seconds to import
LIMITS = load_limits()


def write_version(folder, residents, forwards=0, as_of=AS_OF):
    tables = folder / "tables"
    tables.mkdir(parents=True)
    for name, frame in frames(residents, forwards).items():
        frame.write_parquet(tables / f"{name}.parquet")
    (folder / "manifest.json").write_text(json.dumps({"as_of": as_of.isoformat()}), encoding="utf-8")
    return folder


def frames(residents, forwards=0):
    ids = [f"R{n}" for n in range(residents)]
    keys = pl.DataFrame({"resident_id": ids, "source_key": ids}, schema={"resident_id": str, "source_key": str})
    source = keys.with_columns(source_system=pl.lit("police"), source_entity=pl.lit("SYRK"))
    other = source.head(10).with_columns(source_system=pl.lit("property"), source_entity=pl.lit("owner"))
    forward = [{"old_resident_id": f"X{n}", "resident_id": f"R{n}", "reason": "merge"} for n in range(forwards)]
    return {
        "resident": keys.select("resident_id"),
        "resident_source": pl.concat([source, other]),
        "dwelling": pl.DataFrame({"dwelling_id": ["D1"]}),
        "dwelling_source": pl.DataFrame(
            {"dwelling_id": ["D1"], "source_system": "p", "source_entity": "house", "source_key": "1"}
        ),
        "resident_forward": pl.DataFrame(forward, schema={"old_resident_id": str, "resident_id": str, "reason": str}),
    }


def report_of(last, residents, forwards=0, as_of=AS_OF):
    with duckdb.connect() as connection:
        for name, frame in frames(residents, forwards).items():
            connection.register("incoming", frame.to_arrow())
            connection.execute(f"create table {name} as from incoming")
            connection.unregister("incoming")
        found = compare(connection, last, as_of, LIMITS)
    return build_report(found, judge(found), {}, "run", AT)


def test_a_fall_names_the_feed_that_lost_its_records(tmp_path):
    report = report_of(write_version(tmp_path / "v", 1000), residents=500)
    (line,) = report.blocking_failures
    assert line.startswith("resident.fall: 500 of 1,000 rows")
    assert "police.SYRK went from 1,000 to 500 records" in line
    assert "accept resident.fall in state/accepted_checks.json" in line


@pytest.mark.parametrize(("before", "after"), [(1000, 901), (1000, 1500), (100, 55), (1000, 1000)])
def test_ordinary_moves_pass(tmp_path, before, after):
    report = report_of(write_version(tmp_path / "v", before), residents=after)
    assert report.blocking_failures == []
    assert report.results["passed"].all()


def test_to_lose_all_of_a_few_is_held_back(tmp_path):
    report = report_of(write_version(tmp_path, 12), 0)
    assert [code for code in report.blocking_failures if code.startswith("resident.fall")]


def test_many_merges_are_held_back_and_old_ones_forgiven(tmp_path):
    last = write_version(tmp_path / "v", 1000, forwards=40)
    assert report_of(last, 1000, forwards=90).blocking_failures == []
    (line,) = report_of(last, 1000, forwards=101).blocking_failures
    assert line.startswith("resident_forward.churn: 61 of 1,000 rows")


def test_the_first_version_and_a_look_back_in_time_compare_with_nothing(tmp_path):
    assert report_of(None, 10).results.height == 0
    last = write_version(tmp_path / "v", 1000)
    assert report_of(last, 10, as_of=AS_OF - timedelta(days=1)).results.height == 0


def test_a_damaged_last_version_warns_and_does_not_block_for_ever(tmp_path):
    last = write_version(tmp_path / "v", 1000)
    (last / "tables" / "resident.parquet").write_bytes(b"damaged")
    report = report_of(last, 1000)
    assert report.blocking_failures == []
    failed = report.results.filter(~pl.col("passed"))
    assert set(failed["check_code"]) == {"resident.fall", "resident_forward.churn"}
    assert set(failed["severity"]) == {"warning"}
    assert failed["detail"].str.contains("yidang verify").all()


def test_a_malformed_acceptance_names_the_file_and_the_field(tmp_path):
    path = tmp_path / "state" / "accepted_checks.json"
    path.parent.mkdir()
    path.write_text('[{"check_code": "a", "by": "x", "reason": "y"}]', encoding="utf-8")
    with pytest.raises(AcceptanceError, match=r"accepted_checks\.json: 0\.until"):
        read_acceptances(tmp_path, date(2026, 1, 1))


def homes(owned, others):
    return pl.DataFrame({"occupancy": ["owner"] * owned + ["vacant"] * others})


def moved(tmp_path, observed, now):
    """The measurement of a dwelling's use beside a last version whose runs observed such moves of it."""
    code = "dwelling.distribution.occupancy"
    (tables := tmp_path / "tables").mkdir(parents=True)
    homes(80, 20).write_parquet(tables / "dwelling.parquet")
    rows = {"check_code": [code] * len(observed), "observed": observed, "committee_code": [None] * len(observed)}
    schema = {"check_code": pl.String, "observed": pl.Float64, "committee_code": pl.String}
    pl.DataFrame(rows, schema=schema).write_parquet(tables / "quality_result.parquet")
    with duckdb.connect() as connection:
        connection.register("dwelling", now.to_arrow())
        (found,) = [one for one in usual_figures(connection, tmp_path, LIMITS.usual, "owner") if one.check.code == code]
    return found


def test_a_share_that_moves_is_told_with_what_earlier_runs_observed(tmp_path):
    calm = moved(tmp_path / "a", [0.001, 0.002, 0.001, 0.0, 0.9], homes(60, 40))
    assert (calm.checked, calm.unexpected) == (1, 1)
    assert calm.told.observed == pytest.approx(0.2)
    assert calm.told.most == pytest.approx(0.051)  # one strange run does not widen the range
    assert calm.told.history == 5
    assert "20.00%, usual is at most 5.10% (from 5 earlier runs)" in calm.note
    lively = moved(tmp_path / "b", [0.02, 0.1, 0.15, 0.05, 0.2], homes(60, 40))
    assert lively.unexpected == 0
    first = moved(tmp_path / "c", [], homes(79, 21))
    assert (first.unexpected, first.told.history, first.told.most) == (0, None, LIMITS.usual.distribution)


def test_more_rows_that_point_at_nothing_than_usual_are_told(tmp_path):
    (tmp_path / "tables").mkdir()
    rows = {"check_code": ["property.owner.REF-HOUSE"] * 6, "observed": [0.01, 0.012, 0.011, 0.01, 0.009, 0.01]}
    known = pl.DataFrame(rows).with_columns(committee_code=pl.lit(None, pl.String))
    known.write_parquet(tmp_path / "tables" / "quality_result.parquet")
    row = {"dataset": "property.owner", "rule": "REF-HOUSE", "rule_name": "所属房屋不存在", "rule_name_en": "no such dwelling"}
    row |= {"owner_department": "房屋管理部门", "column_names": "house_id", "column_count": 11, "checked_rows": 1000}
    for failed, unexpected in ((12, 0), (40, 1)):
        with duckdb.connect() as connection:
            connection.register("quality_measure", pl.DataFrame([row | {"failed_rows": failed}]).to_arrow())
            (found,) = usual_figures(connection, tmp_path, LIMITS.usual, "owner")
        assert (found.check.code, found.unexpected) == ("property.owner.REF-HOUSE.usual", unexpected)
        assert found.told.history == 6


@pytest.mark.parametrize(("today", "is_silent"), [(date(2026, 11, 21), False), (date(2026, 11, 28), True)])
def test_a_feed_that_is_silent_for_longer_than_usual_is_told(today, is_silent):
    days = [date(2026, 11, day) for day in (10, 11, 12, 13, 16, 17, 18, 19, 20)]
    batches = pl.DataFrame({"source": "police", "entity": "SYRK", "received_at": days})
    with duckdb.connect() as connection:
        connection.register("source_batch", batches.to_arrow())
        (found,) = silent_feeds(connection, LIMITS.usual, today.isoformat(), "owner")
    assert (found.check.code, bool(found.unexpected)) == ("police.SYRK.delivery.silence", is_silent)
    assert (found.told.observed, found.told.history) == ((today - days[-1]).days, 8)
