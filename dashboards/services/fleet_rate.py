"""Three rates a fleet, estate by estate and month by month. Their meaning is the catalogue's alone."""

import re

import polars as pl

from dashboards.repositories.reader import Reader
from dashboards.services.definition import Definition, load_definitions
from dashboards.services.fact import load_facts
from dashboards.services.labels import label
from dashboards.services.memo import remembered
from dashboards.services.place import Place
from dashboards.services.text import measured, number, period

_CODE = re.compile(r"(\w+)_rate_([123])")


def load_fleets(reader: Reader) -> dict[str, str]:
    """Fleets that have rates in the catalogue: code to name."""
    return {fleet: label("fleet", fleet) for fleet in dict.fromkeys(found[1] for found in _codes(reader))}


def rates_of(reader: Reader, fleet: str) -> dict[str, Definition]:
    """A fleet's rates by code, in the order of their numbers."""
    found = {match[0]: match[2] for match in _codes(reader) if match[1] == fleet}
    return {code: load_definitions(reader)[code] for code in sorted(found, key=found.__getitem__)}


def short_name(rate: Definition) -> str:
    """A rate's name without its fleet's, for where the fleet stands beside it."""
    return rate.name.rpartition("：")[2]


def _codes(reader: Reader) -> list[re.Match[str]]:
    return [match for code in load_definitions(reader) if (match := _CODE.fullmatch(code))]


def load_months(reader: Reader, level: str, code: str) -> list[str]:
    """The months that any area of the level has a value of, newest first."""
    facts = load_facts(reader, level, code).values()
    return sorted({month for fact in facts for month, value in fact.history if value is not None}, reverse=True)


def load_ranks(reader: Reader, names: dict[str, str], level: str, codes: tuple[str, ...], month: str) -> pl.DataFrame:
    """One row an area, by the first of the codes in that month, highest first; equal values share a rank.

    Columns: `area_name`, `value` (null: none), `rank` (text), and a text a code under the code.
    """
    return remembered(reader, ("ranks", level, codes, month, *names), lambda: _ranks(reader, names, level, codes, month))


def _ranks(reader: Reader, names: dict[str, str], level: str, codes: tuple[str, ...], month: str) -> pl.DataFrame:
    told = {code: _of_month(reader, level, code, month) for code in codes}
    first = told[codes[0]]
    known = [first[area] for area in names if area in first]
    rows = [
        (
            name,
            first.get(area),
            number(1 + sum(other > first[area] for other in known)) if area in first else "—",
            *(_shown(reader, code, told[code].get(area)) for code in codes),
        )
        for area, name in names.items()
        if any(area in values for values in told.values())
    ]
    schema: dict[str, type[pl.DataType]] = {"area_name": pl.String, "value": pl.Float64, "rank": pl.String}
    frame = pl.DataFrame(rows, schema=schema | dict.fromkeys(codes, pl.String), orient="row")
    return frame.sort("value", "area_name", descending=[True, False], nulls_last=True)


def load_trends(reader: Reader, place: Place, rates: dict[str, Definition]) -> pl.DataFrame:
    """The place's rates month by month, a line a rate: `period`, `area` (the rate's name), `value`, `shown`."""
    level, area = place.level_of(reader.person)
    own = [(code, rate, load_facts(reader, level, code).get(area)) for code, rate in rates.items()]
    rows = [
        (period(month), rate.name, value, _shown(reader, code, value))
        for code, rate, fact in own
        for month, value in (fact.history if fact else ())
        if value is not None
    ]
    return pl.DataFrame(
        rows, schema={"period": pl.String, "area": pl.String, "value": pl.Float64, "shown": pl.String}, orient="row"
    )


def _of_month(reader: Reader, level: str, code: str, month: str) -> dict[str, float]:
    facts = load_facts(reader, level, code)
    return {area: value for area, fact in facts.items() for told, value in fact.history if told == month and value is not None}


def _shown(reader: Reader, code: str, value: float | None) -> str:
    return measured(value, "%" if load_definitions(reader)[code].is_percent else "")
