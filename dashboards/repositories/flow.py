"""Parking bays and gates by hour of the street's clock. Not here: rates and names (services/flow.py)."""

from datetime import date

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_STREET_HOURS = 8  # the street's clock before UTC
_PLACE = "($committee = '' or committee_code = $committee) and ($estate = '' or estate_id = $estate)"
_WITHIN = f"{_PLACE} and cast(hour_at + interval {_STREET_HOURS} hour as date) >= cast($since as date)"
_HOUR = f"cast(hour(hour_at + interval {_STREET_HOURS} hour) as integer)"

_PARKING = """
    select {key}, cast(sum(occupied_seconds) as double) as occupied, cast(sum(told_seconds) as double) as told,
        max(bay_count) as bay_count, cast(sum(arrivals) as bigint) as arrivals, cast(sum(departures) as bigint) as departures,
        count(distinct cast(hour_at + interval {hours} hour as date)) as day_count
    from parking_hour
    where {within}
    group by all
    """
_PARKING_BY_HOUR = Query(
    "flow.parking_by_hour", "device", _PARKING.format(key=f"{_HOUR} as hour", hours=_STREET_HOURS, within=_WITHIN)
)
_PARKING_BY_ESTATE = Query(
    "flow.parking_by_estate", "device", _PARKING.format(key="estate_id, committee_code", hours=_STREET_HOURS, within=_WITHIN)
)
_GATE = """
    select {key}, cast(sum(passes) as bigint) as passes, cast(sum(denials) as bigint) as denials,
        count(distinct cast(hour_at + interval {hours} hour as date)) as day_count
    from gate_hour
    where {within}
    group by all
    """
_GATE_BY_HOUR = Query("flow.gate_by_hour", "device", _GATE.format(key=f"{_HOUR} as hour", hours=_STREET_HOURS, within=_WITHIN))
_GATE_BY_ESTATE = Query(
    "flow.gate_by_estate", "device", _GATE.format(key="estate_id, committee_code", hours=_STREET_HOURS, within=_WITHIN)
)


def read_parking_by_hour(reader: Reader, place: dict[str, str], since: date) -> pl.DataFrame:
    """One row an hour of the day (0-23): seconds occupied and told, most bays at once in an estate, changes, days."""
    return reader.read(_PARKING_BY_HOUR, since=since.isoformat(), **place)


def read_parking_by_estate(reader: Reader, place: dict[str, str], since: date) -> pl.DataFrame:
    """One row an estate: the same."""
    return reader.read(_PARKING_BY_ESTATE, since=since.isoformat(), **place)


def read_gates_by_hour(reader: Reader, place: dict[str, str], since: date) -> pl.DataFrame:
    """One row an hour of the day (0-23): passages, refusals, and days on which there were any."""
    return reader.read(_GATE_BY_HOUR, since=since.isoformat(), **place)


def read_gates_by_estate(reader: Reader, place: dict[str, str], since: date) -> pl.DataFrame:
    """One row an estate (null: a gate of none): the same."""
    return reader.read(_GATE_BY_ESTATE, since=since.isoformat(), **place)
