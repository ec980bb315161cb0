"""Values of indicators beside their past and their peers. Not here: their meaning (definition.py) and how they look (board.py).

Every page takes an indicator's number from here, so the same number stands everywhere.
"""

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from dashboards.repositories.indicator import read_ranks, read_values
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


Facts = dict[str, Fact]
Row = tuple[str, float | None, bool, float | None]
Ranks = dict[str, tuple[int, int]]  # rank and peers by area


def load_facts(reader: Reader, level: str, code: str) -> Facts:
    """One indicator of all areas of a level (street, committee, estate), by area; empty where the version has it not."""
    return remembered(
        reader,
        ("facts", level, code),
        lambda: _facts(_rows_by_code(reader, level).get((code,)), _ranks(reader, level, code)),
        purpose="overview",
    )


def month_before(period: str) -> str:
    """2026-01 → 2025-12; empty for what is no month."""
    year, _, month = period.partition("-")
    if not (year.isdigit() and month.isdigit()):
        return ""
    return f"{int(year) - 1}-12" if int(month) == 1 else f"{year}-{int(month) - 1:02}"


def _rows_by_code(reader: Reader, level: str) -> dict[tuple[object, ...], pl.DataFrame]:
    """The rows of a level, a frame an indicator."""
    return remembered(
        reader,
        ("rows", level),
        lambda: read_values(reader, level).sort("period").partition_by("indicator_code", as_dict=True),
        purpose="overview",
    )


def _ranks(reader: Reader, level: str, code: str) -> Ranks:
    """Among peers of the whole street, also those whose figures the reader does not see (docs/decisions/0014)."""
    by_code = remembered(
        reader,
        ("ranks", level),
        lambda: read_ranks(reader, level).partition_by("indicator_code", as_dict=True),
        purpose="overview",
    )
    own = by_code.get((code,))
    return {} if own is None else {area: (rank, peers) for area, rank, peers in own.select("area_code", "rank", "peers").rows()}


def _facts(rows: pl.DataFrame | None, ranks: Ranks) -> Facts:
    if rows is None:
        return {}
    histories: dict[str, list[Row]] = defaultdict(list)
    for area, *row in rows.select("area_code", "period", "value", "is_suppressed", "numerator").iter_rows():
        histories[area].append((row[0], row[1], row[2], row[3]))
    return {area: _fact(history, *ranks.get(area, (0, 0))) for area, history in histories.items()}


def _fact(rows: list[Row], rank: int, peers: int) -> Fact:
    period, value, is_withheld, numerator = rows[-1]
    known = {month: told for month, told, _, _ in rows}
    return Fact(
        value=value,
        is_withheld=is_withheld,
        numerator=numerator,
        period=period,
        before=known.get(month_before(period)),
        rank=rank if value is not None and peers > 1 else None,
        peers=peers,
        history=tuple((month, told) for month, told, _, _ in rows[-_MONTHS:]),
    )
