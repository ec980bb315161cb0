"""A building by units, floors and rooms (人房图). Not here: its numbers of people and dwellings (dbt)."""

import re
from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from dashboards.repositories.reader import Reader
from dashboards.repositories.record import read_building, read_buildings, read_rooms
from dashboards.services.labels import label
from dashboards.services.language import say
from dashboards.services.text import number

_ROOM = re.compile(r"(\d{1,2})\d{2}$")
ELSEWHERE = "其他"


@dataclass(frozen=True)
class Room:
    """One dwelling in its place; `people` those who live there."""

    dwelling_id: str
    shown: str
    people: int


@dataclass(frozen=True)
class Floor:
    """The rooms of one floor of one unit, by number."""

    name: str
    rooms: tuple[Room, ...]


def floor_of(room: str | None) -> int | None:
    """The floor that a room's number tells: 1203 → 12; null: it tells none."""
    found = _ROOM.match(re.sub(r"\D", "", room or ""))
    return int(found[1]) if found else None


def load_floors(reader: Reader, building_id: str) -> dict[str, list[Floor]]:
    """Unit to its floors from the top; what tells no floor comes last."""
    units: dict[str, dict[int | None, list[Room]]] = defaultdict(lambda: defaultdict(list))
    for row in read_rooms(reader, building_id).iter_rows(named=True):
        number_of = f"{row['room'] or say('无室号')}{row['part'] or ''}"
        shown = f"{number_of} {label('occupancy', row['occupancy'])} {say('{count}人', count=row['resident_count'])}"
        room = Room(row["dwelling_id"], shown, row["resident_count"])
        units[say("{unit}单元", unit=row["unit"]) if row["unit"] else ""][floor_of(row["room"])].append(room)
    return {unit: _stacked(floors) for unit, floors in units.items()}


def building_facts(reader: Reader, building_id: str) -> list[tuple[str, str]]:
    """The building's head; empty: none within the reader's rows."""
    found = read_building(reader, building_id)
    if found.is_empty():
        return []
    row = found.row(0, named=True)
    lift = say({True: "有", False: "无"}.get(row["has_lift"], "不详"))
    return [
        ("楼栋", row["building_name"] or "—"),
        ("小区", row["estate_name"] or "—"),
        ("层数", number(row["floor_count"], 0)),
        ("电梯", lift),
        ("房屋", say("{count}套", count=row["dwelling_count"])),
        ("居住人数", say("{count}人", count=row["resident_count"])),
    ]


def building_names(reader: Reader, estate_id: str) -> dict[str, str]:
    """Buildings of an estate by id, ordered as people count: 2号 before 10号; equal names are numbered."""
    found = read_buildings(reader, estate_id)
    rows = sorted(found.select("building_id", "building_name").rows(), key=lambda row: (_counting(row[1] or ""), row[0]))
    names: dict[str, str] = {}
    for key, name in rows:
        called = name or say("无名楼栋")
        twins = sum(1 for known in names.values() if known.split("（")[0] == called)
        names[key] = f"{called}（{twins + 1}）" if twins else called
    return names


def floor_table(floors: dict[str, list[Floor]]) -> pl.DataFrame:
    """One row a unit and floor: dwellings and people."""
    rows = [
        {"unit": unit or "—", "floor": floor.name, "rooms": len(floor.rooms), "people": sum(room.people for room in floor.rooms)}
        for unit, listed in floors.items()
        for floor in listed
    ]
    return pl.DataFrame(rows)


def _stacked(floors: dict[int | None, list[Room]]) -> list[Floor]:
    known = sorted((level for level in floors if level is not None), reverse=True)
    stacked = [Floor(say("{level}层", level=level), tuple(floors[level])) for level in known]
    return stacked + ([Floor(say(ELSEWHERE), tuple(floors[None]))] if None in floors else [])


def _counting(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", name)]
