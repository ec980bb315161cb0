"""Invented names, by sex and birth year, from the lists of `data/names.yaml`.

Not here: misspelt names (`ingestion.demo.dirt.names`).
"""

import random
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from ingestion.demo.data_files import data


@dataclass
class NameGiver:
    """Draws names; frequent ones come often enough that a street has several bearers of one name."""

    rng: random.Random
    lists: dict[str, Any] = field(default_factory=lambda: data("names"))

    def __post_init__(self) -> None:
        """Weigh surnames by rank: the first tenth bears about 40 % of all people."""
        self._surnames = list(self.lists["surnames"])
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._surnames))))

    def surname(self) -> str:
        """One surname, now and then a compound one."""
        if self.rng.random() < self.lists["compound_share"]:
            return str(self.rng.choice(self.lists["compound_surnames"]))
        return str(self.rng.choices(self._surnames, cum_weights=self._weights)[0])

    def given(self, sex: str, birth_year: int) -> str:
        """A given name of the birth year's fashion; rarely one with a character that old systems cannot hold."""
        rng, lists = self.rng, self.lists
        if rng.random() < lists["rare_share"]:
            return str(rng.choice(lists["rare_given"]))
        band = [b for b in lists["bands"] if b["from"] <= birth_year][-1]["men" if sex == "1" else "women"]
        if rng.random() < lists["frequent_share"]:
            return str(rng.choice(band["frequent"]))
        if rng.random() < lists["one_character_share"]:
            return str(rng.choice(band["second"]))
        return str(rng.choice(band["first"]) + rng.choice(band["second"]))

    def twin_of(self, given: str, sex: str, birth_year: int) -> str:
        """A sibling's name that shares the first character where there are two, and never equals the first."""
        band = [b for b in self.lists["bands"] if b["from"] <= birth_year][-1]["men" if sex == "1" else "women"]
        stem = given[0] if len(given) > 1 else ""
        return stem + str(self.rng.choice([c for c in band["second"] if c not in given]))

    def whole_minority(self) -> str:
        """A minority name with the middle dot U+00B7."""
        return str(self.rng.choice(self.lists["minority_names"]))

    def whole_foreign(self) -> tuple[str, str]:
        """A foreign name, surname first, and the three digits of a nationality."""
        name = f"{self.rng.choice(self.lists['foreign_surnames'])} {self.rng.choice(self.lists['foreign_given'])}"
        return name, str(self.rng.choice(list(self.lists["nationalities"].values())))
