"""Dwellings, counted by tenure and use. Not here: shapes for charts (services/housing.py)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_PLACE = "($committee = '' or committee_code = $committee) and ($estate = '' or estate_id = $estate)"

_DWELLINGS = Query(
    "housing.dwellings",
    "housing",
    f"""
    select coalesce(tenure, 'unknown') as tenure, coalesce(occupancy, 'unknown') as occupancy, count(*) as dwelling_count
    from dwelling
    where {_PLACE}
    group by all
    """,
)


def read_dwellings(reader: Reader, place: dict[str, str]) -> pl.DataFrame:
    """One row a tenure × occupancy: `dwelling_count`."""
    return reader.read(_DWELLINGS, **place)
