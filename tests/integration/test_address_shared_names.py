"""Names that two places share, an alias or a road of two estates: an address leads to what it names for certain, or nowhere.

The city is invented and drawn at random: sixty roads of two estates each, whose gates and rooms overlap now and then.
"""

import random
from dataclasses import dataclass

import polars as pl
import pytest

from benchmarks.address_city import staged_tables
from benchmarks.address_models import compile_place_models, open_warehouse, run_models
from ingestion.cleaning.address.parse import parse_addresses
from ingestion.demo.street import build_street

pytestmark = pytest.mark.slow
ROADS = [f"示{first}{second}路" for first in "安宁康泰和" for second in "德仁义礼智信孝悌忠廉勤俭"]
ALIAS, KNOWN_ALIAS = "旧名纺织新村", "旧名钢铁新村"


@dataclass(frozen=True)
class Place:
    """A dwelling of the register: its key there, and how it is called."""

    key: str
    road: str
    estate: str
    lane: int
    gate: int
    room: int


@dataclass(frozen=True)
class Told:
    """An address of a person, and the only dwelling that it can mean; null: several, or none."""

    text: str
    means: str | None
    code: str | None = None


def _register(chance: random.Random) -> list[Place]:
    """Two estates a road; of each some of twelve dwellings stand in the register."""
    every = [
        (road, f"{road[1:3]}{name}苑", 100 * side + number, gate, floor * 100 + 1)
        for number, road in enumerate(ROADS)
        for side, name in ((1, "晨"), (2, "暮"))
        for gate in (1, 2, 3)
        for floor in (1, 2, 3, 4)
    ]
    drawn = [place for place in every if chance.random() < 0.6]
    return [Place(f"Z{number}", *place) for number, place in enumerate(drawn)]


def _by_road(register: list[Place]) -> list[Told]:
    """Every gate and room of a road: without the lane, which no road goes without; with the lane; and by the estate's name."""
    told = []
    for place in register:
        told += [
            Told(f"{place.road}{place.gate}号{place.room}室", None),
            Told(f"{place.road}{place.lane}弄{place.gate}号{place.room}室", place.key),
            Told(f"{place.estate}{place.gate}号{place.room}室", place.key),
        ]
    return told


def _by_alias(register: list[Place]) -> list[Told]:
    """Codes say of one alias that it is the first estate's, and of the other that it is two estates'; then both stand alone."""
    first, second = ([place for place in register if place.estate == f"{ROADS[0][1:3]}{name}苑"] for name in ("晨", "暮"))
    coded = [Told(_called(KNOWN_ALIAS, place), place.key, place.key) for place in first]
    coded += [Told(_called(ALIAS, place), place.key, place.key) for place in (*first, *second)]
    alone = [Told(_called(KNOWN_ALIAS, place), place.key) for place in first]
    return coded + alone + [Told(_called(ALIAS, place), None) for place in (*first, *second)]


def _called(estate: str, place: Place) -> str:
    return f"{estate}{place.gate}号{place.room}室"


def _resolved(register: list[Place], told: list[Told]) -> list[str | None]:
    """The key of the dwelling that each address leads to."""
    staged = {name: frame.clear() for name, frame in staged_tables(build_street(houses=20)).items()}
    listed = pl.DataFrame(
        {
            "source_key": [place.key for place in register],
            "committee_code": ["319999001001"] * len(register),
            "estate_name": [place.estate for place in register],
            "estate_name_key": [place.estate for place in register],
            "address_estate": [place.estate for place in register],
            "address_road": [place.road for place in register],
            **{f"address_{name}": [str(getattr(place, name)) for place in register] for name in ("lane", "gate", "room")},
            "is_live": [True] * len(register),
        }
    )
    parsed = parse_addresses(pl.Series([one.text for one in told])).rename(lambda name: f"address_{name}")
    people = parsed.with_columns(
        source_key=pl.format("R{}", pl.int_range(pl.len())),
        standard_address_code=pl.Series([one.code for one in told], dtype=pl.String),
        is_live=True,
    )
    for name, rows in (("stg_police__bzdz", listed), ("stg_police__syrk", people)):
        known = rows.select(column for column in rows.columns if column in staged[name].columns)
        staged[name] = pl.concat([staged[name], known], how="diagonal")
    models = compile_place_models()
    with open_warehouse(models, staged) as warehouse:
        run_models(warehouse, models)
        found = warehouse.sql("""
            select resolved.source_key, min(place.source_key) as place_key, count(*) as places
            from int_address__resolved as resolved
            left join int_place__matched as place on place.kind = 'dwelling' and place.cluster = resolved.dwelling_cluster
            where resolved.source_entity = 'SYRK' and resolved.field = 'XZZ'
            group by resolved.source_key
        """).pl()
    assert (found["places"] == 1).all()
    keys: dict[str, str | None] = dict(found.select("source_key", "place_key").iter_rows())
    return [keys[f"R{number}"] for number in range(len(told))]


def test_an_address_that_fits_two_estates_leads_to_neither() -> None:
    register = _register(random.Random(4))  # noqa: S311 - an invented city
    told = [*_by_road(register), *_by_alias(register)]
    found = _resolved(register, told)
    guessed = [one.text for one, key in zip(told, found, strict=True) if key is not None and key != one.means]
    missed = [one.text for one, key in zip(told, found, strict=True) if key is None and one.means is not None]
    assert guessed == []
    assert missed == []
    shared = [one for one in told if one.means is None]
    assert len({one.text for one in shared}) > 100
    assert any(one.text.startswith(ALIAS) for one in shared)
