"""Device figures in words and rates. Not here: counting (repositories/device.py), alarms (alarm.py)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl

from dashboards.repositories.device import read_online_by_day, read_silent, read_states
from dashboards.repositories.reader import Reader
from dashboards.services.labels import label
from dashboards.services.language import say
from dashboards.services.memo import remembered
from dashboards.services.place import Place, Places
from dashboards.services.text import NONE, STREET_TIME, duration, moment, percent

WINDOWS = {"30": "近30天", "7": "近7天", "90": "近90天"}
LONGEST_LIST = 100
_STATES = ("online", "offline", "fault", "retired")
_SECONDS_AN_HOUR = 3600


def load_states(reader: Reader, place: Place) -> pl.DataFrame:
    """One row a type × committee × estate: a column per state."""
    return remembered(reader, ("states", place), lambda: _states(reader, place))


def _states(reader: Reader, place: Place) -> pl.DataFrame:
    counted = read_states(reader, place.filters)
    states = [pl.col("device_count").filter(pl.col("state") == state).sum().cast(pl.Int64).alias(state) for state in _STATES]
    return counted.group_by("type", "committee_code", "estate_id").agg(*states)


def load_types(reader: Reader, place: Place) -> pl.DataFrame:
    """The place's states by type, as `by_type` has them."""
    return remembered(reader, ("states by type", place), lambda: by_type(load_states(reader, place)))


def load_areas(reader: Reader, place: Place, names: dict[str, str]) -> pl.DataFrame:
    """The place's states by its parts, as `by_area` has them."""
    return remembered(reader, ("states by area", place), lambda: by_area(load_states(reader, place), place.parts_level, names))


def by_type(states: pl.DataFrame) -> pl.DataFrame:
    """One row a type, largest fleet first: `name`, states, `due` (in service), `online_rate` (null: none), `rate` (text)."""
    fleets = _fleets(states, "type")
    names = pl.Series("name", [label("device_type", code) for code in fleets["type"]], dtype=pl.String)
    return fleets.with_columns(names).sort("due", "type", descending=[True, False])


def by_area(states: pl.DataFrame, level: str, names: dict[str, str]) -> pl.DataFrame:
    """One row a committee or estate (`level`), lowest online rate first: where to look. Columns as by type."""
    key = "estate_id" if level == "estate" else "committee_code"
    fleets = _fleets(states, key)
    named = pl.Series("name", [names.get(code) or say("未落到小区或居委") for code in fleets[key]], dtype=pl.String)
    return fleets.with_columns(named).sort("online_rate", key, nulls_last=True)


def type_names(reader: Reader) -> dict[str, str]:
    """Types that the person may see devices of: code to name."""
    return remembered(reader, ("types",), lambda: _type_names(reader))


def _type_names(reader: Reader) -> dict[str, str]:
    return {code: label("device_type", code) for code in sorted(set(read_states(reader, Place().filters)["type"]))}


def load_online_days(reader: Reader, place: Place, since: date) -> pl.DataFrame:
    """One row a day: `day`, `online_rate` = heartbeats received ÷ due."""
    return remembered(reader, ("online days", place, since), lambda: _online_days(reader, place, since))


def _online_days(reader: Reader, place: Place, since: date) -> pl.DataFrame:
    days = read_online_by_day(reader, place.filters, since)
    rate = pl.when(pl.col("due") > 0).then(pl.col("received") / pl.col("due")).alias("online_rate")
    return days.select(pl.col("day").cast(pl.Date), rate).drop_nulls().sort("day")


def load_silent(reader: Reader, places: Places, choice: tuple[Place, str], at: datetime) -> pl.DataFrame:
    """Devices offline or at fault, longest first, as texts; counted up to `at` (told_until), not the reader's clock.

    It runs from the last message, and from the day of installing for those that never spoke.
    `choice` is a place and a device type; empty: all.
    """
    return remembered(reader, ("silent", choice, at), lambda: _silent(reader, places, choice, at))


def _silent(reader: Reader, places: Places, choice: tuple[Place, str], at: datetime) -> pl.DataFrame:
    place, kind = choice
    found = read_silent(reader, place.filters, kind, LONGEST_LIST)
    rows = [_silent_row(row, places, at) for row in found.iter_rows(named=True)]
    columns = ("device", "type", "state", "place", "last_seen", "lasting")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def told_until(as_of: date, made_at: datetime) -> datetime:
    """The last moment that a version can tell of: when it was made, or the end of its day where that was earlier."""
    return min(made_at, datetime.combine(as_of + timedelta(days=1), time(), STREET_TIME))


def window_start(as_of: date, days: int) -> date:
    """The first day of a window that ends with the version's day."""
    return as_of - timedelta(days=days - 1)


def _fleets(states: pl.DataFrame, key: str) -> pl.DataFrame:
    summed = states.group_by(key).agg(pl.col(*_STATES).sum())
    due = (pl.col("online") + pl.col("offline") + pl.col("fault")).alias("due")
    rated = summed.with_columns(due).with_columns(
        pl.when(pl.col("due") > 0).then(pl.col("online") / pl.col("due")).alias("online_rate")
    )
    return rated.with_columns(pl.Series("rate", [percent(rate) for rate in rated["online_rate"]], dtype=pl.String))


def _silent_row(row: dict[str, Any], places: Places, at: datetime) -> tuple[str, ...]:
    seen: datetime | None = row["last_seen_at"]
    where = places.told(row["committee_code"], row["estate_id"])
    named = (row["device_id"], label("device_type", row["type"]), label("device_state", row["state"]), where)
    since = seen or row["installed_date"]
    if since is None:
        return (*named, say("从未上报"), NONE)
    since = since if isinstance(since, datetime) else datetime.combine(since, time())
    hours = (at - since.replace(tzinfo=since.tzinfo or UTC)).total_seconds() / _SECONDS_AN_HOUR
    return (*named, moment(seen) if seen else say("从未上报"), duration(max(0.0, hours)))
