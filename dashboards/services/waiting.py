"""What waits to be done in a place, as counts that lead to the page where it is done. Not here: which (dashboards/cards.yaml)."""

from dataclasses import dataclass
from typing import Any

from dashboards.data_file import read_data
from dashboards.repositories.reader import Reader
from dashboards.services.fact import load_facts
from dashboards.services.language import say
from dashboards.services.place import Place
from dashboards.services.text import number, unit_name


@dataclass(frozen=True)
class Waiting:
    """One line: what and how much, the page's name, and what its address holds beside it."""

    text: str
    page: str
    where: dict[str, str]


def waiting_lines() -> list[dict[str, Any]]:
    """The lines of the strip: `indicator`, `part` (numerator or value), `name`, `unit`, `page`, `where` (of its address)."""
    lines: list[dict[str, Any]] = read_data("cards")["waiting"]
    return lines


def load_waiting(reader: Reader, place: Place) -> list[Waiting]:
    """What is above nought and on a page that the person may open."""
    level, area = place.level_of(reader.person)
    found: list[Waiting] = []
    for line in waiting_lines():
        fact = load_facts(reader, level, line["indicator"]).get(area)
        waits = (fact.numerator if line["part"] == "numerator" else fact.value) if fact else None
        if waits and reader.may(line["page"]):
            words = f"{say(line['name'])} {number(waits)} {unit_name(line['unit'])}"
            found.append(Waiting(words, line["page"], line.get("where", {})))
    return found
