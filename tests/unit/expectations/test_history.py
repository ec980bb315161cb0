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
