"""Devices and heartbeats. Not here: alarms (alarm.py), rates and durations as texts (services/device.py)."""

from datetime import date

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_PLACE = "($committee = '' or committee_code = $committee) and ($estate = '' or estate_id = $estate)"

_BY_STATE = Query(
    "device.by_state",
    "device",
    f"""
    select type, committee_code, estate_id, state, count(*) as device_count
    from device
    where {_PLACE}
    group by all
    """,
)
_SILENT = Query(
    "device.silent",
    "device",
    f"""
    select device_id, type, state, last_seen_at, installed_date, committee_code, estate_id
    from device
    where state in ('offline', 'fault') and {_PLACE} and ($type = '' or type = $type)
    order by last_seen_at nulls first, device_id
    limit $most
    """,
    is_list=True,
)
_ONLINE_BY_DAY = Query(
    "device.online_by_day",
    "device",
    f"""
    select day, cast(sum(due_heartbeats) as double) as due,
        cast(sum(least(received_heartbeats, due_heartbeats)) as double) as received
    from device_day
    where {_PLACE} and day >= cast($since as date)
    group by all
    """,
)


def read_states(reader: Reader, place: dict[str, str]) -> pl.DataFrame:
    """One row a type × committee × estate × state: `device_count`."""
    return reader.read(_BY_STATE, **place)


def read_silent(reader: Reader, place: dict[str, str], kind: str, most: int) -> pl.DataFrame:
    """One row a device offline or at fault, longest first: id, type, state, when last seen (UTC, null: never), place codes."""
    return reader.read(_SILENT, type=kind, most=most, **place)


def read_online_by_day(reader: Reader, place: dict[str, str], since: date) -> pl.DataFrame:
    """One row a day: heartbeats due and received, each device capped at what was due."""
    return reader.read(_ONLINE_BY_DAY, since=since.isoformat(), **place)
