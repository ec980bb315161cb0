"""The demo street's shape, its determinism, and that no number in it can be a real person's."""

import re
import sqlite3
import unicodedata
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.demo.street import Street, build_street
from ingestion.demo.style import load_style
from ingestion.demo.world.numbers import check_character, citizen_number
from ingestion.demo.write import write_sources

REGIONS = {"810000", "820000", "830000"}
NUMBER = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")


def allowed(street: Street) -> set[str]:
    return {street.style.county, *(county for county, _ in street.style.other_places), *REGIONS}


def test_the_handbooks_number_has_its_check_character() -> None:
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 999))
@settings(max_examples=50)
def test_every_number_passes_its_own_check(birth: date, sequence: int) -> None:
    number = citizen_number("319999", birth, sequence)
    assert len(number) == 18
    assert check_character(number[:17]) == number[17]


def test_shape_is_that_of_a_street(street: Street) -> None:
    dwellings = street.world.places.houses.filter(pl.col("use") == "住宅").height
    living = [person for person in street.world.people if person.lives_at >= 0]
    elders = sum(person.age(street.day) >= 60 for person in living) / len(living)
    assert dwellings == 1500
    assert street.tables["property.estate"].height == 60
    assert street.tables["property.estate"]["committee_code"].n_unique() == 25
    assert 1.9 < len(street.world.people) / dwellings < 2.2
    assert 0.32 < elders < 0.40
    assert set(street.world.places.buildings["form"]) >= {"lane", "village", "block", "shop"}


def test_addresses_are_unique(street: Street) -> None:
    texts = [elements.text for elements in street.world.places.elements]
    assert len(set(texts)) == len(texts)


def test_no_number_carries_a_county_that_exists(street: Street) -> None:
    counties = allowed(street)
    citizens = [p.id_number for p in street.world.people if p.people == "citizen"]
    assert {number[:6] for number in citizens} <= counties
    assert len(set(citizens)) == len(citizens)
    for name, frame in street.tables.items():
        texts = frame.select(pl.col(column) for column, kind in frame.schema.items() if kind == pl.String and column[0] != "_")
        for column in texts.iter_columns():
            if column.name in ("RYBH", "HH", "certificateNo"):
                continue
            found = NUMBER.findall(unicodedata.normalize("NFKC", "\n".join(column.drop_nulls().to_list())))
            strange = {
                n
                for n in found
                if n[:6] not in counties and not n.startswith(("999", "000000", "111111", "91" + street.style.county))
            }
            assert not strange, f"{name}.{column.name}"


def test_twins_differ_in_name_and_number_but_not_in_birth(street: Street) -> None:
    people = street.world.people
    twins = [(p, people[p.twin]) for p in people if p.twin >= 0]
    assert len(twins) >= 10
    assert all(one.birth == other.birth and one.name != other.name and one.id_number != other.id_number for one, other in twins)
    assert all(abs(int(one.id_number[14:17]) - int(other.id_number[14:17])) <= 6 for one, other in twins)


def test_same_names_and_several_police_records_occur(street: Street) -> None:
    register = street.tables["police.SYRK"]
    assert register["_person"].value_counts()["count"].max() >= 2
    names = pl.Series([person.name for person in street.world.people])
    assert names.value_counts()["count"].max() >= 5
    assert set(register["RKLB"]) == {"1", "2", "3", "4"}
    assert {"111", "414", "553"} <= set(register["ZJZL"])


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".db"
    }


def dump(database: Path) -> list[str]:
    with sqlite3.connect(database) as connection:
        return list(connection.iterdump())


def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write_sources(build_street(houses=120, seed=3), tmp_path / "a")
    second = write_sources(build_street(houses=120, seed=3), tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert dump(first.property_db) == dump(second.property_db)


def test_another_seed_gives_another_street() -> None:
    names = [{person.name for person in build_street(houses=60, seed=seed).world.people} for seed in (1, 2)]
    assert names[0] != names[1]


@pytest.mark.parametrize("changes", [{}, {"street_code": "529999003"}])
def test_another_city_has_its_own_codes_and_manner(changes: dict[str, str]) -> None:
    style = load_style("block", **changes)
    street = build_street(houses=200, seed=5, style=style, dirt=0)
    standard = street.tables["police.BZDZ"]
    assert set(standard["XZQH"]) == {style.street_code[:6]}
    assert set(standard["JDDM"]) == {style.street_code}
    assert standard["LN"].str.len_chars().sum() == 0
    assert standard.filter(pl.col("ZH") != "")["SH"].str.ends_with("室").mean() > 0.9
    assert "弄" not in "".join(street.tables["property.house"]["address"])


def test_days_of_telemetry_come_with_the_first_delivery(tmp_path: Path) -> None:
    street = build_street(houses=40, seed=1, days=2)
    sources = write_sources(street, tmp_path)
    assert [path.name for path in sorted((sources.device / "telemetry").iterdir())] == ["dt=2026-11-19", "dt=2026-11-20"]


def test_smallest_street_can_be_written_and_a_smaller_one_is_refused(tmp_path: Path) -> None:
    sources = write_sources(build_street(houses=20, seed=2), tmp_path)
    assert pl.read_parquet(sources.truth / "record.parquet").height > 20
    with pytest.raises(ValueError, match="at least 20"):
        build_street(houses=19)
