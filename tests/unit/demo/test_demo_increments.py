"""Later days change what they say, and nothing else."""

import csv
import io
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from ingestion.demo.dirt.soil import KEYS
from ingestion.demo.increments import street_on, write_day
from ingestion.demo.street import Street, build_street
from ingestion.demo.write import write_sources

KEY = {"owner": "owner_id", "lease": "lease_id"}


@dataclass(frozen=True)
class Days:
    """Three days of one street: state of database and civil folder after each, and the changes of day 2 and 3."""

    street: Street
    folder: Path
    states: list[dict[str, dict[str, str]]]
    changes: list[pl.DataFrame]


def state(folder: Path) -> dict[str, dict[str, str]]:
    held = {}
    with sqlite3.connect(folder / "property" / "housing.db") as connection:
        for table in ("estate", "building", "house", "owner", "lease"):
            held[f"property.{table}"] = {row[0]: repr(row) for row in connection.execute(f"select * from {table}")}
    for path in (folder / "civil").glob("*.json"):
        rows = json.loads(path.read_text("utf-8"))
        held[f"civil.{path.stem}"] = {next(iter(row.values())): json.dumps(row, sort_keys=True) for row in rows}
    return held


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    street, folder = build_street(houses=900, seed=5), tmp_path_factory.mktemp("days")
    write_sources(street, folder)
    states, changes = [state(folder)], []
    for number in (2, 3):
        changes.append(write_day(street, folder, number))
        states.append(state(folder))
    return Days(street, folder, states, changes)


def police(folder: Path, day: str, kind: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in sorted((folder / "police" / day).glob(f"{kind}_*.csv")):
        rows += csv.DictReader(io.StringIO(path.read_bytes().decode("gb18030"), newline=""))
    return rows


@pytest.mark.parametrize("number", [2, 3])
def test_database_and_civil_change_only_where_a_change_is_told(days: Days, number: int) -> None:
    before, after, told = days.states[number - 2], days.states[number - 1], days.changes[number - 2]
    for entity, rows in after.items():
        differing = {key for key, row in rows.items() if before[entity].get(key) != row}
        assert differing == set(told.filter(pl.col("entity") == entity)["key"]), entity
        assert before[entity].keys() <= rows.keys(), entity


def test_increment_brings_the_changed_rows_and_some_again_or_late(days: Days) -> None:
    told = set(days.changes[0].filter(pl.col("entity") == "police.SYRK")["key"])
    rows = police(days.folder, "20261121", "SYRK")
    newest = {row["RYBH"] for row in rows if row["GXSJ"].startswith("20261121")}
    late = [row for row in rows if row["GXSJ"].startswith("2019")]
    known = set(days.street.tables["police.SYRK"]["RYBH"])
    assert newest == told
    assert late
    assert {row["RYBH"] for row in rows} - told <= known
    assert not [
        name for name in (days.folder / "police" / "20261121").iterdir() if "SYRK" in name.name and "_I_" not in name.name
    ]


def test_third_day_is_a_full_snapshot_that_lacks_a_few(days: Days) -> None:
    gone = set(days.changes[1].filter(pl.col("kind") == "vanished")["key"])
    before = set(street_on(days.street, 2).tables["police.SYRK"]["RYBH"])
    rows = {row["RYBH"] for row in police(days.folder, "20261122", "SYRK")}
    assert gone
    assert gone <= before
    assert not gone & rows
    assert before - gone <= rows


def test_every_event_happens_and_reaches_its_source(days: Days) -> None:
    kinds = set(pl.concat(days.changes)["kind"])
    wanted = {"birth", "death", "moved_within", "moved_out", "moved_in", "phone_changed", "number_corrected", "sold", "bought"}
    assert wanted | {"deleted", "lease_ended", "amount_changed", "care_changed", "withdrawn", "cancelled", "failed"} <= kinds


def test_the_dead_are_dead_in_truth_and_cancelled_by_the_police(days: Days) -> None:
    after = street_on(days.street, 2)
    dead = days.changes[0].filter((pl.col("entity") == "police.SYRK") & (pl.col("kind") == "death"))
    rows = after.tables["police.SYRK"].filter(pl.col("RYBH").is_in(dead["key"].to_list()))
    assert dead.height
    assert set(rows["ZXYY"]) == {"1"}
    assert all(after.world.people[person].fate == "dead" for person in dead["person"])


def test_open_orders_of_yesterday_are_closed(days: Days) -> None:
    orders = pl.read_ndjson(days.folder / "device" / "workorders" / "workorders_20261121.ndjson", infer_schema_length=None)
    first = pl.read_ndjson(days.folder / "device" / "workorders" / "workorders_20261120.ndjson", infer_schema_length=None)
    still_open = first.filter(pl.col("closedAt").is_null())["orderId"].to_list()
    closed = orders.filter(pl.col("orderId").is_in(still_open))
    assert still_open
    assert closed.height == len(still_open)
    assert closed["closedAt"].null_count() == 0


def test_first_day_stays_as_it_was(days: Days) -> None:
    again = build_street(houses=900, seed=5)
    assert all(again.tables[name].equals(frame) for name, frame in days.street.tables.items())
    assert [p.fate for p in again.world.people] == [p.fate for p in days.street.world.people]
    assert set(KEY) <= {key.partition(".")[2] for key in KEYS}


def test_day_one_is_not_an_increment(days: Days) -> None:
    with pytest.raises(ValueError, match="write_sources"):
        write_day(days.street, days.folder, 1)
