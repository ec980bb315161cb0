"""Indicators of one place as a page shows them: cards, a ranking, months. Not here: how they are drawn (components/board.py).

Which indicators a page shows stands in dashboards/cards.yaml.
"""

from dataclasses import dataclass

import polars as pl

from dashboards.data_file import read_data
from dashboards.repositories.reader import Reader
from dashboards.services.definition import Definition, load_definitions
from dashboards.services.fact import Fact, load_facts
from dashboards.services.language import say
from dashboards.services.memo import remembered
from dashboards.services.place import Place, Places
from dashboards.services.text import NONE, measured, number, period

MOST_CARDS = 12
_STEP = 0.05  # changes smaller than what is shown are none


@dataclass(frozen=True)
class Card:
    """One indicator of one place as texts; `change` and `rank` say in words when there is nothing to compare with.

    `trend`: values by month, oldest first, for the small line. `turn`: better, worse or empty.
    """

    definition: Definition
    value: str
    period: str
    change: str
    turn: str
    rank: str
    trend: tuple[float, ...]


def board_of(name: str) -> dict[str, list[str]]:
    """What a page's board shows: `cards` and `table`, codes of indicators in order."""
    board: dict[str, list[str]] = read_data("cards")[name]
    return board


def load_cards(reader: Reader, place: Place, codes: list[str]) -> list[Card]:
    """The cards of one place; a code that the version does not have is left out."""
    return remembered(reader, ("cards", place, *codes), lambda: _cards(reader, place, codes), purpose="overview")


def _cards(reader: Reader, place: Place, codes: list[str]) -> list[Card]:
    level, area = place.level_of(reader.person)
    definitions = load_definitions(reader)
    found = [(definitions[code], load_facts(reader, level, code).get(area)) for code in codes[:MOST_CARDS] if code in definitions]
    return [_card(definition, fact) for definition, fact in found if fact is not None]


def load_values(reader: Reader, place: Place) -> dict[str, str]:
    """Every indicator of one place as text, by code: the same words on every page."""
    level, area = place.level_of(reader.person)
    own = [(code, meaning, load_facts(reader, level, code).get(area)) for code, meaning in load_definitions(reader).items()]
    return {code: _value(fact, meaning) for code, meaning, fact in own if fact is not None}


def load_ranking(reader: Reader, level: str, code: str, names: dict[str, str]) -> pl.DataFrame:
    """Areas by the newest value, highest first, nulls last.

    Columns: `rank`, `area_code`, `area_name`, `value`, `shown`, `change` (texts).
    """
    return remembered(reader, ("ranking", level, code, *names), lambda: _ranking(reader, level, code, names), purpose="overview")


def _ranking(reader: Reader, level: str, code: str, names: dict[str, str]) -> pl.DataFrame:
    facts, definition = load_facts(reader, level, code), load_definitions(reader).get(code)
    found = [(area, name, facts[area]) for area, name in names.items() if area in facts]
    rows = [
        (fact.rank, area, name, fact.value, _value(fact, definition), change_text(fact, definition) or NONE)
        for area, name, fact in found
        if definition
    ]
    schema = {"rank": pl.Int64, "area_code": pl.String, "area_name": pl.String, "value": pl.Float64}
    frame = pl.DataFrame(rows, schema=schema | {"shown": pl.String, "change": pl.String}, orient="row")
    return frame.sort("value", "area_name", descending=[True, False], nulls_last=True)


def load_trend(reader: Reader, place: Place, code: str, names: tuple[str, str]) -> pl.DataFrame:
    """The place month by month, and the area it is a part of where the person may see that: `period`, `area`, `value`, `shown`.

    `names`: of the place and of the whole. Counts are not compared with the whole, which is larger by nature.
    """
    return remembered(reader, ("trend", place, code, names), lambda: _trend(reader, place, code, names), purpose="overview")


def _trend(reader: Reader, place: Place, code: str, names: tuple[str, str]) -> pl.DataFrame:
    definition = load_definitions(reader)[code]
    lines = [(names[0], place)]
    if (place.committee or place.estate) and definition.is_percent:
        lines.append((names[1], Place()))
    rows = [
        (period(month), name, value, measured(value, "%" if definition.is_percent else ""))
        for name, where in lines
        for month, value in _history(reader, where, code)
        if value is not None
    ]
    schema = {"period": pl.String, "area": pl.String, "value": pl.Float64, "shown": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def load_areas(reader: Reader, level: str, codes: list[str], names: dict[str, str]) -> pl.DataFrame:
    """One row an area: `area_code`, `area_name`, and a text an indicator under its code."""
    return remembered(reader, ("areas", level, *codes, *names), lambda: _areas(reader, level, codes, names), purpose="overview")


def _areas(reader: Reader, level: str, codes: list[str], names: dict[str, str]) -> pl.DataFrame:
    definitions = load_definitions(reader)
    facts = {code: load_facts(reader, level, code) for code in codes if code in definitions}
    rows = [(area, name, *(_value(facts[code].get(area), definitions[code]) for code in facts)) for area, name in names.items()]
    return pl.DataFrame(rows, schema=dict.fromkeys(("area_code", "area_name", *facts), pl.String), orient="row")


def change_text(fact: Fact, definition: Definition) -> str:
    """Against the calendar month before: percentage points for shares, the unit itself for the rest; empty: not known."""
    if fact.value is None or fact.before is None:
        return ""
    difference = fact.value - fact.before
    if abs(difference) < _STEP:
        return say("持平")
    sign = "+" if difference > 0 else ""
    if definition.is_percent:
        return say("{change} 个百分点", change=f"{sign}{difference:,.1f}")
    return f"{sign}{number(round(difference, 1))} {definition.unit}"


def names_of_parts(place: Place, places: Places) -> dict[str, str]:
    """Committees of the street, or estates of the committee: code to name."""
    return places.committees if place.parts_level == "committee" else places.estates_of(place.committee)


def _card(definition: Definition, fact: Fact) -> Card:
    change = change_text(fact, definition)
    return Card(
        definition=definition,
        value=_value(fact, definition),
        period=period(fact.period),
        change=say("较上月 {change}", change=change) if change else _unchanged(fact),
        turn=_turn(fact, definition),
        rank=_rank(fact),
        trend=tuple(value for _, value in fact.history if value is not None),
    )


def _unchanged(fact: Fact) -> str:
    """What stands in the place of a change that nobody can tell."""
    if fact.value is not None:
        return say("上月未留存")
    return "" if fact.is_withheld else say("本期没有可计算的数据")


def _value(fact: Fact | None, definition: Definition) -> str:
    unit = "%" if definition.is_percent else ""
    return measured(fact.value, unit, is_withheld=fact.is_withheld) if fact else NONE


def _turn(fact: Fact, definition: Definition) -> str:
    if fact.value is None or fact.before is None or abs(fact.value - fact.before) < _STEP or definition.better == "neutral":
        return ""
    return "better" if (fact.value > fact.before) == (definition.better == "higher") else "worse"


def _rank(fact: Fact) -> str:
    if fact.rank is None:
        return ""
    return say("由高到低第 {rank} 位 / 共 {peers} 个", rank=fact.rank, peers=fact.peers)


def _history(reader: Reader, place: Place, code: str) -> tuple[tuple[str, float | None], ...]:
    level, area = place.level_of(reader.person)
    fact = load_facts(reader, level, code).get(area)
    return fact.history if fact else ()
