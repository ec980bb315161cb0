"""A small invented street by seed: families, twins, namesakes, children under a parent's number, and records with dirt."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.unit.identity.invented import failed, masked, number_of, record

SURNAMES, GIVEN = "王李张刘陈", "伟芳娜敏静丽强磊军洋"
SOURCES = (
    "police.SYRK",
    "property.owner",
    "property.lease",
    "civil.elderly-services",
    "civil.assistance-cases",
    "device.register",
)


@dataclass(frozen=True)
class Someone:
    """One invented person."""

    place: int
    name: str
    born: date
    number: str
    dwelling: str
    mobile: str


def make_street(seed: int, homes: int = 12) -> list[dict[str, Any]]:
    """Records of a street; equal for equal seeds. `role` holds the true person."""
    chance = random.Random(seed)  # noqa: S311 - invented data
    people = [someone for home in range(homes) for someone in _family(chance, home)]
    rows = [_record(chance, someone, copy) for someone in people for copy in range(chance.randint(1, 4))]
    children = [someone for someone in people if someone.born.year > 2005]
    for child in chance.sample(children, min(2, len(children))):
        parent = next(someone for someone in people if someone.dwelling == child.dwelling)
        rows.append(
            record(
                f"{child.place}-borrowed", child.name, parent.number, "police.SYRK", birth_date=child.born, role=str(child.place)
            )
        )
    return rows


def _family(chance: random.Random, home: int) -> list[Someone]:
    surname, mobile = chance.choice(SURNAMES), f"1390000{home:04d}"
    grown = date(1940, 1, 1) + timedelta(days=chance.randrange(18000))
    births = [grown, grown + timedelta(days=chance.randrange(900))]
    young = date(2006, 1, 1) + timedelta(days=chance.randrange(6000))
    births += [young, young] if chance.random() < 0.4 else [young]
    given = chance.sample(GIVEN, len(births))
    return [
        Someone(
            home * 10 + place,
            surname + given[place] * chance.choice((1, 2)),
            born,
            number_of(born, home * 20 + place * 2 + 1),
            f"d{home}",
            mobile,
        )
        for place, born in enumerate(births)
    ]


def _record(chance: random.Random, someone: Someone, copy: int) -> dict[str, Any]:
    entity = chance.choice(SOURCES)
    if entity == "property.lease" and someone.place // 10 % 2:  # a home is owned or rented
        entity = "property.owner"
    elif entity == "property.owner" and someone.place // 10 % 2 == 0:
        entity = "property.lease"
    household = f"h{someone.place // 10}" if entity == "police.SYRK" else None  # who tells no dwelling lives where it does
    more: dict[str, Any] = {"role": str(someone.place), "household_no": household}
    if chance.random() < 0.6:
        more["mobile"] = someone.mobile
    if chance.random() < 0.8:
        more["dwelling_cluster"] = someone.dwelling
    fate = chance.random()
    number = someone.number if fate < 0.6 else None
    if 0.6 <= fate < 0.75:
        more |= masked(someone.number)
    elif 0.75 <= fate < 0.85:
        place = chance.randrange(17)
        more |= failed(someone.number[:place] + str((int(someone.number[place]) + 1) % 10) + someone.number[place + 1 :])
    if entity in ("police.SYRK", "civil.elderly-services"):
        more["birth_date"] = someone.born
    return record(f"{someone.place}-{copy}", someone.name, number, entity, **more)
