"""Makes single persons: name, birth, document, phone, place of registration. Households are put together in `households`."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from ingestion.demo.chance import dice
from ingestion.demo.data_files import data
from ingestion.demo.style import Style
from ingestion.demo.world.names import NameGiver
from ingestion.demo.world.numbers import NumberOffice
from ingestion.demo.world.person import Person

OWN_PHONE, GROWN, VERY_OLD = 12, 20, 75  # ages in years
MOBILE_PREFIX = "154"  # a segment of mobile numbers that no operator was given


@dataclass
class Registry:
    """All persons made so far, and the sources of their chance."""

    style: Style
    seed: int
    day: date
    stage: str = "people"
    people: list[Person] = field(default_factory=list)
    first: int = 0

    def __post_init__(self) -> None:
        """Open the streams of chance; persons are numbered from `first`."""
        self.rng: random.Random = dice(self.seed, self.stage)
        self.names = NameGiver(dice(self.seed, self.stage + ".names"))
        self.office = NumberOffice(dice(self.seed, self.stage + ".numbers"))
        self._phones = dice(self.seed, self.stage + ".phones")
        self.rates = data("population")["rates"]

    def birth(self, age: float) -> date:
        """A birth date for an age in years, fractions spread over the year."""
        return self.day - timedelta(days=int((age + self.rng.random()) * 365.25) + 1)

    def mobile(self) -> str:
        """A mobile number of the segment that was never given out."""
        return f"{MOBILE_PREFIX}{self._phones.randrange(10**8):08d}"

    def add(
        self, *, home: int, household: int, relation: str, role: str, sex: str, birth: date, people: str, surname: str
    ) -> Person:
        """Make one person with a name and a phone; the document follows in `document`, when the county is known."""
        name = self._name(people, surname, sex, birth)
        person = Person(self.first + len(self.people), home, household, relation, role, name, sex, birth, people)
        age = person.age(self.day)
        if age >= OWN_PHONE and not (age >= VERY_OLD and self.rng.random() < self.rates["elder_without_mobile"]):
            person.mobile = self.mobile()
        if people == "citizen" and age > GROWN and self.rng.random() < self.rates["former_name"]:
            person.former_name = self.names.surname() + self.names.given(sex, birth.year)
        self.people.append(person)
        return person

    def document(self, person: Person, near: str = "") -> None:
        """Give the person the document of its people, and a second one where sources may hold another."""
        if person.people == "citizen":
            person.id_number = self.office.citizen(person.county, person.birth, person.sex, near)
            return
        first, second = self._foreign(person) if person.people == "foreign" else self._compatriot(person)
        person.id_kind, person.id_number = first
        if self.rng.random() < self.rates["two_documents"]:
            person.second_kind, person.second_number = second

    def _name(self, people: str, surname: str, sex: str, birth: date) -> str:
        if people == "foreign":
            return self.names.whole_foreign()[0]
        if people == "citizen" and not surname and self.rng.random() < self.names.lists["minority_share"]:
            return self.names.whole_minority()
        return (surname or self.names.surname()) + self.names.given(sex, birth.year)

    def _foreign(self, person: Person) -> tuple[tuple[str, str], tuple[str, str]]:
        nationality = self.names.whole_foreign()[1]
        passport = ("414", self.office.serial(self.rng.choice(["X", "TZ", "C"]), 8))
        if self.rng.random() < self.rates["old_card"]:
            return ("553", self.office.serial(self.rng.choice(["FRA", "KOR", "USA"]), 12)), passport
        return passport, ("553", self.office.permanent_card(nationality, person.birth, person.sex))

    def _compatriot(self, person: Person) -> tuple[tuple[str, str], tuple[str, str]]:
        residence = ("550", self.office.residence_permit(person.birth, person.sex))
        if residence[1].startswith("83"):
            permit = ("511", self.office.serial("", 8))
        else:
            permit = ("516", self.office.serial("M" if residence[1].startswith("82") else "H", 8))
        return (residence, permit) if self.rng.random() < self.rates["residence_permit"] else (permit, residence)
