"""A version holds every table, the same bytes for the same rows, and what its manifest says."""

import errno
import hashlib
import json
import os
import stat
from datetime import timedelta
from functools import partial

import duckdb
import polars as pl
import pytest

from expectations.report import GateReport
from orchestration.publish.current import current_version, read_manifest, set_current
from orchestration.publish.error import PublishError
from orchestration.publish.layout import versions
from orchestration.publish.publish import STEPS, publish
from orchestration.publish.unchanged import is_unchanged
from orchestration.publish.verify import verify_published
from tests.street_tables import AS_OF, AT, change_warehouse
from tests.unit.publish.conftest import quality_frame


def fill_the_disk(at_step, step):
    if step == at_step:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def digests(home, version):
    return {name: told["sha256"] for name, told in read_manifest(home, version)["tables"].items()}


def test_a_version_is_what_the_promise_says(request_of):
    request = request_of()
    version = publish(request)
    home, folder = request.home, version.folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (home / "published" / "CURRENT").read_text() == version.version + "\n"
    assert {"version", "created_at", "as_of", "engine", "code_version", "inputs_digest", "sources"} <= set(manifest)
    assert manifest["sources"] == [{"source": "police", "is_stale": True, "stale_since": "2026-11-21T03:15:00Z"}]
    assert {path.stem for path in (folder / "tables").iterdir()} == set(manifest["tables"])
    for table, told in manifest["tables"].items():
        path = folder / "tables" / f"{table}.parquet"
        frame = pl.read_parquet(path)
        assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert told["rows"] == frame.height == version.tables[table]
        assert list(told["columns"]) == frame.columns
    assert version.tables["resident"] == 80
    assert version.tables["change"] == 0


def test_serving_holds_the_same_rows_in_the_same_order_and_no_index(request_of):
    version = publish(request_of())
    with duckdb.connect(str(version.folder / "serving.duckdb"), read_only=True) as connection:
        for table in version.tables:
            served = pl.DataFrame(connection.sql(f'select * from "{table}"').to_arrow_table())
            assert served.equals(pl.read_parquet(version.folder / "tables" / f"{table}.parquet"), null_equal=True)
        assert connection.execute("select count(*) from duckdb_indexes()").fetchall() == [(0,)]


def test_tables_are_sorted_by_their_grain_and_private(request_of):
    version = publish(request_of())
    keys = pl.read_parquet(version.folder / "tables" / "resident.parquet")["resident_id"]
    assert keys.to_list() == sorted(keys)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in version.folder.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert stat.S_IMODE(version.folder.stat().st_mode) == 0o700


def test_the_same_rows_in_another_order_are_the_same_bytes(request_of):
    request = request_of()
    first = publish(request)
    change_warehouse(
        request.database,
        "create table shuffled as select * from resident order by hash(resident_id)",
        "drop table resident",
        "alter table shuffled rename to resident",
    )
    second = publish(request)
    ours, theirs = digests(request.home, first.version), digests(request.home, second.version)
    assert {table for table in ours if ours[table] != theirs[table]} == set()
    assert second.version > first.version


def test_unchanged_is_only_what_was_made_from_the_same(request_of):
    request = request_of()
    same = (request.home, "inputs-1", AS_OF, "0.1.0+abc", request.sources)
    assert not is_unchanged(*same)
    version = publish(request)
    assert is_unchanged(*same)
    assert not is_unchanged(request.home, "inputs-2", AS_OF, "0.1.0+abc", request.sources)
    assert not is_unchanged(request.home, "inputs-1", AS_OF + timedelta(days=1), "0.1.0+abc", request.sources)
    assert not is_unchanged(request.home, "inputs-1", AS_OF, "0.2.0", request.sources)
    answers_again = request.sources.with_columns(is_stale=pl.lit(False), stale_since=pl.lit(None, pl.Datetime("us", "UTC")))
    assert not is_unchanged(*same[:-1], answers_again)
    (version.folder / "manifest.json").write_text("{", encoding="utf-8")
    assert not is_unchanged(*same)


@pytest.mark.slow
def test_the_newest_few_stay_and_the_current_one_always(request_of):
    names = [publish(request_of(at=AT + timedelta(minutes=n), keep=3)).version for n in range(5)]
    home = request_of().home
    assert versions(home) == names[-3:]
    assert current_version(home) == names[-1]
    assert verify_published(home) == []
    assert [path.name for path in (home / "published").glob(".*")] == []


@pytest.mark.slow
def test_a_version_that_never_became_current_is_cleared_and_names_rise_though_the_clock_goes_back(request_of):
    first = publish(request_of())
    second = publish(request_of(at=AT + timedelta(days=1)))
    home = request_of().home
    set_current(home, first.version)
    third = publish(request_of(at=AT - timedelta(days=1)))
    assert versions(home) == [first.version, third.version]
    assert second.version != third.version > first.version


def test_a_lost_pointer_costs_no_version(request_of):
    first = publish(request_of())
    pointer = request_of().home / "published" / "CURRENT"
    pointer.unlink()
    second = publish(request_of())
    assert versions(request_of().home) == [first.version, second.version]
    assert pointer.read_text().strip() == second.version > first.version


def test_an_open_reader_is_not_disturbed(request_of):
    first = publish(request_of(keep=1))
    with duckdb.connect(str(first.folder / "serving.duckdb"), read_only=True) as reader:
        publish(request_of(at=AT + timedelta(minutes=1), keep=1))
        assert not first.folder.exists()
        assert reader.execute("select count(*) from resident").fetchall() == [(80,)]


@pytest.mark.slow
def test_a_full_disk_is_told_plainly_and_the_last_good_version_stays(request_of):
    first, home = publish(request_of()), request_of().home
    for step in STEPS[1 : STEPS.index("point") + 1]:
        with pytest.raises(PublishError, match=r"the last good version stays current: the disk is full: free space"):
            publish(request_of(at=AT + timedelta(minutes=1), on_step=partial(fill_the_disk, step)))
        assert current_version(home) == first.version
        assert [path.name for path in (home / "published").glob(".staging*")] == []
    assert verify_published(home) == []


def test_a_table_without_a_grain_and_a_missing_table_are_named(request_of):
    nodes = request_of().nodes
    with pytest.raises(PublishError, match="table task has no grain"):
        publish(request_of(nodes={**nodes, "task": {"name": "task"}}))
    with pytest.raises(PublishError, match=r"CatalogException: .*nowhere"):
        publish(request_of(nodes={**nodes, "nowhere": nodes["task"]}))
    assert current_version(request_of().home) is None


def test_a_broken_feed_is_not_published_and_a_good_audit_is_written_down(request_of):
    found = quality_frame("run-1").with_columns(check_code=pl.lit("change.grain"))
    version = publish(request_of(audit=lambda _files: GateReport(found, [])))
    written = pl.read_parquet(version.folder / "tables" / "quality_result.parquet")
    assert set(written["check_code"]) == {"resident.grain", "change.grain"}
    with pytest.raises(PublishError, match=r"change\.grain is broken"):
        publish(request_of(audit=lambda _files: GateReport(found, ["change.grain is broken"])))
    assert current_version(request_of().home) == version.version


@pytest.mark.slow
def test_results_of_earlier_runs_stay_for_the_trend(request_of):
    vault = request_of().frames["resident_vault"]
    for n in range(3):
        frames = {"resident_vault": vault, "quality_result": quality_frame(f"run-{n}")}
        version = publish(request_of(at=AT + timedelta(minutes=n), run_id=f"run-{n}", frames=frames))
    written = pl.read_parquet(version.folder / "tables" / "quality_result.parquet")
    assert sorted(written["run_id"]) == ["run-0", "run-1", "run-2"]
