"""Writes right addresses in the manners of `data/addresses.yaml`: with more or less of province, city, district and street.

Not here: wrong or hard addresses (`ingestion.demo.dirt.addresses`).
"""

import random

from ingestion.demo.chance import choose
from ingestion.demo.data_files import data
from ingestion.demo.style import Style
from ingestion.demo.world.elements import Elements
from ingestion.demo.world.person import NOWHERE
from ingestion.demo.world.places import Places

PLOT_WRITTEN = 0.25  # share of free addresses of a block estate that name its road and plot too


def committee_name(style: Style, committee: int) -> str:
    """The committee's full name."""
    return style.committee_names[committee] + style.committee_ending


def committee_code(style: Style, committee: int) -> str:
    """The committee's twelve digits."""
    return f"{style.street_code}{style.committee_suffixes[committee]:03d}"


class Addressing:
    """Addresses of the street's houses as texts."""

    def __init__(self, style: Style, places: Places, rng: random.Random) -> None:
        self.style, self.elements, self.rng = style, places.elements, rng
        self._committees = [committee_name(style, number) for number in places.houses["committee"]]
        self._manners = data("addresses")

    def write(self, house: int, purpose: str) -> str:
        """The house's address in one of the purpose's manners; empty for no house."""
        if house == NOWHERE:
            return ""
        elements = self.elements[house]
        manner = choose(self.rng, self._manners[purpose])
        return self.prefix(manner, self._committees[house]) + self.plot(elements, purpose) + elements.text

    def prefix(self, manner: str, committee: str) -> str:
        """What stands before the road or estate in the given manner."""
        district = self.style.district_text
        return {
            "short": "",
            "district": district,
            "street": f"{district}{self.style.street_name}",
            "committee": f"{self.style.street_name}{committee}",
        }[manner]

    def plot(self, elements: Elements, purpose: str) -> str:
        """Road and plot number of a block estate, which the standard address names and others seldom do."""
        is_written = elements.plot and (purpose == "standard" or self.rng.random() < PLOT_WRITTEN)
        return f"{elements.road}{elements.plot}号" if is_written else ""
