"""Puts households into dwellings by the templates of `data/population.yaml`: who lives with whom, and who is how old."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ingestion.demo.chance import choose
from ingestion.demo.data_files import data
from ingestion.demo.world.person import NOWHERE, Person
from ingestion.demo.world.registry import Registry

BORN_AT_EARLIEST = 105  # years before the street's day


@dataclass(frozen=True)
class Home:
    """What became of one dwelling: kind of household, who holds it (owner, tenant, empty), its members with the absent ones."""

    house: int
    household: int
    kind: str
    holding: str
    members: tuple[Person, ...]


def settle(registry: Registry, houses: list[int]) -> list[Home]:
    """Draw a household for each dwelling and make its members."""
    templates: dict[str, Any] = data("population")["households"]
    weights = {name: float(template["weight"]) for name, template in templates.items()}
    homes = []
    for number, house in enumerate(houses):
        kind = choose(registry.rng, weights)
        homes.append(settle_home(registry, house, number, kind))
    return homes


def settle_home(registry: Registry, house: int, household: int, kind: str) -> Home:
    """Make one household of the named kind in one dwelling."""
    template: dict[str, Any] = data("population")["households"][kind]
    people = str(template.get("people", "citizen"))
    place = _Registration(registry, house, str(template["home"]), people)
    cast: list[Person | None] = []
    for member in template["members"]:
        is_absent = registry.rng.random() >= member.get("chance", 1.0)
        cast.append(None if is_absent else _member(registry, member, cast, place, household))
    return Home(house, household, kind, str(template["home"]), tuple(person for person in cast if person is not None))


class _Registration:
    """Where a household is registered: here, elsewhere on the street (settled later), or outside."""

    def __init__(self, registry: Registry, house: int, holding: str, people: str) -> None:
        rng = registry.rng
        self.house, self.people = house, people
        here = rng.random() < registry.rates["hukou_here"].get(holding, 0.0)
        self.at = house if here and people == "citizen" else NOWHERE
        self.county, self.text = outside(registry, rng)
        self.is_elsewhere_in_street = not here and people == "citizen" and rng.random() < registry.rates["hukou_in_street"]


def outside(registry: Registry, rng: random.Random) -> tuple[str, str]:
    """A county that was never assigned, and an address there."""
    county, text = rng.choice(registry.style.other_places)
    road = rng.choice(["人民路", "解放路", "东风街", "南门街", "文化路", "新村路"])
    room = f"{rng.randint(1, 6)}0{rng.randint(1, 4)}室" if rng.randrange(5) else ""
    return county, f"{text}{road}{rng.randint(1, 399)}号{room}"


def _member(
    registry: Registry, member: dict[str, Any], cast: list[Person | None], place: _Registration, household: int
) -> Person:
    twin = cast[member["twin"]] if "twin" in member else None
    sex = _sex(registry, str(member["sex"]), cast, twin)
    birth = twin.birth if twin else _birth(registry, member, cast)
    relation = str(member["relation"])
    man, _, woman = relation.partition("/")
    relation = woman if woman and sex == "2" else man
    relative = cast[member["surname"]] if "surname" in member else None
    surname = _surname_of(registry, relative) if relative and place.people != "foreign" else ""
    person = registry.add(
        home=place.house,
        household=household,
        relation=relation,
        role="absent" if member.get("away") else "resident",
        sex=sex,
        birth=birth,
        people=place.people,
        surname=surname,
    )
    mother = cast[member["mother"]] if "mother" in member else None
    person.mother = mother.person if mother else NOWHERE
    if twin:
        _join_twins(registry, person, twin)
    _register(registry, person, place)
    if twin:
        person.county = twin.county
    registry.document(person, near=twin.id_number if twin and twin.people == "citizen" else "")
    return person


def _surname_of(registry: Registry, relative: Person) -> str:
    if "·" in relative.name:
        return ""
    compound = registry.names.lists["compound_surnames"]
    return relative.name[:2] if relative.name[:2] in compound else relative.name[0]


def _join_twins(registry: Registry, person: Person, twin: Person) -> None:
    surname = _surname_of(registry, twin)
    if surname:
        person.name = surname + registry.names.twin_of(twin.name[len(surname) :], person.sex, person.birth.year)
    person.twin, twin.twin = twin.person, person.person
    person.former_name = ""


def _sex(registry: Registry, rule: str, cast: list[Person | None], twin: Person | None) -> str:
    rng = registry.rng
    if rule in ("M", "F"):
        return "1" if rule == "M" else "2"
    first = cast[0].sex if cast and cast[0] else "1"
    if rule == "other":
        return "2" if first == "1" else "1"
    if rule == "same" and rng.random() < registry.rates["same_sex"]:
        return twin.sex if twin else first
    return rng.choice("12")


def _birth(registry: Registry, member: dict[str, Any], cast: list[Person | None]) -> date:
    rng = registry.rng
    if "age" in member:
        low, high = member["age"]
        return registry.birth(rng.triangular(low, high, low + (high - low) * 0.35))
    other, low, high = member["younger" if "younger" in member else "older"]
    base = cast[other]
    years = rng.uniform(low, high) * (1 if "younger" in member else -1)
    birth = (base.birth if base else registry.birth(40)) + timedelta(days=int(years * 365.25))
    oldest = registry.day - timedelta(days=int(BORN_AT_EARLIEST * 365.25))
    return max(oldest, min(birth, registry.day - timedelta(days=rng.randint(20, 900))))


def _register(registry: Registry, person: Person, place: _Registration) -> None:
    """Settle where the person is registered, and since when; an own number carries the county of the first registration."""
    rng = registry.rng
    person.lives_at = place.house if person.role == "resident" else NOWHERE
    person.registered_at = place.house if person.role == "absent" and person.people == "citizen" else place.at
    person.county, person.hukou_text = place.county, place.text
    differs = person.role == "resident" and rng.random() < registry.rates["hukou_alone_differs"] and person.people == "citizen"
    if differs:
        person.registered_at = NOWHERE if person.registered_at >= 0 else place.house
        person.county, person.hukou_text = outside(registry, rng)
    if place.is_elsewhere_in_street and person.role == "resident" and not differs:
        person.hukou_text = ""  # settled by `people.move_apart`, once all dwellings are known
    if person.registered_at >= 0 or not person.hukou_text:
        person.county = registry.style.county if rng.random() < registry.rates["number_of_this_county"] else person.county
    if person.role == "absent":
        person.lives_text = outside(registry, rng)[1]
    person.arrived = max(person.birth, registry.day - timedelta(days=int(rng.triangular(30, 12000, 2500))))
