"""Devices of a synthetic street against what their raw lines and the street's lists say: alarms, doors, gates, sets."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import polars as pl
import pytest

from tests.street_city import City
from tests.street_messages import SHANGHAI, DropTruth, read_drop, silence

pytestmark = pytest.mark.slow
QUIET_HOURS, FACTOR = 8, 1.5
PARAMETERS = f"""
[parameters]
care_quiet_hours = {QUIET_HOURS}
care_rhythm_factor = {FACTOR}
[parameters.alarm_sla.SMOKE]
arrival_minutes = 1
"""
ROLL = ["source_system", "source_entity", "source_key"]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A street where two doors in three are not opened any more after nine in the morning, though their sensors go on."""
    made = City(tmp_path_factory.mktemp("devices"), houses=300, seed=6, style="lane", more=PARAMETERS)
    doors = made.street.tables["device.register"].filter(type="door_sensor")["deviceId"].sort()
    for number, door in enumerate(doors):
        if number % 3:
            silence(made.sources / "device", door, from_hour=9, said='"OPEN"')
    made.run()
    yield made
    made.close()


@pytest.fixture(scope="module")
def told(city: City) -> DropTruth:
    """What the drop says, line by line."""
    return read_drop(city.sources / "device")


def newest(told: DropTruth) -> datetime:
    return datetime.fromtimestamp(max(told.last_ms.values()) / 1000, SHANGHAI)


def consenting(city: City) -> set[str]:
    """Residents of whom every entry on the roll of elderly services agrees to be watched over."""
    roll = city.street.tables["civil.elderly-services"].select(
        source_key="recordId", agrees=pl.col("monitoringConsent") & ~pl.col("withdrawn").fill_null(value=False)
    )
    linked = city.table("resident_source").filter(source_entity="elderly-services").join(roll, on="source_key")
    agreed = linked.group_by("resident_id").agg(pl.col("agrees").all()).filter("agrees")
    return set(agreed["resident_id"])


def is_missed(openings: list[datetime], end: datetime) -> bool:
    """Longer than the hours, and than so many times the usual longest pause of a day of the street.

    The hour of an opening is known: the door has surely been shut since its end.
    """
    at = [moment.replace(tzinfo=end.tzinfo) + timedelta(hours=8) for moment in openings]
    pauses: dict[Any, float] = {}
    for moment, following in pairwise(at):
        pauses[moment.date()] = max(pauses.get(moment.date(), 0.0), (following - moment).total_seconds())
    usual = median(pauses.values()) if pauses else 0.0
    return (end - at[-1]).total_seconds() - 3600 > max(QUIET_HOURS * 3600, FACTOR * usual)


def expected_misses(city: City, told: DropTruth) -> set[str]:
    """Lone elders who agreed, with a sensor that still speaks, whose door has been shut for too long."""
    device = city.table("device").filter(type="door_sensor", state="online")
    lone = city.table("resident_tag").filter(tag_code="lone_elder", is_current=True).select("resident_id").unique()
    lives = city.table("residence").filter(kind="lives", is_current=True).select("resident_id", "dwelling_id")
    doors = lone.join(lives, on="resident_id").join(device.select("device_id", "dwelling_id"), on="dwelling_id")
    moments: dict[str, list[datetime]] = {}
    for resident, door in doors.select("resident_id", "device_id").iter_rows():
        moments.setdefault(resident, []).extend(told.openings.get(door, []))
    agreed = consenting(city)
    return {name for name, opened in moments.items() if opened and name in agreed and is_missed(sorted(opened), newest(told))}


def test_only_who_agreed_is_missed(city: City, told: DropTruth) -> None:
    missed = city.table("task").filter(kind="care_no_opening")
    assert set(missed["resident_id"]) == expected_misses(city, told)
    assert missed.height > 0
    assert set(missed["resident_id"]) <= consenting(city)


def test_gates_are_told_by_hour_and_equal_their_lines(city: City, told: DropTruth) -> None:
    gates = set(city.table("device").filter(type="gate")["device_id"])
    hours = city.table("gate_hour")
    for column, code in (("passes", "PASS"), ("denials", "DENY")):
        found = {(row[0], row[1]): row[2] for row in hours.select("device_id", "hour_at", column).iter_rows() if row[2]}
        assert found == {(dev, at): count for (dev, ev, at), count in told.hours.items() if ev == code and dev in gates}
    assert hours["passes"].sum() > 100


def test_bays_are_as_full_as_their_lines_say(city: City, told: DropTruth) -> None:
    """Second by second: what a bay said holds until its next word, the last until the sensor was heard last."""
    wanted: dict[tuple[str, datetime], list[float]] = {}
    bays = city.table("device").filter(pl.col("type") == "parking", pl.col("estate_id").is_not_null())
    for device, estate, seen in bays.select("device_id", "estate_id", "last_seen_at").iter_rows():
        said = told.bays.get(device, [])
        ends_of = [*(at for at, _, _ in said[1:]), seen] if said else []
        for (begins, _, code), ends in zip(said, ends_of, strict=True):
            hour = begins.replace(minute=0, second=0, microsecond=0)
            while hour <= ends:
                seconds = (min(ends, hour + timedelta(hours=1)) - max(begins, hour)).total_seconds()
                sums = wanted.setdefault((estate, hour), [0.0, 0.0])
                sums[0] += seconds
                sums[1] += seconds if code == "OCCUPIED" else 0
                hour += timedelta(hours=1)
    hours = city.table("parking_hour")
    found = {row[:2]: row[2:] for row in hours.select("estate_id", "hour_at", "told_seconds", "occupied_seconds").iter_rows()}
    assert set(found) == set(wanted)
    assert [key for key, (known, full) in wanted.items() if abs(known - found[key][0]) > 1 or abs(full - found[key][1]) > 1] == []
    assert hours["arrivals"].sum() > 0


def test_alarms_stand_where_their_orders_are(city: City, told: DropTruth) -> None:
    lines = [line for path in (city.sources / "device" / "workorders").iterdir() for line in path.read_text("utf-8").splitlines()]
    orders = {row["alarmId"]: row for row in map(json.loads, lines)}
    assert len(orders) > 5
    alarm = city.table("alarm")
    for row in alarm.iter_rows(named=True):
        order = orders.get(row["alarm_id"])
        steps = [name for name in ("closedAt", "arrivedAt", "dispatchedAt") if order and order[name]]
        stage = {"closedAt": "closed", "arrivedAt": "arrived", "dispatchedAt": "dispatched"}
        assert row["stage"] == (stage[steps[0]] if steps else "judged" if order else "raised"), row["alarm_id"]
        assert row["is_orphan"] == (order is None and row["needs_answer"])
    assert set(alarm["alarm_id"]) == told.alarms
    first = alarm.group_by("incident_id").agg(pl.col("raised_at").min())
    named = first.join(alarm.select("alarm_id", raised="raised_at"), left_on="incident_id", right_on="alarm_id")
    assert named.height == first.height
    assert (named["raised_at"] == named["raised"]).all()


def test_a_parameter_of_the_city_decides_what_is_late(city: City) -> None:
    smoke = city.table("alarm").filter(code="SMOKE", needs_answer=True)
    assert smoke.height > 0
    reached = smoke.with_columns(reached=pl.coalesce("arrived_at", "closed_at"))
    late = reached.filter((pl.col("reached") - pl.col("received_at")) > pl.duration(minutes=1))
    assert late.height > 0
    assert late["is_overdue"].all()


def test_who_is_inside_is_told_for_unresolved_alarms_only(city: City) -> None:
    inside, alarm = city.table("alarm_evacuation"), city.table("alarm")
    calling = alarm.filter(pl.col("code").is_in(["SMOKE", "ARC", "FIRE_RISK"]), pl.col("closed_at").is_null())
    assert set(inside["alarm_id"]) <= set(calling["alarm_id"])
    need = city.table("evacuation_need").select("resident_id", "dwelling_id")
    due = calling.select("alarm_id", "dwelling_id").join(need, on="dwelling_id").select("alarm_id", "resident_id")
    found = inside.filter(nearness="inside").select("alarm_id", "resident_id")
    assert set(due.iter_rows()) == set(found.iter_rows())


def test_days_end_online_or_offline_as_the_lines_say(city: City, told: DropTruth) -> None:
    last_day = newest(told).date()
    days = (
        city.table("device_day")
        .filter(day=last_day)
        .join(city.table("device").select("device_id", "heartbeat_seconds"), on="device_id")
    )
    end = datetime(last_day.year, last_day.month, last_day.day, tzinfo=SHANGHAI) + timedelta(days=1)
    for device, state, seconds, online, due in days.select(
        "device_id", "state", "heartbeat_seconds", "online_seconds", "due_seconds"
    ).iter_rows():
        if state:
            silent = end.timestamp() - told.last_ms.get(device, 0) / 1000
            assert state == ("online" if silent <= 3 * seconds else "offline"), device
            assert 0 <= online <= due == 86_400
            beats = told.heartbeats.get((device, last_day), 0)
            assert online <= beats * seconds


def test_what_sets_want_and_have_adds_up(city: City) -> None:
    gap = city.table("configuration_gap")
    homes = gap.filter(place_level="stairwell", device_type="smoke")
    device = city.table("device").filter(pl.col("type") == "smoke", pl.col("state") != "retired")
    placed = device.filter(pl.col("building_id").is_not_null(), pl.col("duplicate_of_device_id").is_null())
    living = city.table("dwelling").filter(pl.col("house_use").fill_null("residential") == "residential")
    fitted = placed.join(living.select("dwelling_id"), on="dwelling_id")
    assert homes["present_count"].sum() == fitted["dwelling_id"].n_unique()
    assert homes["wanted_count"].sum() == living.filter(pl.col("building_id").is_not_null()).height
    assert (gap["missing_count"] + gap["present_count"] >= gap["wanted_count"]).all()


def test_a_withdrawn_consent_stops_it_the_same_day(city: City) -> None:
    """Last in the file: the roll changes, and everything derived from the openings of that person is gone."""
    task = city.table("task").filter(kind="care_no_opening")
    resident = task["resident_id"][0]
    keys = city.table("resident_source").filter(resident_id=resident, source_entity="elderly-services")["source_key"].to_list()
    path = city.sources / "civil" / "elderly-services.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    for record in records:
        if record["recordId"] in keys:
            record |= {"monitoringConsent": False, "modifiedAt": "2026-11-20T23:30:00+08:00"}
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    city.run()
    left = city.table("task").filter(kind="care_no_opening")
    assert resident not in set(left["resident_id"])
    assert set(left["resident_id"]) == set(task["resident_id"]) - {resident}
    versions = [path for path in (city.home / "published").iterdir() if path.is_dir()]
    assert len(versions) > 1
    for version in versions:
        kept = pl.read_parquet(version / "tables" / "task.parquet").filter(kind="care_no_opening")
        assert resident not in set(kept["resident_id"])
    assert city.yidang("verify").returncode == 0
