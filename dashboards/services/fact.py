"""Values of indicators beside their past and their peers. Not here: their meaning (definition.py) and how they look (board.py).

Every page takes an indicator's number from here, so the same number stands everywhere.
"""

from collections.abc import Iterator, Mapping
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


class Facts(Mapping[str, Fact]):
    """One indicator of all areas of a level, by area; a fact is made when it is asked for.

    Kept as columns: a year of one area as objects weighs a kilobyte, and a street has a thousand estates and eighty indicators.
    """

    def __init__(self, rows: pl.DataFrame | None = None) -> None:
        """`rows`: as `_rows_by_code` gives them, an area's months one after another."""
        self._rows = rows if rows is not None else pl.DataFrame(schema={"area_code": pl.String})
        lengths = self._rows.select(pl.col("area_code").rle().struct.unnest()) if self._rows.height else pl.DataFrame()
        spans = zip(lengths["value"], lengths["len"].cum_sum(), strict=True) if lengths.height else ()
        self._ends: dict[str, int] = dict(spans)
        self._lengths = dict(zip(self._ends, lengths["len"], strict=True)) if lengths.height else {}

    def __getitem__(self, area: str) -> Fact:
        """One area's fact."""
        length = self._lengths[area]
        return _fact(self._rows.slice(self._ends[area] - length, length).rows())

    def __iter__(self) -> Iterator[str]:
        """The areas."""
        return iter(self._ends)

    def __len__(self) -> int:
        """How many areas."""
        return len(self._ends)


def load_facts(reader: Reader, level: str, code: str) -> Facts:
    """One indicator of all areas of a level (street, committee, estate), by area; empty where the version has it not."""
    return remembered(
        reader,
        ("facts", level, code),
        lambda: Facts(_rows_by_code(reader, level).get((code,))),
        purpose="overview",
    )


def month_before(period: str) -> str:
    """2026-01 → 2025-12; empty for what is no month."""
    year, _, month = period.partition("-")
    if not (year.isdigit() and month.isdigit()):
        return ""
    return f"{int(year) - 1}-12" if int(month) == 1 else f"{year}-{int(month) - 1:02}"


def _rows_by_code(reader: Reader, level: str) -> dict[tuple[object, ...], pl.DataFrame]:
    """The rows of a level, a frame an indicator, each area's months one after another, with the rank of the newest.

    Among peers of the whole street, also those whose figures the reader does not see (docs/decisions/0014).
    """
    return remembered(reader, ("rows", level), lambda: _rows(reader, level), purpose="overview")


def _rows(reader: Reader, level: str) -> dict[tuple[object, ...], pl.DataFrame]:
    ranked = read_values(reader, level).join(read_ranks(reader, level), on=["indicator_code", "area_code"], how="left")
    columns = ("area_code", "period", "value", "is_suppressed", "numerator", "rank", "peers")
    return (
        ranked.sort("area_code", "period")
        .select("indicator_code", *columns)
        .partition_by("indicator_code", as_dict=True, include_key=False)
    )


def _fact(rows: list[tuple[str, str, float | None, bool, float | None, int | None, int | None]]) -> Fact:
    _, period, value, is_withheld, numerator, rank, peers = rows[-1]
    known = {month: told for _, month, told, *_ in rows}
    return Fact(
        value=value,
        is_withheld=is_withheld,
        numerator=numerator,
        period=period,
        before=known.get(month_before(period)),
        rank=rank if value is not None and (peers or 0) > 1 else None,
        peers=peers or 0,
        history=tuple(list(known.items())[-_MONTHS:]),
    )
