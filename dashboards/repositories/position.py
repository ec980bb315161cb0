"""Where estates and buildings stand, and how large they are. Not here: indicators of them (indicator.py)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_ESTATES = Query(
    "position.estates",
    "overview",
    """
    select estate_id as area_code, committee_code, longitude, latitude, dwelling_count
    from estate
    where longitude is not null and latitude is not null
    """,
)
_BUILDINGS = Query(
    "position.buildings",
    "overview",
    """
    select building_id as area_code, building_name as area_name, floor_count, unit_count, has_lift,
        dwelling_count, resident_count, longitude, latitude
    from building
    where estate_id = $estate
    """,
    is_list=True,  # a building is an address
    counts=("resident_count",),
)


def read_estate_positions(reader: Reader) -> pl.DataFrame:
    """One row an estate with a position in degrees: `area_code`, `committee_code`, `longitude`, `latitude`, `dwelling_count`."""
    return reader.read(_ESTATES)


def read_buildings(reader: Reader, estate: str) -> pl.DataFrame:
    """One row a building of the estate: name, floors, entrances, lift, dwellings, people; the position is null where unknown."""
    return reader.read(_BUILDINGS, estate=estate)
