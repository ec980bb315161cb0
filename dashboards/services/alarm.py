"""Alarms in words: by kind, step by step, and places where they come again. Not here: counting (repositories/alarm.py)."""

from datetime import date
from typing import Any

import polars as pl

from dashboards.repositories.alarm import read_by_kind, read_funnel, read_repeated
from dashboards.repositories.reader import Reader
from dashboards.services.labels import label, names_of
from dashboards.services.place import Place, Places
from dashboards.services.text import NONE, moment, number, percent

MOST_PLACES = 50


def load_kinds(reader: Reader, place: Place, since: date) -> pl.DataFrame:
    """One row an alarm kind, most frequent first, as texts, with `alarm_count` beside them for the chart."""
    found = read_by_kind(reader, place.filters, since).sort("alarm_count", "code", descending=[True, False])
    rows = [_kind_row(row) for row in found.iter_rows(named=True)]
    schema: dict[str, type[pl.DataType]] = {"kind": pl.String, "alarm_count": pl.Int64}
    schema |= dict.fromkeys(("closed", "overdue", "repeats", "false_rate", "median", "slow"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def load_funnel(reader: Reader, place: Place, since: date) -> pl.DataFrame:
    """One row a step in its order: `step`, `alarm_count`, `share` (of those raised), `median`, `slow` (texts)."""
    found = {row["step"]: row for row in read_funnel(reader, place.filters, since).iter_rows(named=True)}
    raised = found["raised"]["alarm_count"] if "raised" in found else 0
    rows = [
        (
            name,
            found[step]["alarm_count"],
            percent(found[step]["alarm_count"] / raised),
            number(found[step]["median_minutes"], 1),
            number(found[step]["slow_minutes"], 1),
        )
        for step, name in names_of("alarm_step").items()
        if raised
    ]
    schema: dict[str, type[pl.DataType]] = {"step": pl.String, "alarm_count": pl.Int64}
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(("share", "median", "slow"), pl.String), orient="row")


def load_repeated(reader: Reader, place: Place, places: Places, since: date) -> pl.DataFrame:
    """One row a building × kind with several alarms, most first, as texts: `place`, `kind`, `alarms`, `false_rate`, `last`."""
    found = read_repeated(reader, place.filters, since, MOST_PLACES)
    rows = [
        (
            places.told(row["committee_code"], row["estate_id"]),
            row["building_name"] or NONE,
            label("alarm", row["code"]),
            number(row["alarm_count"]),
            percent(row["false_count"] / row["alarm_count"]),
            moment(row["last_raised_at"]),
        )
        for row in found.iter_rows(named=True)
    ]
    names = ("place", "building", "kind", "alarms", "false_rate", "last")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _kind_row(row: dict[str, Any]) -> tuple[object, ...]:
    return (
        label("alarm", row["code"]),
        row["alarm_count"],
        number(row["closed_count"]),
        number(row["overdue_count"]),
        number(row["repeat_count"]),
        percent(row["false_count"] / row["judged_count"] if row["judged_count"] else None),
        number(row["median_minutes"], 1),
        number(row["slow_minutes"], 1),
    )
