"""What changes from one pull to the next: SQLite, device files, and sources that are not there."""

import gzip
import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
import zstandard

from ingestion.landing.row_index import RowIndex, row_digests
from ingestion.landing.verify import verify_landing
from tests.source_files import AT, message, ndjson, pull, write_config, write_property

LATER = AT + timedelta(days=1)


def test_a_table_gives_only_what_changed(tmp_path: Path) -> None:
    path = tmp_path / "housing.db"
    write_property(path, [("e1", "东风一村", "2026-11-18 08:00:00"), ("e2", "东风二村", "2026-11-20 08:00:00")])
    config = write_config(tmp_path, property=f"sqlite:///{path}")
    first = pull(config, "property")
    assert [(r.entity, r.read_rows, r.loaded_rows) for r in first.receipts] == [("estate", 2, 2)]
    again = pull(config, "property", LATER)
    assert (again.receipts, again.message) == ([], "nothing new")
    write_property(path, [("e1", "东风一村改", "2026-11-21 08:00:00"), ("e3", "补录的", "2026-11-19 09:00:00")])
    third = pull(config, "property", LATER)
    assert [(r.read_rows, r.loaded_rows, r.deduplicated_rows) for r in third.receipts] == [(3, 2, 1)]
    assert verify_landing(tmp_path / "home") == []
    (folder,) = [p for p in (tmp_path / "home/landing/property/estate").glob("batch=*") if "20261122" in p.name]
    rows = [json.loads(line) for line in (folder / "original" / "estate.ndjson").read_text().splitlines()]
    assert [row["estate_name"] for row in rows] == ["东风一村改", "补录的"]


def test_a_missing_table_or_column_is_one_line_and_stops_no_other(tmp_path: Path) -> None:
    path = tmp_path / "housing.db"
    write_property(path, [("e1", "东风一村", "2026-11-18 08:00:00")])
    with sqlite3.connect(path) as database:
        database.execute("drop table lease")
        database.execute("alter table owner drop column cert_no")
        database.execute("alter table estate add column faceTemplate")
    database.close()
    found = pull(write_config(tmp_path, property=f"sqlite:///{path}"), "property")
    assert [receipt.entity for receipt in found.receipts] == ["estate"]
    assert found.receipts[0].dropped == ["faceTemplate"]
    assert found.refused == [
        "property owner: table owner lacks the column cert_no; nothing of it was read",
        "property lease: table lease does not exist, or this account may not see it",
    ]


def test_an_update_time_in_the_future_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "housing.db"
    write_property(path, [("e1", "东风一村", "2099-01-01 00:00:00"), ("e2", "东风二村", "2026-11-20 08:00:00")])
    config = write_config(tmp_path, property=f"sqlite:///{path}")
    pull(config, "property")
    write_property(path, [("e3", "东风三村", "2026-11-21 08:00:00")])
    assert [receipt.loaded_rows for receipt in pull(config, "property", LATER).receipts] == [1]


@pytest.mark.parametrize(
    ("source", "url", "said"),
    [
        ("property", "sqlite:////nowhere/housing.db", "does not exist"),
        ("police", "file:///nowhere/police", "does not exist"),
        ("device", "file:///nowhere/device", "does not exist"),
    ],
)
def test_a_source_that_is_not_there_is_told_and_stale(tmp_path: Path, source: str, url: str, said: str) -> None:
    config = write_config(tmp_path, **{source: url})
    found = pull(config, source)
    assert not found.is_reached
    assert said in found.message
    state = json.loads((tmp_path / "home/state/sources.json").read_text())[source]
    assert state["is_stale"]
    assert state["reached_at"] is None
    assert not Path("/nowhere").exists()


def test_a_source_that_comes_back_is_no_longer_stale(tmp_path: Path) -> None:
    folder = tmp_path / "device"
    config = write_config(tmp_path, device=f"file://{folder}")
    folder.mkdir()
    pull(config, "device")
    folder.rmdir()
    pull(config, "device", LATER)
    path = tmp_path / "home/state/sources.json"
    state = json.loads(path.read_text())["device"]
    assert (state["is_stale"], state["stale_since"]) == (True, AT.isoformat())
    folder.mkdir()
    pull(config, "device", LATER)
    state = json.loads(path.read_text())["device"]
    assert (state["is_stale"], state["stale_since"], state["reached_at"]) == (False, None, LATER.isoformat())


def test_a_source_that_is_left_out_is_no_fault(tmp_path: Path) -> None:
    found = pull(write_config(tmp_path), "civil")
    assert (found.is_reached, found.refused, found.message) == (True, [], "not configured")
    assert (tmp_path / "home/landing/civil/assistance-cases/empty/member.parquet").exists()


def test_device_files_of_every_kind_are_landed_once(tmp_path: Path) -> None:
    folder = tmp_path / "device"
    hour = folder / "telemetry/dt=2026-11-20/hour=07"
    for path in (hour, folder / "register", folder / "workorders"):
        path.mkdir(parents=True)
    (hour / "part-0001.ndjson").write_bytes(ndjson([message(1)]))
    (hour / "part-0002.ndjson.gz").write_bytes(gzip.compress(ndjson([message(2)])))
    (hour / "part-0003.ndjson.zst").write_bytes(zstandard.compress(ndjson([message(3)])))
    pl.DataFrame([message(4)]).write_parquet(hour / "part-0004.parquet")
    (hour / "part-0005.ndjson.gz").write_bytes(gzip.compress(ndjson([message(5)]))[:-9])
    (hour / ".part-0006.ndjson.tmp").write_bytes(b"still being written")
    (folder / "register/devices_20261120.ndjson").write_bytes(ndjson([{"deviceId": "d1", "type": "smoke", "status": "ACTIVE"}]))
    config = write_config(tmp_path, device=f"file://{folder}")
    found = pull(config, "device")
    assert sorted((r.entity, r.loaded_rows) for r in found.receipts) == [("register", 1)] + [("telemetry", 1)] * 4
    assert found.refused == [
        "device telemetry/dt=2026-11-20/hour=07/part-0005.ndjson.gz: compressed content is damaged or cut off (EOFError)"
    ]
    register = pl.read_parquet(next((tmp_path / "home/landing/device/register").glob("batch=*/data.parquet")))
    assert register.select("_is_full", "_snapshot_id", "_snapshot_part", "_snapshot_parts").rows() == [(True, "20261120", 1, 1)]
    assert pull(config, "device").receipts == []


def test_a_row_that_goes_back_to_an_older_content_is_news(tmp_path: Path) -> None:
    path = tmp_path / "housing.db"
    config = write_config(tmp_path, property=f"sqlite:///{path}")
    for name in ("甲", "乙", "甲"):
        write_property(path, [("e1", name, "2026-11-20 08:00:00")])
        pull(config, "property")
    batches = sorted((tmp_path / "home/landing/property/estate").glob("batch=*"))
    rows = pl.concat([pl.read_parquet(folder / "data.parquet") for folder in batches]).sort("_sequence")
    assert rows["estate_name"].to_list() == ["甲", "乙", "甲"]
    assert pull(config, "property").receipts == []


def test_versions_of_one_key_share_a_content_in_their_order() -> None:
    one = pl.DataFrame({"k": ["a", "a", "b", None], "v": ["1", "2", "1", "1"], "_line": [1, 2, 3, 4]})
    digests = row_digests(one, "k")
    assert digests["content"][0] == digests["content"][1] != digests["content"][2]
    other = row_digests(one.select("k", v=pl.Series(["2", "1", "1", "1"]), _line="_line"), "k")
    assert digests["content"][0] != other["content"][0]
    assert digests["key"].to_list() == other["key"].to_list()


def test_the_row_index_is_made_again_from_the_batches(tmp_path: Path) -> None:
    path = tmp_path / "housing.db"
    write_property(path, [("e1", "东风一村", "2026-11-20 08:00:00")])
    config = write_config(tmp_path, property=f"sqlite:///{path}")
    pull(config, "property")
    pull(config, "property", LATER)
    index = RowIndex(tmp_path / "home", "property", "estate")
    assert index.path.exists()
    index.path.unlink()
    assert pull(config, "property", LATER).receipts == []
