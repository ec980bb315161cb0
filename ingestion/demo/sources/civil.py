"""Civil affairs' four resources, clean and flat; `files.civil` nests members, services and contacts again.

Frames: assistance-cases, members (of cases), disability-certificates, elderly-services, children-in-need. Columns that begin with
`_` are the generator's own.
"""

import random
from datetime import date, timedelta
from typing import Any

import polars as pl

from ingestion.demo.chance import choose, dice
from ingestion.demo.data_files import data
from ingestion.demo.sources.addressing import Addressing, committee_code
from ingestion.demo.sources.columns import typed
from ingestion.demo.sources.stamps import stamp
from ingestion.demo.style import Style
from ingestion.demo.world.households import Home
from ingestion.demo.world.people import World
from ingestion.demo.world.person import NOWHERE, Person

RELATIONS = {"01": "本人", "10": "配偶", "20": "子", "30": "女", "40": "孙子女", "50": "父母", "70": "兄弟姐妹", "90": "其他"}
SERVICES = ["MEAL", "CLEANING", "ALARM_DEVICE", "DAY_CARE", "HOME_BED"]
ELDER, CHILD = 65, 18


class CivilOffice:
    """Writes civil affairs' records from the people of the street."""

    def __init__(self, style: Style, world: World, seed: int, day: date) -> None:
        self.style, self.world, self.day = style, world, day
        self.rng: random.Random = dice(seed, "civil")
        self.addressing = Addressing(style, world.places, dice(seed, "civil.addresses"))
        self.rates = data("civil")

    def tables(self) -> dict[str, pl.DataFrame]:
        """Every frame by its name."""
        cases, members = self._cases()
        frames = {
            "assistance-cases": cases,
            "members": members,
            "disability-certificates": self._certificates(),
            "elderly-services": self._elders(),
            "children-in-need": self._children(),
        }
        return {name: typed(name, rows) for name, rows in frames.items()}

    def _place(self, person: Person) -> dict[str, Any]:
        lives = person.lives_at
        return {"address": self.addressing.write(lives, "civil") or person.lives_text, "_house": lives if lives >= 0 else None}

    def _closing(self, since: date | None = None) -> dict[str, Any]:
        return {
            "withdrawn": self.rng.random() < self.rates["withdrawn"],
            "modifiedAt": f"{stamp(self.rng, self.day, 700, since).isoformat()}+08:00",
        }

    def _cases(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        rng, rates = self.rng, self.rates
        cases: list[dict[str, Any]] = []
        members: list[dict[str, Any]] = []
        for home in self.world.homes:
            living = [p for p in home.members if p.lives_at != NOWHERE and p.people == "citizen"]
            if home.holding == "owner" and living and rng.random() < rates["assistance_homes"]:
                cases.append(self._case(len(cases), home, living[0]))
                members += [self._member(cases[-1]["caseId"], place, person) for place, person in enumerate(living)]
        return cases, members

    def _case(self, number: int, home: Home, head: Person) -> dict[str, Any]:
        rng = self.rng
        start = self.day - timedelta(days=rng.randint(40, 2500))
        ended = rng.random() < self.rates["ended_share"]
        committee = self.world.places.houses["committee"][home.house]
        return {
            "caseId": f"AC{self.style.county}{number + 1:06d}",
            "category": choose(rng, self.rates["categories"]),
            "monthlyAmount": round(rng.uniform(500, 4200), 2),
            "phone": head.mobile or None,
            "committeeCode": committee_code(self.style, committee),
            "startDate": start.isoformat(),
            "endDate": (start + timedelta(days=rng.randint(20, 400))).isoformat() if ended else None,
            "_person": head.person,
            **self._place(head),
            **self._closing(),
        }

    def _member(self, case: str, position: int, person: Person) -> dict[str, Any]:
        return {
            "caseId": case,
            "position": position,
            "name": person.name,
            "certNo": person.id_number,
            "relation": RELATIONS.get(person.relation, "其他"),
            "isHead": position == 0,
            "_person": person.person,
            "_house": person.lives_at,
            "_mother": person.mother if person.mother != NOWHERE and person.age(self.day) < CHILD else None,
        }

    def _certificates(self) -> list[dict[str, Any]]:
        rows, rates = list[dict[str, Any]](), self.rates["disability"]
        for person in self.world.people:
            is_elder = person.age(self.day) >= ELDER
            is_known = person.role in ("resident", "absent") and person.people == "citizen"
            if is_known and self.rng.random() < rates["elder" if is_elder else "young"]:
                rows.append(self._certificate(person))
        return rows

    def _certificate(self, person: Person) -> dict[str, Any]:
        rng = self.rng
        kind = rng.choices("1234567", [14, 18, 2, 42, 8, 12, 4])[0]
        return {
            "certificateNo": f"{person.id_number}{kind}{rng.choices('1234', [15, 25, 30, 30])[0]}",
            "name": person.name,
            "phone": person.mobile or None,
            "issuedOn": (self.day - timedelta(days=rng.randint(100, 5000))).isoformat(),
            "status": choose(rng, self.rates["certificate_status"]),
            "_person": person.person,
            **self._place(person),
            **self._closing(),
        }

    def _elders(self) -> list[dict[str, Any]]:
        rows, rates = list[dict[str, Any]](), self.rates["elderly"]
        for home in self.world.homes:
            share = rates[{"elder_alone": "alone", "elder_couple": "couple"}.get(home.kind, "other")]
            for person in home.members:
                is_elder = person.role == "resident" and person.people == "citizen" and person.age(self.day) >= ELDER
                if is_elder and person.fate != "moved_out" and self.rng.random() < share:
                    rows.append(self._elder(len(rows), home, person))
        return rows

    def _elder(self, number: int, home: Home, person: Person) -> dict[str, Any]:
        rng, rates = self.rng, self.rates
        living = [p for p in home.members if p.lives_at == home.house]
        status = "ALONE" if len(living) == 1 else ("EMPTY_NEST" if home.kind == "elder_couple" else "WITH_FAMILY")
        contact = next((p for p in home.members if p is not person and p.mobile), None)
        masked = f"{person.id_number[:6]}********{person.id_number[14:]}"
        return {
            "recordId": f"ES{number + 1:07d}",
            "name": person.name,
            "certNo": masked if rng.random() < rates["masked_number"] else person.id_number,
            "birthDate": person.birth.isoformat(),
            "phone": person.mobile or (contact.mobile if contact else None),
            "livingStatus": "INSTITUTION" if rng.random() < rates["institution"] else status,
            "careLevel": rng.choices(range(6), [50, 18, 14, 9, 6, 3])[0],
            "services": sorted(rng.sample(SERVICES, rng.choice([0, 1, 1, 2, 3]))),
            "contactName": contact.name if contact else None,
            "contactPhone": contact.mobile if contact else None,
            "monitoringConsent": rng.random() < rates["consent"],
            "_person": person.person,
            **self._place(person),
            **self._closing(),
        }

    def _children(self) -> list[dict[str, Any]]:
        rows, people = list[dict[str, Any]](), {person.person: person for person in self.world.people}
        for person in self.world.people:
            is_child = person.role == "resident" and person.people == "citizen" and person.age(self.day) < CHILD
            if is_child and person.lives_at != NOWHERE and self.rng.random() < self.rates["children"]:
                rows.append(self._child(len(rows), person, people.get(person.mother)))
        return rows

    def _child(self, number: int, person: Person, guardian: Person | None) -> dict[str, Any]:
        rng = self.rng
        return {
            "recordId": f"CN{number + 1:06d}",
            "name": person.name,
            "certNo": None if rng.random() < self.rates["child_number_missing"] else person.id_number,
            "birthDate": person.birth.isoformat(),
            "guardianName": guardian.name if guardian else None,
            "guardianCertNo": guardian.id_number if guardian else None,
            "category": rng.choices(["ORPHAN", "DE_FACTO_UNATTENDED", "HARDSHIP"], [5, 20, 75])[0],
            "_person": person.person,
            "_mother": guardian.person if guardian else None,
            **self._place(person),
            **self._closing(),
        }
