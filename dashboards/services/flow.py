"""Parking and gates by hour, in words and rates. Not here: counting (repositories/flow.py)."""

from datetime import date

import polars as pl

from dashboards.repositories.flow import (
    read_gates_by_estate,
    read_gates_by_hour,
    read_parking_by_estate,
    read_parking_by_hour,
)
from dashboards.repositories.reader import Reader
from dashboards.services.memo import remembered
from dashboards.services.place import Place, Places
from dashboards.services.text import number, percent

_TEXT = pl.String


def load_parking_hours(reader: Reader, place: Place, since: date) -> pl.DataFrame:
    """One row an hour of the day: `hour` (08:00), `rate` (0-1, null: nothing told), `shown`, `arrivals`, `departures` a day."""
    return remembered(reader, ("parking", place, since), lambda: _parking_hours(reader, place, since))


def _parking_hours(reader: Reader, place: Place, since: date) -> pl.DataFrame:
    found = read_parking_by_hour(reader, place.filters, since).sort("hour")
    rows = [
        (
            f"{row['hour']:02}:00",
            rate := _rate(row["occupied"], row["told"]),
            percent(rate),
            number(row["arrivals"] / row["day_count"], 1),
            number(row["departures"] / row["day_count"], 1),
        )
        for row in found.iter_rows(named=True)
    ]
    schema = {"hour": _TEXT, "rate": pl.Float64, "shown": _TEXT, "arrivals": _TEXT, "departures": _TEXT}
    return pl.DataFrame(rows, schema=schema, orient="row")


def load_parking_estates(reader: Reader, place: Place, places: Places, since: date) -> pl.DataFrame:
    """One row an estate, fullest first, as texts: `name`, `rate`, `bays`, `arrivals` a day."""
    found = read_parking_by_estate(reader, place.filters, since)
    rated = found.with_columns(rate=pl.when(pl.col("told") > 0).then(pl.col("occupied") / pl.col("told")))
    rows = [
        (
            places.told(row["committee_code"], row["estate_id"]),
            percent(row["rate"]),
            number(row["bay_count"]),
            number(row["arrivals"] / row["day_count"], 1),
        )
        for row in rated.sort("rate", "estate_id", descending=[True, False], nulls_last=True).iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("name", "rate", "bays", "arrivals"), _TEXT), orient="row")


def load_gate_hours(reader: Reader, place: Place, since: date) -> pl.DataFrame:
    """One row an hour of the day: `hour` (08:00), `mean` (passages a day), `passes` and `denials` a day as texts."""
    return remembered(reader, ("gates", place, since), lambda: _gate_hours(reader, place, since))


def _gate_hours(reader: Reader, place: Place, since: date) -> pl.DataFrame:
    found = read_gates_by_hour(reader, place.filters, since).sort("hour")
    rows = [
        (
            f"{row['hour']:02}:00",
            row["passes"] / row["day_count"],
            number(row["passes"] / row["day_count"], 1),
            number(row["denials"] / row["day_count"], 1),
        )
        for row in found.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema={"hour": _TEXT, "mean": pl.Float64, "passes": _TEXT, "denials": _TEXT}, orient="row")


def load_gate_estates(reader: Reader, place: Place, places: Places, since: date) -> pl.DataFrame:
    """One row an estate, most passages first: `name`, `passes`, `denials` (counts), `refused` (share, text)."""
    found = read_gates_by_estate(reader, place.filters, since).sort("passes", descending=True)
    rows = [
        (
            places.told(row["committee_code"], row["estate_id"]),
            row["passes"],
            row["denials"],
            percent(_rate(row["denials"], row["passes"] + row["denials"])),
        )
        for row in found.iter_rows(named=True)
    ]
    schema = {"name": _TEXT, "passes": pl.Int64, "denials": pl.Int64, "refused": _TEXT}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _rate(part: float, whole: float) -> float | None:
    return part / whole if whole else None
