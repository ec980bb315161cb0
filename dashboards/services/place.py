"""Where on the street a page looks: the whole of one's area, one committee, one estate. Not here: the boxes to choose with."""

from dataclasses import dataclass

import polars as pl

from dashboards.access.person import Person
from dashboards.repositories.area import read_committees, read_estates, read_streets
from dashboards.repositories.reader import Reader
from dashboards.services.language import say
from dashboards.services.memo import remembered

WHOLE = ""


@dataclass(frozen=True)
class Place:
    """A committee and an estate by code; empty: all that the person may see."""

    committee: str = WHOLE
    estate: str = WHOLE

    @property
    def filters(self) -> dict[str, str]:
        """As the repositories bind it."""
        return {"committee": self.committee, "estate": self.estate}

    @property
    def parts_level(self) -> str:
        """What it is made of: committees, or the estates of a committee."""
        return "estate" if self.committee or self.estate else "committee"

    def level_of(self, person: Person) -> tuple[str, str]:
        """The area's level and code; the whole is the person's own area."""
        if self.estate:
            return "estate", self.estate
        return ("committee", self.committee) if self.committee else (person.area_level, person.area_code)


@dataclass(frozen=True)
class Places:
    """All places a person may choose: code to name, in the order to offer them."""

    own_name: str
    committees: dict[str, str]
    estates: dict[str, str]
    estate_committee: dict[str, str]
    is_one_committee: bool

    def estates_of(self, committee: str) -> dict[str, str]:
        """Estates of one committee; all of them for the whole."""
        return {code: name for code, name in self.estates.items() if committee in (WHOLE, self.estate_committee[code])}

    def name_of(self, place: Place) -> str:
        """What the place is called."""
        return self.estates.get(place.estate) or self.committees.get(place.committee) or self.own_name

    def told(self, committee: str | None, estate: str | None) -> str:
        """A row's place in words."""
        names = (self.committees.get(committee or ""), self.estates.get(estate or ""))
        return " · ".join(name for name in names if name) or say("未落到小区")


def load_streets(reader: Reader) -> dict[str, str]:
    """The streets of the person's area, by code."""
    return remembered(reader, ("streets",), lambda: _names(read_streets(reader, "overview").sort("area_code")))


def load_places(reader: Reader, purpose: str) -> Places:
    """The places within the person's rights; names that two places share get a number, so that a link means one place."""
    return remembered(reader, ("places", purpose), lambda: _load(reader, purpose))


def _load(reader: Reader, purpose: str) -> Places:
    committees = _names(read_committees(reader, purpose))
    estates = read_estates(reader, purpose)
    streets = _names(read_streets(reader, purpose))
    is_one = reader.person.area_level == "committee"
    own = next(iter(committees.values() if is_one else streets.values()), reader.person.area_code)
    owners = dict(zip(estates["area_code"].to_list(), estates["committee_code"].fill_null("").to_list(), strict=True))
    return Places(own, committees, _names(estates), owners, is_one)


def _names(frame: pl.DataFrame) -> dict[str, str]:
    names: dict[str, str] = {}
    seen: dict[str, int] = {}
    for code, told in frame.select("area_code", "area_name").drop_nulls().iter_rows():
        name = _in_words(code, told)
        seen[name] = seen.get(name, 0) + 1
        names[code] = name if seen[name] == 1 else f"{name}（{seen[name]}）"
    return names


def _in_words(code: str, name: str) -> str:
    """The name; of a place without one (repositories/area.py) its kind in the page's language, and its code."""
    kind, _, rest = name.rpartition(" ")
    return f"{say(kind)} {code}" if rest == code else name
