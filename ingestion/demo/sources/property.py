"""The housing bureau's five tables, clean: estate, building, house, owner, lease.

Columns that begin with `_` are for the generator alone: `_person`, `_house`, and never reach the source.
"""

import random
from datetime import date
from typing import Any

import polars as pl

from ingestion.demo.chance import dice
from ingestion.demo.sources.addressing import Addressing, committee_code
from ingestion.demo.sources.columns import typed
from ingestion.demo.sources.documents import PROPERTY_KINDS, held
from ingestion.demo.sources.stamps import stamp
from ingestion.demo.style import Style
from ingestion.demo.world.people import World
from ingestion.demo.world.person import NOWHERE, Person
from ingestion.demo.world.places import WALK_UP_FLOORS
from ingestion.demo.world.tenure import Holding, Lease

SECOND_DOCUMENT = 0.5
COMPANY_NUMBER = "91"  # an enterprise's code begins so; the county in it was never assigned


def property_tables(style: Style, world: World, seed: int, day: date) -> dict[str, pl.DataFrame]:
    """Return the five tables by name, a row each as the bureau would hold it on the given day."""
    rng = dice(seed, "property")
    addressing = Addressing(style, world.places, dice(seed, "property.addresses"))
    return {
        "estate": pl.DataFrame([estate_row(style, row, rng, day) for row in world.places.estates.iter_rows(named=True)]),
        "building": pl.DataFrame([_building_row(row, rng, day) for row in world.places.buildings.iter_rows(named=True)]),
        "house": _houses(world, addressing, rng, day),
        "owner": typed("owner", [owner_row(number, one, style, rng, day) for number, one in enumerate(world.holdings)]),
        "lease": typed("lease", [lease_row(number, one, rng, day) for number, one in enumerate(world.leases)]),
    }


def estate_row(style: Style, row: dict[str, Any], rng: random.Random, day: date) -> dict[str, Any]:
    """One estate; its road address names the lane or the plot."""
    number = f"{row['lane']}弄" if row["lane"] else (f"{row['plot']}号" if row["plot"] else "")
    return {
        "estate_id": f"E{row['estate'] + 1:04d}",
        "estate_name": row["name"],
        "committee_code": committee_code(style, row["committee"]),
        "road_address": f"{row['road']}{number}",
        "property_company": rng.choice(style.companies),
        "built_year": row["built_year"],
        "lon": row["lon"],
        "lat": row["lat"],
        "is_deleted": 0,
        "updated_at": stamp(rng, day, 1500),
    }


def _building_row(row: dict[str, Any], rng: random.Random, day: date) -> dict[str, Any]:
    gate = f"{row['sublane']}支弄{row['gate']}号" if row["sublane"] else f"{row['gate']}号"
    block = f"{row['block']}{rng.choice(['幢', '幢', '幢', '栋'])}"
    return {
        "building_id": f"B{row['building'] + 1:06d}",
        "estate_id": f"E{row['estate'] + 1:04d}",
        "building_name": block if row["block"] else gate,
        "unit_count": row["units"],
        "floor_count": row["floors"],
        "has_lift": int(row["floors"] > WALK_UP_FLOORS),
        "is_deleted": 0,
        "updated_at": stamp(rng, day, 1500),
    }


def _houses(world: World, addressing: Addressing, rng: random.Random, day: date) -> pl.DataFrame:
    houses = world.places.houses
    rows = []
    for number, (building, use, tenure, area) in enumerate(houses.select("building", "use", "tenure", "area").iter_rows()):
        elements = world.places.elements[number]
        room = elements.room + (f"({elements.part})" if elements.room and len(elements.part) > 1 else elements.part)
        rows.append(
            {
                "house_id": f"H{number + 1:07d}",
                "building_id": f"B{building + 1:06d}",
                "unit_name": f"{elements.unit}单元" if elements.unit else "",
                "room_no": room,
                "address": addressing.write(number, "property"),
                "floor_area": area,
                "house_use": use,
                "tenure": tenure,
                "is_deleted": 0,
                "updated_at": stamp(rng, day, 1500),
                "_house": number,
            }
        )
    return pl.DataFrame(rows)


def owner_row(number: int, holding: Holding, style: Style, rng: random.Random, day: date) -> dict[str, Any]:
    """One claim to own; a company stands where else a person's name does."""
    person = holding.person
    kind, number_text = held(rng, person, SECOND_DOCUMENT) if person else ("990", f"{COMPANY_NUMBER}{style.county}{number:09d}X")
    return {
        "owner_id": f"O{number + 1:07d}",
        "house_id": f"H{holding.house + 1:07d}",
        "owner_name": person.name if person else holding.company,
        "cert_type": PROPERTY_KINDS[kind],
        "cert_no": number_text,
        "mobile": _phone(person),
        "share_pct": holding.share,
        "start_date": holding.start.isoformat(),
        "end_date": holding.end.isoformat() if holding.end else None,
        "is_deleted": 0,
        "updated_at": stamp(rng, day, since=holding.end or holding.start),
        **hidden(person, holding.house),
    }


def lease_row(number: int, lease: Lease, rng: random.Random, day: date) -> dict[str, Any]:
    """One lease and its main tenant."""
    kind, number_text = held(rng, lease.person, SECOND_DOCUMENT)
    return {
        "lease_id": f"L{number + 1:07d}",
        "house_id": f"H{lease.house + 1:07d}",
        "tenant_name": lease.person.name,
        "cert_type": PROPERTY_KINDS[kind],
        "cert_no": number_text,
        "mobile": _phone(lease.person),
        "headcount": lease.headcount,
        "start_date": lease.start.isoformat(),
        "end_date": lease.end.isoformat() if lease.end else None,
        "is_deleted": 0,
        "updated_at": stamp(rng, day, since=lease.start),
        **hidden(lease.person, lease.house),
    }


def _phone(person: Person | None) -> str | None:
    return (person.mobile or None) if person else None


def hidden(person: Person | None, house: int) -> dict[str, Any]:
    """The generator's own columns: the person meant (null: a company), the house meant (null: outside)."""
    return {"_person": person.person if person else None, "_house": house if house != NOWHERE else None}
