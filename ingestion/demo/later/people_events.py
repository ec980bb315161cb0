"""Births, deaths and moves of one later day, and how they reach the sources."""

import polars as pl

from ingestion.demo.later.day import Day
from ingestion.demo.sources.police import Register, category
from ingestion.demo.sources.property import lease_row
from ingestion.demo.sources.stamps import today
from ingestion.demo.world.households import settle_home
from ingestion.demo.world.person import NOWHERE, Person
from ingestion.demo.world.tenure import Lease

FERTILE = (22, 42)
OLD = 65
STANDING = (pl.col("ZXYY") == "") & pl.col("_person").is_not_null()


def births(day: Day, register: Register) -> None:
    """A child is born to a home with a mother, and registered with her."""
    mothers = [p for p in day.people if p.sex == "2" and p.lives_at >= 0 and p.people == "citizen" and p.relation == "10"]
    mothers = [p for p in mothers if FERTILE[0] <= p.age(day.day) <= FERTILE[1]]
    heads = {p.household: p.name for p in day.people if p.relation == "01"}
    for mother in day.rng.sample(mothers, min(len(mothers), day.count("births"))):
        sex = day.rng.choice("12")
        relation = "20" if sex == "1" else "30"
        child = day.registry.add(
            home=mother.home,
            household=mother.household,
            relation=relation,
            role="resident",
            sex=sex,
            birth=day.day,
            people="citizen",
            surname="" if "·" in heads[mother.household] else heads[mother.household][0],
        )
        child.county, child.mother, child.arrived = day.street.style.county, mother.person, day.day
        child.lives_at, child.registered_at, child.hukou_text = mother.lives_at, mother.registered_at, mother.hukou_text
        day.registry.document(child)
        day.settle()
        day.append("police.SYRK", [register.row(child, category(child), child.lives_at, today(day.rng, day.day))], "birth")


def deaths(day: Day) -> None:
    """An elder dies: the police cancel the rows, civil affairs withdraw theirs; the housing bureau hears nothing."""
    elders = [p for p in day.people if p.lives_at >= 0 and p.age(day.day) >= OLD]
    for person in day.rng.sample(elders, min(len(elders), day.count("deaths"))):
        day.become(person.person, fate="dead", fate_on=day.day, lives_at=NOWHERE, lives_text="")
        _cancel(day, person, "1", "death")
        for entity in ("civil.elderly-services", "civil.disability-certificates"):
            for row in day.tables[entity].filter((pl.col("_person") == person.person) & ~pl.col("withdrawn")).to_dicts():
                day.touch(entity, row, "death", withdrawn=True)


def moves_out(day: Day) -> None:
    """A resident leaves the street."""
    for person in _movers(day, day.count("moves_out")):
        day.become(
            person.person, fate="moved_out", fate_on=day.day, lives_at=NOWHERE, lives_text=day.street.style.other_places[0][1]
        )
        _cancel(day, person, "2", "moved_out")


def moves_within(day: Day, register: Register) -> None:
    """A resident moves to another dwelling of the street; the SYRK row follows."""
    free = _free(day)
    for person, house in zip(_movers(day, min(len(free), day.count("moves_within"))), free, strict=False):
        moved = day.become(person.person, home=house, lives_at=house)
        for row in (
            day.tables["police.SYRK"].filter(STANDING & (pl.col("_person") == person.person) & (pl.col("RKLB") != "4")).to_dicts()
        ):
            day.touch(
                "police.SYRK",
                row,
                "moved_within",
                XZZ=register.addressing.write(house, "police"),
                DZBM=register.coded.get(house, ""),
                RKLB=category(moved),
                _house=house,
            )


def moves_in(day: Day, register: Register) -> None:
    """New tenants come from outside: a SYRK row each and a lease."""
    free = _free(day)
    for house in day.rng.sample(free, min(len(free), day.count("moves_in"))):
        households = 1 + max(person.household for person in day.people)
        home = settle_home(day.registry, house, households, "tenant_alone")
        day.settle()
        for person in home.members:
            person.arrived = day.day
            number = day.tables["property.lease"].height
            lease = lease_row(number, Lease(house, person, 1, day.day), day.rng, day.day)
            day.append("property.lease", [{**lease, "updated_at": today(day.rng, day.day)}], "moved_in")
            day.append("police.SYRK", [register.row(person, category(person), house, today(day.rng, day.day))], "moved_in")


def _cancel(day: Day, person: Person, reason: str, kind: str) -> None:
    for row in day.tables["police.SYRK"].filter(STANDING & (pl.col("_person") == person.person)).to_dicts():
        day.touch("police.SYRK", row, kind, ZXBS="1", ZXYY=reason)


def _movers(day: Day, count: int) -> list[Person]:
    """Grown residents who live alone in their home, so that no household is torn apart."""
    homes: dict[int, list[Person]] = {}
    for person in day.people:
        if person.lives_at >= 0:
            homes.setdefault(person.lives_at, []).append(person)
    alone = [people[0] for people in homes.values() if len(people) == 1]
    return day.rng.sample(alone, min(count, len(alone)))


def _free(day: Day) -> list[int]:
    """Dwellings where nobody lives."""
    taken = {person.lives_at for person in day.people}
    uses = day.street.world.places.houses["use"].to_list()
    free = [house for house, use in enumerate(uses) if use == "住宅" and house not in taken]
    day.rng.shuffle(free)
    return free
