"""Indicators and what they mean. Not here: which of them a page shows (dashboards/cards.yaml)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_VALUES = Query(
    "indicator.values",
    "overview",
    """
    select indicator_code, area_code, cast(period as varchar) as period, cast(value as double) as value,
        cast(numerator as double) as numerator, coalesce(is_suppressed, false) as is_suppressed
    from indicator
    where area_level = $level
    """,
)
_DEFINITIONS = Query(
    "indicator.definitions",
    "overview",
    "select * from indicator_definition",
)

_RANKS = Query(
    "indicator.ranks", "overview", "select indicator_code, area_code, rank, peers from indicator_rank where area_level = $level"
)
_MONTHS = Query(
    "indicator.months", "report", "select distinct cast(period as varchar) as period from indicator order by period desc"
)


def read_values(reader: Reader, level: str) -> pl.DataFrame:
    """One row an indicator × area × period of one level; a suppressed value is null."""
    return reader.read(_VALUES, level=level)


def read_ranks(reader: Reader, level: str) -> pl.DataFrame:
    """One row an indicator × area with a published newest value: `rank` from the highest, `peers` that have one too."""
    return reader.read(_RANKS, level=level)


def read_definitions(reader: Reader) -> pl.DataFrame:
    """One row an indicator: names, unit, formula in words, sources, owner, version."""
    return reader.read(_DEFINITIONS)


def read_months(reader: Reader) -> list[str]:
    """Months of which any indicator is told, the newest first."""
    return reader.read(_MONTHS)["period"].to_list()
