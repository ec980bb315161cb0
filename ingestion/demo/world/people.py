"""Everybody whom some source of the street knows: residents, the absent, landlords, and those who died or left."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from ingestion.demo.style import Style
from ingestion.demo.world.households import Home, outside, settle
from ingestion.demo.world.person import NOWHERE, Person
from ingestion.demo.world.places import Places
from ingestion.demo.world.registry import Registry
from ingestion.demo.world.tenure import Holding, Lease, hold, let

OLD = 65


@dataclass(frozen=True)
class World:
    """The whole truth: places, people, homes, and who holds which dwelling."""

    places: Places
    people: list[Person]
    homes: list[Home]
    holdings: list[Holding]
    leases: list[Lease]

    def frame(self) -> pl.DataFrame:
        """One row a person, in the columns of `Person`."""
        names = list(Person.__slots__)
        return pl.DataFrame(
            {name: [getattr(person, name) for person in self.people] for name in names},
            schema_overrides={"fate_on": pl.Date, "birth": pl.Date, "arrived": pl.Date},
        )


def build_people(style: Style, places: Places, seed: int, day: date) -> World:
    """Fill the dwellings, then let time pass over them: registrations apart, deaths, departures, shared phones, holders."""
    registry = Registry(style, seed, day)
    dwellings = [row for row, use in enumerate(places.houses["use"]) if use == "住宅"]
    homes = settle(registry, dwellings)
    _move_apart(registry, dwellings)
    _share_phones(registry, homes)
    _fates(registry)
    holdings = hold(registry, places, homes)
    leases = let(registry, homes)
    return World(places, registry.people, homes, holdings, leases)


def _move_apart(registry: Registry, dwellings: list[int]) -> None:
    """Those registered elsewhere on the street get that dwelling; a home keeps together."""
    rng, chosen = registry.rng, dict[int, int]()
    for person in registry.people:
        if person.registered_at == NOWHERE and not person.hukou_text and person.people == "citizen":
            person.registered_at = chosen.setdefault(person.household, rng.choice(dwellings))


def _share_phones(registry: Registry, homes: list[Home]) -> None:
    """One number for two of a home; children have their parents'."""
    rng, share = registry.rng, registry.rates["shared_phone"]
    for home in homes:
        bearers = [person for person in home.members if person.mobile]
        for person in home.members:
            if bearers and person is not bearers[0] and rng.random() < share:
                person.mobile = bearers[0].mobile


def _fates(registry: Registry) -> None:
    """Some of the old died within two years, some residents left within one."""
    rng, rates = registry.rng, registry.rates
    for person in registry.people:
        draw = rng.random()
        dies = person.age(registry.day) >= OLD and draw < rates["died"]
        leaves = not dies and person.role == "resident" and draw > 1 - rates["moved_out"]
        if dies or leaves:
            person.fate = "dead" if dies else "moved_out"
            person.fate_on = registry.day - timedelta(days=rng.randint(2, 700 if dies else 360))
            person.lives_at = NOWHERE
            person.lives_text = "" if dies else outside(registry, rng)[1]
