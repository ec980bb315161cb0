"""Document numbers of invented people: every one carries a county that was never assigned, or a serial that says it is fictional.

Not here: what clerks make of them (`ingestion.demo.dirt.numbers`).
"""

import random
from dataclasses import dataclass, field
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
FICTIONAL_PROVINCE = "99"  # place of application on invented permanent-residence cards


def check_character(body: str) -> str:
    """The 18th character of a number by ISO 7064 MOD 11-2, from its first 17 digits."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def citizen_number(county: str, birth: date, sequence: int) -> str:
    """An 18-character number; an odd sequence is a man's, an even one a woman's."""
    body = f"{county}{birth:%Y%m%d}{sequence:03d}"
    return body + check_character(body)


@dataclass
class NumberOffice:
    """Gives every person a number that nobody else has, and twins neighbouring ones."""

    rng: random.Random
    given: set[str] = field(default_factory=set)

    def citizen(self, county: str, birth: date, sex: str, near: str = "") -> str:
        """A new citizen number; `near` is a twin's, whose sequence is followed as closely as the sex allows."""
        sequence = int(near[14:17]) + 1 if near else self.rng.randrange(0, 990)
        sequence += (sequence % 2) != (sex == "1")
        while (number := citizen_number(county, birth, sequence % 1000)) in self.given:
            sequence += 2
        self.given.add(number)
        return number

    def residence_permit(self, birth: date, sex: str) -> str:
        """A residence permit of Hong Kong, Macau or Taiwan (81, 82, 83), with a serial from 990 up as long as there are some."""
        region = self.rng.choice(["810000", "820000", "830000"])
        return self.citizen(region, birth, sex, near=f"{region}{birth:%Y%m%d}{self.rng.randrange(989, 994)}")

    def permanent_card(self, nationality: str, birth: date, sex: str) -> str:
        """A foreigner's card of the new form: 9, the fictional province, the nationality's three digits, birth, serial, check."""
        return self.citizen(f"9{FICTIONAL_PROVINCE}{nationality}", birth, sex)

    def serial(self, prefix: str, digits: int) -> str:
        """A passport, permit or old card number: the prefix and a run of digits that starts with 99."""
        while (number := f"{prefix}99{self.rng.randrange(10 ** (digits - 2)):0{digits - 2}d}") in self.given:
            continue
        self.given.add(number)
        return number
