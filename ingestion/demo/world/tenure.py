"""Who owns and who rents each dwelling, now and before. Owners outside the street are persons too."""

from dataclasses import dataclass
from datetime import date, timedelta

from ingestion.demo.world.households import Home, outside
from ingestion.demo.world.person import NOWHERE, Person
from ingestion.demo.world.places import Places
from ingestion.demo.world.registry import Registry

ADULT = 18
COMPANY_SHOPS = 0.6  # of shops and offices belong to a company


@dataclass(frozen=True)
class Holding:
    """One claim to own a house: a person, or a company by name; `end` is set when it was sold."""

    house: int
    person: Person | None
    company: str
    share: float
    start: date
    end: date | None = None


@dataclass(frozen=True)
class Lease:
    """One lease of a dwelling by a person, with the number of people it counts."""

    house: int
    person: Person
    headcount: int
    start: date
    end: date | None = None


def hold(registry: Registry, places: Places, homes: list[Home]) -> list[Holding]:
    """Owners of every house, shops included: the living head, with or without the spouse, a landlord, or a company."""
    rng, rates = registry.rng, registry.rates
    residents = [p for p in registry.people if p.role == "resident" and p.people == "citizen" and p.age(registry.day) >= ADULT]
    landlords: list[Person] = []
    holdings: list[Holding] = []
    owned = {home.house: home for home in homes if home.holding == "owner" and home.members}
    uses = places.houses["use"].to_list()
    for house in range(len(uses)):
        start = _since(registry, 11000)
        home = owned.get(house)
        if home is None and (rng.random() < rates["company_owner"] or _is_companys_shop(uses[house], rng.random())):
            holdings.append(Holding(house, None, rng.choice(registry.style.companies), 100.0, start))
            continue
        holdings += _home_owners(registry, home, start) if home else [_landlord(registry, house, residents, landlords, start)]
        if rng.random() < rates["past_owner"]:
            former = _outsider(registry, house, "past_owner", 40, 85)
            holdings.append(Holding(house, former, "", 100.0, start - timedelta(days=rng.randint(400, 6000)), start))
    return holdings


def _is_companys_shop(use: str, draw: float) -> bool:
    return use != "住宅" and draw < COMPANY_SHOPS


def _since(registry: Registry, days: int) -> date:
    return registry.day - timedelta(days=int(registry.rng.triangular(100, days, days * 0.4)))


def _home_owners(registry: Registry, home: Home, start: date) -> list[Holding]:
    """The head of the home, and often the spouse; now and then all of the family."""
    head = home.members[0]
    spouse = next((p for p in home.members if p.relation == "10"), None)
    child = next((p for p in home.members if p.relation in ("20", "30") and p.age(registry.day) >= ADULT), None)
    draw = registry.rng.random()
    owners = [head]
    if spouse and draw < registry.rates["co_owner"]:
        owners.append(spouse)
    if child and draw < registry.rates["child_owner"]:
        owners.append(child)
    share = round(100 / len(owners), 2)
    return [Holding(home.house, person, "", share, start) for person in owners]


def _landlord(registry: Registry, house: int, residents: list[Person], landlords: list[Person], start: date) -> Holding:
    """The owner of a let or empty house: a resident of the street, a landlord of another house, or somebody new from outside."""
    rng, rates = registry.rng, registry.rates
    draw = rng.random()
    if residents and draw < rates["landlord_in_street"]:
        owner = rng.choice(residents)
    elif landlords and draw < rates["landlord_in_street"] + rates["second_home"]:
        owner = rng.choice(landlords)
    else:
        owner = _outsider(registry, house, "landlord", 28, 80)
        landlords.append(owner)
    return Holding(house, owner, "", 100.0, start)


def _outsider(registry: Registry, house: int, role: str, youngest: int, oldest: int) -> Person:
    rng = registry.rng
    person = registry.add(
        home=house,
        household=NOWHERE,
        relation="",
        role=role,
        sex=rng.choice("12"),
        birth=registry.birth(rng.uniform(youngest, oldest)),
        people="citizen",
        surname="",
    )
    person.county, person.hukou_text = outside(registry, rng)
    person.lives_text = person.hukou_text
    registry.document(person)
    return person


def let(registry: Registry, homes: list[Home]) -> list[Lease]:
    """A lease for nearly every let dwelling, and old leases of tenants who are gone."""
    rng, leases = registry.rng, list[Lease]()
    for home in homes:
        if home.holding == "tenant" and rng.random() < registry.rates["lease_known"]:
            leases += _leases_of(registry, home)
        if rng.random() < registry.rates["past_tenant"]:
            former = _outsider(registry, home.house, "past_tenant", 20, 55)
            former.fate, former.fate_on = "moved_out", registry.day - timedelta(days=rng.randint(30, 900))
            leases.append(Lease(home.house, former, rng.randint(1, 4), former.fate_on - timedelta(days=700), former.fate_on))
    return leases


def _leases_of(registry: Registry, home: Home) -> list[Lease]:
    rng = registry.rng
    start = registry.day - timedelta(days=rng.randint(10, 1100))
    end = None if rng.random() < registry.rates["lease_open_end"] else registry.day + timedelta(days=rng.randint(20, 700))
    renters = home.members if home.kind == "tenant_shared" and registry.rng.randrange(2) else home.members[:1]
    return [Lease(home.house, person, len(home.members), start, end) for person in renters]
