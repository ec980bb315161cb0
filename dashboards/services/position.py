"""Estates and buildings as points of a drawing, and an estate's buildings as a table. Not here: drawing (components/map.py)."""

import math

import polars as pl

from dashboards.repositories.position import read_buildings, read_estate_positions
from dashboards.repositories.reader import Reader
from dashboards.services.board import load_ranking
from dashboards.services.memo import remembered
from dashboards.services.place import Place, Places
from dashboards.services.text import NONE, count, number

METRES_A_DEGREE = 111_320.0  # of latitude; of longitude, times the cosine of the latitude
_SCHEMA = {"area_code": pl.String, "area_name": pl.String, "x": pl.Float64, "y": pl.Float64, "size": pl.Int64}


def load_estate_points(reader: Reader, place: Place, places: Places, code: str) -> pl.DataFrame:
    """One row an estate of the place: `area_code`, `area_name`, `x`, `y` (metres), `size` (dwellings), `value`, `shown`."""
    return remembered(reader, ("points", place, code), lambda: _estate_points(reader, place, places, code), purpose="overview")


def _estate_points(reader: Reader, place: Place, places: Places, code: str) -> pl.DataFrame:
    ranking = load_ranking(reader, "estate", code, places.estates_of(place.committee))
    found = read_estate_positions(reader).join(ranking, on="area_code", how="inner")
    return _in_metres(found).select(*_SCHEMA, "value", "shown")


def load_building_points(reader: Reader, place: Place) -> pl.DataFrame:
    """One row a building of the estate with a position: as estates, `value` being its dwellings."""
    found = read_buildings(reader, place.estate).filter(pl.col("longitude").is_not_null() & pl.col("latitude").is_not_null())
    value = pl.col("dwelling_count").cast(pl.Float64).alias("value")
    shown = pl.col("dwelling_count").cast(pl.String).alias("shown")
    return _in_metres(found.with_columns(value, shown)).select(*_SCHEMA, "value", "shown")


def load_building_table(reader: Reader, place: Place) -> pl.DataFrame:
    """One row a building of the estate by name, as texts: `name`, `dwellings`, `people`, `floors`, `entrances`, `lift`."""
    return remembered(reader, ("buildings", place), lambda: _building_table(reader, place), purpose="overview")


def _building_table(reader: Reader, place: Place) -> pl.DataFrame:
    lifts = {True: "有", False: "无", None: NONE}
    rows = [
        (
            row["area_name"] or NONE,
            number(row["dwelling_count"]),
            count(row["resident_count"], is_withheld=row["is_withheld"]),
            number(row["floor_count"]),
            number(row["unit_count"]),
            lifts[row["has_lift"]],
        )
        for row in read_buildings(reader, place.estate)
        .sort(pl.col("area_name").str.len_chars(), "area_name")
        .iter_rows(named=True)
    ]
    names = ("name", "dwellings", "people", "floors", "entrances", "lift")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _in_metres(found: pl.DataFrame) -> pl.DataFrame:
    """East and north of the middle, so that a metre is as long in both directions."""
    if found.is_empty():
        return pl.DataFrame(schema=_SCHEMA | {"value": pl.Float64, "shown": pl.String})
    latitude, longitude = found["latitude"].mean(), found["longitude"].mean()
    assert isinstance(latitude, float)  # noqa: S101 - rows have positions
    assert isinstance(longitude, float)  # noqa: S101
    narrow = math.cos(math.radians(latitude))
    return found.with_columns(
        ((pl.col("longitude") - longitude) * METRES_A_DEGREE * narrow).round(0).alias("x"),
        ((pl.col("latitude") - latitude) * METRES_A_DEGREE).round(0).alias("y"),
        pl.col("dwelling_count").cast(pl.Int64).alias("size"),
    )
