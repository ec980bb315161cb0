"""Values of indicators beside their past and their peers. Not here: their meaning (definition.py) and how they look (board.py).

Every page takes an indicator's number from here, so the same number stands everywhere.
"""

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from dashboards.repositories.indicator import read_values
from dashboards.repositories.reader import Reader
from dashboards.services.memo import remembered

_MONTHS = 12


@dataclass(frozen=True)
class Fact:
    """One indicator of one area.

    `value` null: withheld (`is_withheld`) or not to be told. `before`: of the calendar month before, null when nobody kept it.
    `rank` from the highest, null when there is nothing to compare with. `history`: months and values, oldest first.
    """

    value: float | None
    is_withheld: bool
    numerator: float | None
    period: str
    before: float | None
    rank: int | None
    peers: int
    history: tuple[tuple[str, float | None], ...]


Facts = dict[tuple[str, str], Fact]


def load_facts(reader: Reader, level: str) -> Facts:
    """Everything of one level (street, committee, estate), by indicator and area."""
    return remembered(reader, ("facts", level), lambda: _facts(read_values(reader, level)))


def month_before(period: str) -> str:
    """2026-01 → 2025-12; empty for what is no month."""
    year, _, month = period.partition("-")
    if not (year.isdigit() and month.isdigit()):
        return ""
    return f"{int(year) - 1}-12" if int(month) == 1 else f"{year}-{int(month) - 1:02}"


def _facts(values: pl.DataFrame) -> Facts:
    """One pass over the rows of a level; peers are the areas that have a value in the newest period."""
    histories: dict[tuple[str, str], list[tuple[str, float | None, bool, float | None]]] = defaultdict(list)
    columns = ("indicator_code", "area_code", "period", "value", "is_suppressed", "numerator")
    for code, area, period, *rest in values.sort("period").select(columns).iter_rows():
        histories[code, area].append((period, *rest))
    newest: dict[str, str] = {}
    for (code, _), rows in histories.items():
        newest[code] = max(newest.get(code, ""), rows[-1][0])
    peers: dict[str, list[float]] = defaultdict(list)
    for (code, _), rows in histories.items():
        if rows[-1][0] == newest[code] and rows[-1][1] is not None:
            peers[code].append(rows[-1][1])
    return {key: _fact(rows, peers[key[0]]) for key, rows in histories.items()}


def _fact(rows: list[tuple[str, float | None, bool, float | None]], peers: list[float]) -> Fact:
    period, value, is_withheld, numerator = rows[-1]
    has_rank = value is not None and len(peers) > 1
    known = {month: told for month, told, _, _ in rows}
    return Fact(
        value=value,
        is_withheld=is_withheld,
        numerator=numerator,
        period=period,
        before=known.get(month_before(period)),
        rank=1 + sum(other > value for other in peers) if has_rank and value is not None else None,
        peers=len(peers),
        history=tuple((month, told) for month, told, _, _ in rows[-_MONTHS:]),
    )
