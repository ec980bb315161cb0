"""Deliveries that look unlike those before them are held, with a line that names the cause; the published version stays.

Each case changes the real files or tables of the sources and runs the real command. Not here: the comparison (tests of drift).
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.street_city import City

pytestmark = pytest.mark.slow
Row = dict[str, Any]
NOW = "2026-11-21 06:00:00"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A published city, and a copy of its sources to come back to."""
    made = City(tmp_path_factory.mktemp("held"), houses=400, seed=12)
    made.run()
    shutil.copytree(made.sources, made.folder / "kept")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def as_they_were(city: City) -> Iterator[None]:
    """Every test begins with the sources of the first day, and ends with the version that it found."""
    before = city.version()
    yield
    assert city.version() == before
    shutil.rmtree(city.sources)
    shutil.copytree(city.folder / "kept", city.sources)


def snapshot(city: City, entity: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the first day's snapshot."""
    text = next((city.sources / "police" / "20261120").glob(f"{entity}_*_F_001.csv")).read_bytes().decode("gb18030")
    head, *rows = [line.split(",") for line in text.splitlines()]
    return head, [row for row in rows if len(row) == len(head)]


def send_snapshots(city: City, **files: tuple[list[str], list[list[str]]]) -> None:
    """What the police send on the next day, by entity."""
    folder = city.sources / "police" / "20261121"
    folder.mkdir()
    manifest = ["FILE_NAME,ROW_COUNT,SHA256"]
    for entity, (head, rows) in files.items():
        content = "".join(",".join(row) + "\r\n" for row in [head, *rows]).encode("gb18030")
        (folder / f"{entity}_20261121_F_001.csv").write_bytes(content)
        manifest.append(f"{entity}_20261121_F_001.csv,{len(rows)},{hashlib.sha256(content).hexdigest()}")
    (folder / "MANIFEST_20261121.csv").write_text("".join(f"{line}\r\n" for line in manifest), encoding="gb18030", newline="")


def change_table(city: City, *statements: str) -> None:
    """What happens in the housing bureau's database."""
    with sqlite3.connect(city.sources / "property" / "housing.db") as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def change_resource(city: City, name: str, change: Callable[[Row], list[Row]]) -> None:
    """What civil affairs answers from now on, told as changed just now."""
    path = city.sources / "civil" / f"{name}.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    changed = [row | {"modifiedAt": "2026-11-21T06:00:00+08:00"} for old in rows for row in change(old)]
    path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")


def send_register(city: City, change: Callable[[Row], list[Row]]) -> None:
    """The register of the next day."""
    folder = city.sources / "device" / "register"
    rows = [json.loads(line) for line in (folder / "devices_20261120.ndjson").read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps(new, ensure_ascii=False) for row in rows for new in change(row)]
    (folder / "devices_20261121.ndjson").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def held_lines(printed: str) -> dict[str, str]:
    """What the run said of each feed that was held."""
    assert "the gate is closed" in printed
    parts = printed.replace("\n", " ").split("; ")
    return {part.split("held whole: ")[0]: part.split("held whole: ")[1] for part in parts if "held whole: " in part}


def cause(lines: dict[str, str], feed: str) -> str:
    return next(told for place, told in lines.items() if feed in place)


def test_every_cause_is_named_and_the_version_stays(city: City) -> None:
    head, rows = snapshot(city, "SYRK")
    swapped = [{"XM": "LXDH", "LXDH": "XM"}.get(name, name) for name in head]
    send_snapshots(city, SYRK=(swapped, rows), BZDZ=(snapshot(city, "BZDZ")[0], []))
    columns = "building_id, unit_name, room_no, address, floor_area, house_use, tenure, is_deleted"
    ten = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 9)"
    change_table(
        city,
        f"update owner set mobile = '', updated_at = '{NOW}'",
        f"insert into house (house_id, {columns}, updated_at) {ten} select house_id || '-' || i, building_id, unit_name, "
        f"room_no, address || i, floor_area + i, house_use, tenure, is_deleted, '{NOW}' from house, n",
    )
    change_resource(city, "elderly-services", lambda row: [row | {"phone": None}])
    send_register(city, lambda row: [row | {"deviceId": f"NEW{row['deviceId']}"}])
    lines = held_lines(city.run(expected=1))
    assert "columns XM and LXDH hold each other's values" in cause(lines, "SYRK")
    assert "a full snapshot without a single row" in cause(lines, "BZDZ")
    assert "column mobile is empty in 100% of" in cause(lines, "property owner")
    assert "where the most so far were" in cause(lines, "property house")
    assert "column phone is empty in 100% of" in cause(lines, "elderly-services")
    assert "re-numbered" in cause(lines, "register")


def test_yesterdays_file_under_todays_name_changes_nothing_and_says_so(city: City) -> None:
    day = city.sources / "police" / "20261121"
    shutil.copytree(city.sources / "police" / "20261120", day)
    for path in sorted(day.iterdir()):
        content = (
            path.read_bytes().replace(b"20261120_F", b"20261121_F") if path.name.startswith("MANIFEST") else path.read_bytes()
        )
        path.with_name(path.name.replace("20261120", "20261121")).write_bytes(content)
        path.unlink()
    register = city.sources / "device" / "register"
    shutil.copy(register / "devices_20261120.ndjson", register / "devices_20261121.ndjson")
    printed = city.run()
    assert "Nothing has changed" in printed
    said = printed.replace("\n", " ")
    assert "SYRK_20261121_F_001.csv: the same bytes as 20261120/SYRK_20261120_F_001.csv" in said
    assert "devices_20261121.ndjson: the same bytes as register/devices_20261120.ndjson" in said
