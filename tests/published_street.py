"""Writes a small published version by hand: what the dashboards read, without the pipeline that makes it.

Two committees are of one street, a third is of another, so that a leak over either border shows. Everything is invented.
"""

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
from argon2 import PasswordHasher

from expectations.report import SCHEMA
from expectations.scorecard.score import score
from tests.published_care import care_tables
from tests.published_devices import device_tables
from tests.published_records import known, record_tables
from tests.published_returns import verdict_table, write_return_tables

STREET, OTHER_STREET = "319999001", "319999002"
COMMITTEES = {"319999001001": "东风居委", "319999001002": "向阳居委", "319999002001": "外街居委"}
PASSWORD = "fixture-password"
ROLES = {
    "leader": ("street_leader", "street", STREET),
    "officer": ("data_officer", "street", STREET),
    "worker": ("committee_worker", "committee", "319999001001"),
    "civil": ("civil_affairs", "street", STREET),
    "steward": ("data_steward", "street", STREET),
    "auditor": ("auditor", "street", STREET),
    "analyst": ("analyst", "street", STREET),
    "district": ("analyst", "district", STREET[:6]),
    "stranger": ("no_such_role", "street", STREET),
    "misplaced": ("committee_worker", "street", STREET),
}
AS_OF = date(2026, 11, 20)
MADE_AT = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC).replace(tzinfo=None)  # the tables hold UTC without a zone
ESTATES = {
    "E1": ("东风一村", "319999001001"),
    "E2": ("东风二村", "319999001001"),
    "E3": ("向阳里", "319999001002"),
    "E4": ("外街小区", "319999002001"),
}
SIZES = {"street": 8000, "committee": 4000, "estate": 2000}  # people and homes of an area, about
LAST_DIMENSION = 5
ROOMS = [f"{floor}0{room}" for floor in range(1, 7) for room in (1, 2)]
TYPES = ("smoke", "door_sensor", "gate")
# Quick to make and to check: the tests try passwords, they do not guard anything.
_HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def write_accounts(home: Path) -> None:
    """One account a role, and two that are wrong in themselves."""
    hashed = _HASHER.hash(PASSWORD)
    accounts = [
        {
            "user": user,
            "display_name": f"测试{user}",
            "role": role,
            "area_level": level,
            "area_code": code,
            "password_hash": hashed,
        }
        for user, (role, level, code) in ROLES.items()
    ]
    path = home / "security" / "accounts.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"accounts": accounts}, ensure_ascii=False), encoding="utf-8")


def write_street(home: Path) -> Path:
    """A home with these accounts and one version; gives it back."""
    write_accounts(home)
    write_version(home)
    return home


def write_version(home: Path, name: str = "20261120-1", *, residents: int = 900, is_empty: bool = False) -> Path:
    """One published version, made current; `is_empty` leaves every table without rows. Gives its folder."""
    folder = home / "published" / name
    folder.mkdir(parents=True)
    tables = _tables(residents)
    with duckdb.connect(str(folder / "serving.duckdb")) as connection:
        for table, frame in tables.items():
            connection.register("incoming", frame.to_arrow())
            connection.execute(f"create table {table} as select * from incoming {'limit 0' if is_empty else ''}")
            connection.unregister("incoming")
    write_return_tables(folder, {name: frame.clear() for name, frame in tables.items()} if is_empty else tables)
    stale = {
        "source": "police",
        "reached_at": None,
        "is_stale": True,
        "stale_since": "2026-11-18T01:00:00+00:00",
        "message": "timed out",
    }
    manifest = {"version": name, "created_at": MADE_AT.isoformat(), "as_of": AS_OF.isoformat(), "sources": [stale]}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (home / "published" / "CURRENT").write_text(name + "\n", encoding="utf-8")
    return folder


def _tables(residents: int) -> dict[str, pl.DataFrame]:
    chance = random.Random(7)  # noqa: S311 - a repeatable street, nothing secret
    dwelling = _dwellings(chance)
    resident = known(_residents(chance, dwelling, residents))
    device = _devices(chance)
    return {
        "street": pl.DataFrame({"street_code": [STREET, OTHER_STREET], "street_name": ["测试街道", "外街街道"]}),
        "committee": _rows(("committee_code", "committee_name", "street_code"), [(c, n, c[:9]) for c, n in COMMITTEES.items()]),
        "estate": _rows(
            ("estate_id", "estate_name", "committee_code", "dwelling_count", "longitude", "latitude"),
            [(e, n, c, 90, 121.5 + 0.003 * i, 31.2 + 0.002 * i) for i, (e, (n, c)) in enumerate(ESTATES.items())],
        ),
        "dwelling": dwelling,
        "resident": resident,
        "resident_category": _categories(dwelling, resident),
        "resident_tag": _tags(resident),
        **care_tables(dwelling, resident),
        **record_tables(dwelling, resident),
        "verdict": verdict_table(list(COMMITTEES), NOON),
        "device": device,
        "device_day": _device_days(chance, device),
        "alarm": _alarms(chance, device),
        **device_tables(ESTATES, AS_OF),
        **_indicators(chance),
        **_quality(),
    }


def _rows(names: tuple[str, ...], rows: list[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=list(names), orient="row")


def _dwellings(chance: random.Random) -> pl.DataFrame:
    names = (
        "dwelling_id",
        "building_id",
        "estate_id",
        "committee_code",
        "address",
        "floor_area_m2",
        "tenure",
        "occupancy",
        "resident_count",
        "unit",
        "room",
        "part",
        "household_count",
    )
    rows: list[tuple[object, ...]] = []
    for number in range(360):
        estate = chance.choice(list(ESTATES))
        occupancy = chance.choices(("owner", "rented", "vacant", "unknown"), (6, 3, 1, 1))[0]
        tenure = chance.choice(("commodity", "sold_public", "public"))
        rows.append(
            (
                f"D{number}",
                f"B-{estate}",
                estate,
                ESTATES[estate][1],
                "测试路1弄",
                60.0,
                tenure,
                occupancy,
                2,
                "1",
                ROOMS[number % 12],
                None,
                1,
            )
        )
    return pl.DataFrame(rows, schema=list(names), orient="row", infer_schema_length=None)


def _residents(chance: random.Random, dwelling: pl.DataFrame, number: int) -> pl.DataFrame:
    names = ("resident_id", "name_masked", "sex_code", "birth_year", "id_token", "status", "resident_category")
    names += ("dwelling_id", "household_id", "committee_code", "street_code")
    homes = dwelling.select("dwelling_id", "committee_code").rows()
    rows: list[tuple[object, ...]] = []
    for serial in range(number):
        home, committee = chance.choice(homes)
        year = None if chance.random() < 0.02 else chance.randint(1930, 2026)
        sex, status = chance.choice("12"), "deceased" if chance.random() < 0.02 else "active"
        category = chance.choices(
            ("registered_and_living", "registered_elsewhere_living", "registered_living_elsewhere"), (6, 3, 1)
        )[0]
        rows.append((f"R{serial}", "张*", sex, year, "t" * 64, status, category, home, f"H{home}", committee, committee[:9]))
    return pl.DataFrame(rows, schema=list(names), orient="row", infer_schema_length=None)


def _categories(dwelling: pl.DataFrame, resident: pl.DataFrame) -> pl.DataFrame:
    """Today's category of each; every seventh is registered in another home, which may be another committee's."""
    homes = dwelling["dwelling_id"].to_list()
    rows = [
        (who, category, home, homes[number % len(homes)] if number % 7 == 0 else None, status == "active")
        for number, (who, category, home, status) in enumerate(
            resident.select("resident_id", "resident_category", "dwelling_id", "status").iter_rows()
        )
    ]
    names = ("resident_id", "resident_category", "dwelling_id", "registered_dwelling_id", "is_current")
    return pl.DataFrame(rows, schema=list(names), orient="row", infer_schema_length=None)


def _tags(resident: pl.DataFrame) -> pl.DataFrame:
    start, end = pl.lit(date(2025, 1, 1)).alias("valid_from"), pl.lit(None, dtype=pl.Date).alias("valid_to")
    now = pl.lit(value=True).alias("is_current")
    tagged = resident.filter(pl.col("status") == "active").gather_every(9)
    return tagged.select(
        "resident_id", pl.lit("dibao").alias("tag_code"), start, end, now, pl.lit("civil").alias("source_system")
    )


def _devices(chance: random.Random) -> pl.DataFrame:
    names = ("device_id", "type", "building_id", "estate_id", "committee_code", "status", "last_seen_at", "state")
    names += ("dwelling_id", "installed_date")
    rows: list[tuple[object, ...]] = []
    for serial in range(80):
        estate = chance.choice(list(ESTATES))
        state = chance.choices(("online", "offline", "fault", "retired"), (7, 2, 1, 1))[0]
        seen = (NOON + timedelta(hours=8)) - timedelta(hours=chance.randint(30, 300) if state == "offline" else 0)
        where = (f"B-{estate}", estate, ESTATES[estate][1])
        rows.append((f"DEV-{serial:03}", TYPES[serial % 3], *where, "ACTIVE", seen, state, f"D{serial}", AS_OF))
    return _rows(names, rows)


def _device_days(chance: random.Random, device: pl.DataFrame) -> pl.DataFrame:
    days = [AS_OF - timedelta(days=back) for back in range(40)]
    rows: list[tuple[object, ...]] = [(key, day, 24, chance.randint(18, 24)) for key in device["device_id"] for day in days]
    return _rows(("device_id", "day", "due_heartbeats", "received_heartbeats"), rows)


def _alarms(chance: random.Random, device: pl.DataFrame) -> pl.DataFrame:
    names = (
        "alarm_id",
        "device_id",
        "building_id",
        "code",
        "raised_at",
        "ordered_at",
        "dispatched_at",
        "arrived_at",
        "closed_at",
        "needs_answer",
        "outcome",
        "minutes_to_arrival",
        "is_overdue",
        "is_repeat",
    )
    rows: list[tuple[object, ...]] = []
    places = device.select("device_id", "building_id").rows()
    for serial in range(120):
        raised = NOON - timedelta(hours=chance.randint(0, 1200))
        outcome = chance.choice(("REAL", "FALSE"))
        code = chance.choice(("SMOKE", "SOS", "TAMPER"))
        closed, minutes = raised + timedelta(hours=2), float(chance.randint(3, 70))
        rows.append(
            (
                f"A{serial}",
                *chance.choice(places),
                code,
                raised,
                raised + timedelta(minutes=1),
                raised + timedelta(minutes=2),
                raised + timedelta(minutes=minutes),
                closed,
                code != "TAMPER",
                outcome,
                minutes,
                minutes > 40,
                serial % 7 == 0,
            )
        )
    return _rows(names, rows)


def _indicators(chance: random.Random) -> dict[str, pl.DataFrame]:
    units = {
        "population_living": "人",
        "ageing_60_rate": "%",
        "lone_elder_count": "人",
        "device_online_now_rate": "%",
        "dwelling_count": "套",
        **{f"gate_rate_{number}": "%" for number in (1, 2, 3)},
    }
    chinese = ("实有人口", "老龄化率（60岁及以上）", "独居老人数", "设备在线率（当前）", "房屋套数")
    chinese += ("智慧门禁三率之一：在线率", "智慧门禁三率之二：完好率", "智慧门禁三率之三：使用率")
    areas = [("street", STREET), ("street", OTHER_STREET)]
    areas += [("committee", code) for code in COMMITTEES] + [("estate", code) for code in ESTATES]
    rows: list[tuple[object, ...]] = []
    for code, unit in units.items():
        for level, area in areas:
            is_suppressed = code == "lone_elder_count" and level != "street"
            usual = chance.uniform(20, 40) if unit == "%" else chance.uniform(0.9, 1.1) * SIZES[level]
            for period in ("2026-10", "2026-11"):
                value = usual * chance.uniform(0.98, 1.02)
                value = round(value, 3) if unit == "%" else float(round(value))
                told = None if is_suppressed else value
                rows.append((code, level, area, period, told, told, is_suppressed))
    values = pl.DataFrame(
        rows,
        schema=["indicator_code", "area_level", "area_code", "period", "value", "numerator", "is_suppressed"],
        orient="row",
        infer_schema_length=None,
    )
    meanings: list[tuple[object, ...]] = [
        (code, name, unit, f"{name}的算法", "police;civil", "派出所", "1")
        for (code, unit), name in zip(units.items(), chinese, strict=True)
    ]
    names = ("indicator_code", "name_zh", "unit", "formula_zh", "sources", "owner", "version")
    named = _rows(names, meanings).with_columns(
        name_en=pl.col("indicator_code").str.replace_all("_", " "),
        formula_en=pl.lit("as counted"),
        direction=pl.lit("neutral"),
        cadence=pl.lit("dated"),
    )
    return {"indicator": values, "indicator_definition": named}


def _results() -> pl.DataFrame:
    """One check a dimension, of which the third has failed and the last did not run; two runs."""
    rows = [
        dict.fromkeys(SCHEMA)
        | {"check_code": f"check_{serial}", "dataset": "resident", "dimension": dimension, "severity": "warning"}
        | {"passed": None if serial == LAST_DIMENSION else serial != 2, "owner": "派出所", "claim_zh": f"人员表第{serial}项检查"}
        | {"claim_en": f"check {serial} of residents"}
        | {"checked_rows": 900 * (serial < LAST_DIMENSION), "failed_rows": 13 * (serial == 2), "run_id": f"run-{run}"}
        | {"observed": 13 / 900, "expected_most": 0.01, "history_count": run, "checked_at": NOON - timedelta(hours=35 - 24 * run)}
        for run in range(2)
        for serial, dimension in enumerate(("规范性", "完整性", "准确性", "一致性", "时效性", "可访问性"))
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def _agreement() -> pl.DataFrame:
    names = ("week_start", "committee_code", "left_system", "right_system", "attribute")
    counts = ("matched_count", "conflicting_count", "unmatched_count")
    rows = [
        (date(2026, 11, 16) - timedelta(weeks=week), committee, "civil", "police", attribute, 40, place, 7)
        for week in range(2)
        for committee in COMMITTEES
        for place, attribute in enumerate(("name", "address"))
    ]
    return _rows((*names, *counts), rows)


def _quality() -> dict[str, pl.DataFrame]:
    received, results = NOON - timedelta(hours=11), _results()
    batches: list[tuple[object, ...]] = [
        ("police", "SYRK", "b1", received, 1000, 950, 20, 30),
        ("property", "house", "b2", received, 400, 360, 30, 10),
    ]
    issues: list[tuple[object, ...]] = [
        (
            f"I{serial}",
            "resident",
            f"R{serial}",
            "ID-CHECK-DIGIT",
            "证件号码校验码错误",
            "The check character is wrong",
            "派出所",
            "3***************X",
            received,
            received,
            "open",
            list(COMMITTEES)[0 if serial < 13 else -1],
        )
        for serial in range(14)
    ]
    return {
        "quality_result": results,
        "quality_score": score(results),
        "source_agreement": _agreement(),
        "source_batch": _rows(
            ("source", "entity", "batch_id", "received_at", "read_rows", "loaded_rows", "rejected_rows", "deduplicated_rows"),
            batches,
        ),
        "quality_issue": _rows(
            (
                "issue_id",
                "dataset",
                "key",
                "rule",
                "rule_name",
                "rule_name_en",
                "owner_department",
                "detail_masked",
                "first_seen",
                "last_seen",
                "state",
                "committee_code",
            ),
            issues,
        ),
    }
