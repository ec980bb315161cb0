"""Devices and heartbeats. Not here: alarms (alarm.py), rates and durations as texts (services/device.py)."""

from datetime import date

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_COMMITTEE = "($committee = '' or committee_code = $committee)"
_PLACE = f"{_COMMITTEE} and ($estate = '' or estate_id = $estate)"

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
    where {_COMMITTEE} and day >= cast($since as date)
    group by all
    """,
)
_COVERAGE = Query(
    "device.coverage",
    "device",
    f"""
    with equipped as (select distinct dwelling_id from device where type = $type and state <> 'retired')

    select estate_id, committee_code, count(*) as dwelling_count,
        count(*) filter (where equipped.dwelling_id is not null) as equipped_count
    from dwelling
    left join equipped on dwelling.dwelling_id = equipped.dwelling_id
    where estate_id is not null and {_PLACE}
    group by all
    """,
    is_list=True,  # joins by the dwelling's id, which roles with figures only never have
)


def read_states(reader: Reader, place: dict[str, str]) -> pl.DataFrame:
    """One row a type × committee × estate × state: `device_count`."""
    return reader.read(_BY_STATE, **place)


def read_silent(reader: Reader, place: dict[str, str], kind: str, most: int) -> pl.DataFrame:
    """One row a device offline or at fault, longest first: id, type, state, when last seen (UTC, null: never), place codes."""
    return reader.read(_SILENT, type=kind, most=most, **place)


def read_online_by_day(reader: Reader, committee: str, since: date) -> pl.DataFrame:
    """One row a day: heartbeats due and received, each device capped at what was due."""
    return reader.read(_ONLINE_BY_DAY, committee=committee, since=since.isoformat())


def read_coverage(reader: Reader, place: dict[str, str], kind: str) -> pl.DataFrame:
    """One row an estate: dwellings, and those with a device of this type in service."""
    return reader.read(_COVERAGE, type=kind, **place)
