"""Devices, heartbeats and alarms. Not here: rates and durations as texts (services/device.py)."""

from datetime import date

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_PLACE = "($committee = '' or committee_code = $committee)"

_BY_STATE = Query(
    "device.by_state",
    "device",
    f"""
    select type, committee_code, state, count(*) as device_count
    from device
    where {_PLACE}
    group by all
    """,
)
_SILENT = Query(
    "device.silent",
    "device",
    f"""
    select device_id, type, state, last_seen_at, committee_code, estate_id
    from device
    where state in ('offline', 'fault') and {_PLACE} and ($type = '' or type = $type)
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
_ALARMS = Query(
    "device.alarms",
    "device",
    f"""
    select code, count(*) as alarm_count,
        count(*) filter (where is_repeat) as repeat_count,
        count(*) filter (where outcome = 'FALSE') as false_count,
        count(*) filter (where outcome in ('REAL', 'FALSE')) as judged_count,
        count(*) filter (where is_overdue) as overdue_count,
        count(*) filter (where closed_at is not null) as closed_count,
        cast(median(minutes_to_arrival) as double) as median_minutes,
        cast(quantile_cont(minutes_to_arrival, 0.9) as double) as slow_minutes
    from alarm
    where {_PLACE} and raised_at >= cast($since as date)
    group by all
    """,
)


def read_states(reader: Reader, committee: str) -> pl.DataFrame:
    """One row a type × committee × state: `device_count`."""
    return reader.read(_BY_STATE, committee=committee)


def read_silent(reader: Reader, committee: str, kind: str) -> pl.DataFrame:
    """One row a device that is offline or at fault: id, type, state, when last seen (UTC, null: never), place codes."""
    return reader.read(_SILENT, committee=committee, type=kind)


def read_online_by_day(reader: Reader, committee: str, since: date) -> pl.DataFrame:
    """One row a day: heartbeats due and received, each device capped at what was due."""
    return reader.read(_ONLINE_BY_DAY, committee=committee, since=since.isoformat())


def read_alarms(reader: Reader, committee: str, since: date) -> pl.DataFrame:
    """One row an alarm code raised since the day: counts, minutes to arrival (median, 90th percentile; null: none)."""
    return reader.read(_ALARMS, committee=committee, since=since.isoformat())
