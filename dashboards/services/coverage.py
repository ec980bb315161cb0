"""What is not covered by devices, in words. Not here: counting (repositories/coverage.py)."""

import polars as pl

from dashboards.repositories.coverage import read_lacking, read_members, read_smoke
from dashboards.repositories.reader import Reader
from dashboards.services.labels import label
from dashboards.services.language import say
from dashboards.services.memo import remembered
from dashboards.services.place import Place, Places
from dashboards.services.text import NONE, number, percent

COVERED = "smoke"  # the detector every dwelling should have
MOST_PLACES, MOST_BARS = 100, 15


def load_members(reader: Reader, place: Place) -> pl.DataFrame:
    """One row a set × level × kind of device, in the order of the sets.

    Columns: `set_code`, `label` and `rate` for the chart (null: none is wanted); `set`, `level`, `type`, `wanted`, `present`,
    `missing`, `places`, `share` as texts or counts.
    """
    return remembered(reader, ("members", place), lambda: _members(reader, place))


def _members(reader: Reader, place: Place) -> pl.DataFrame:
    rows = [
        (
            row["set_code"],
            f"{label('device_type', row['device_type'])} · {_set(row)}",
            row["present"] / row["wanted"] if row["wanted"] else None,
            _set(row),
            label("place_level", row["place_level"]),
            label("device_type", row["device_type"]),
            row["wanted"],
            row["present"],
            row["missing"],
            row["lacking_places"],
            percent(row["present"] / row["wanted"]) if row["wanted"] else NONE,
        )
        for row in read_members(reader, place.filters).sort("set_code", "place_level", "device_type").iter_rows(named=True)
    ]
    schema: dict[str, type[pl.DataType]] = {"set_code": pl.String, "label": pl.String, "rate": pl.Float64}
    schema |= dict.fromkeys(("set", "level", "type"), pl.String)
    schema |= dict.fromkeys(("wanted", "present", "missing", "places"), pl.Int64)
    return pl.DataFrame(rows, schema=schema | {"share": pl.String}, orient="row")


def set_names(members: pl.DataFrame) -> dict[str, str]:
    """The sets of a street: code to name."""
    return dict(members.select("set_code", "set").unique(maintain_order=True).iter_rows())


def load_places_lacking(reader: Reader, places: Places, place: Place, set_code: str) -> pl.DataFrame:
    """One row a place × kind of device that it lacks, most first, as texts."""
    rows = [
        (
            places.told(row["committee_code"], row["estate_id"]),
            row["building_name"] or NONE,
            row["unit"] or NONE,
            label("device_type", row["device_type"]),
            number(row["missing_count"]),
            number(row["wanted_count"]),
        )
        for row in read_lacking(reader, place.filters, set_code, MOST_PLACES).iter_rows(named=True)
    ]
    names = ("place", "building", "unit", "type", "missing", "wanted")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def load_smoke(reader: Reader, place: Place, places: Places) -> pl.DataFrame:
    """One row an estate, most dwellings without a smoke detector first.

    Columns: `name`, `missing`, and as texts `dwellings`, `equipped`, `share`.
    """
    return remembered(reader, ("gaps", place), lambda: _smoke(reader, place, places))


def _smoke(reader: Reader, place: Place, places: Places) -> pl.DataFrame:
    found = read_smoke(reader, place.filters, COVERED)
    missing = (pl.col("dwelling_count") - pl.col("equipped_count")).alias("missing")
    rows = [
        (
            places.told(row["committee_code"], row["estate_id"]),
            row["missing"],
            number(row["dwelling_count"]),
            number(row["equipped_count"]),
            percent(row["equipped_count"] / row["dwelling_count"]),
        )
        for row in found.with_columns(missing).sort("missing", "estate_id", descending=[True, False]).iter_rows(named=True)
    ]
    schema: dict[str, type[pl.DataType]] = {"name": pl.String, "missing": pl.Int64}
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(("dwellings", "equipped", "share"), pl.String), orient="row")


def _set(row: dict[str, str]) -> str:
    return say(row["set_name"])
