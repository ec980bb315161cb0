"""Dirt of every kind occurs, at the rate that the YAML says, and none where none is asked for."""

import polars as pl
import pytest

from ingestion.demo.data_files import data
from ingestion.demo.dirt.numerals import by_digit, positional
from ingestion.demo.street import Street, build_street

ENOUGH = 300  # expected cells from which on a rate can be judged


@pytest.fixture(scope="module")
def dirty() -> Street:
    return build_street(houses=2500, seed=11, dirt=2.0)


def test_every_kind_of_dirt_occurs(dirty: Street) -> None:
    wanted = {(rule["group"], kind) for rule in data("dirt")["fields"].values() for kind in data("dirt")["groups"][rule["group"]]}
    groups = {path.rpartition(".")[2]: rule["group"] for path, rule in data("dirt")["fields"].items()}
    found = {(groups[field], kind) for field, kind in dirty.log.select("field", "kind").unique().rows()}
    assert {kind for _, kind in wanted} - {kind for _, kind in found} == set()


def test_rates_are_those_of_the_yaml(dirty: Street) -> None:
    judged = dirty.tally.filter(pl.col("rate") * pl.col("cells") >= ENOUGH, pl.col("rate") < 1)
    spread = (pl.col("rate") * (1 - pl.col("rate")) * pl.col("cells")).sqrt()
    off = judged.filter((pl.col("tried") - pl.col("rate") * pl.col("cells")).abs() > 5 * spread)
    assert judged.height > 20
    assert off.rows() == []


def test_every_field_of_the_yaml_is_soiled(dirty: Street) -> None:
    fields = {f"{entity}.{field}" for entity, field in dirty.tally.select("entity", "field").unique().rows()}
    assert fields == set(data("dirt")["fields"])


def test_log_tells_what_was_right(dirty: Street) -> None:
    log = dirty.log.filter((pl.col("entity") == "police.SYRK") & (pl.col("field") == "ZJHM"))
    right = {person.id_number for person in dirty.world.people} | {person.second_number for person in dirty.world.people}
    assert log.height > 50
    assert set(log["clean"]) <= right


def test_without_dirt_all_is_clean() -> None:
    street = build_street(houses=150, seed=2, dirt=0)
    people = street.world.people
    register = street.tables["police.SYRK"]
    assert street.log.height == 0
    assert register["_damaged"].sum() == 0
    assert [people[p].name for p in register["_person"]] == register["XM"].to_list()


@pytest.mark.parametrize(
    ("number", "digits", "written"),
    [
        ("1197", "一一九七", "一千一百九十七"),
        ("1200", "一二〇〇", "一千二百"),
        ("18", "一八", "十八"),
        ("107", "一〇七", "一百零七"),
        ("1005", "一〇〇五", "一千零五"),
    ],
)
def test_chinese_numerals_in_both_manners(number: str, digits: str, written: str) -> None:
    assert by_digit(number) == digits
    assert positional(number) == written
