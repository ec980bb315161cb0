"""Alarms from raised to closed, counted. Not here: names and rates as texts (services/alarm.py)."""

from datetime import date

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_WITHIN = """($committee = '' or committee_code = $committee) and ($estate = '' or estate_id = $estate)
    and raised_at >= cast($since as date) - interval 8 hour"""

_BY_KIND = Query(
    "alarm.by_kind",
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
    where {_WITHIN}
    group by all
    """,
)
_FUNNEL = Query(
    "alarm.funnel",
    "device",
    f"""
    with step as (
        select unnest(['raised', 'ordered', 'dispatched', 'arrived', 'closed']) as step,
            unnest([raised_at, ordered_at, dispatched_at, arrived_at, closed_at]) as reached_at,
            unnest([null, raised_at, ordered_at, dispatched_at, arrived_at]) as before_at
        from alarm
        where {_WITHIN} and needs_answer
    )

    select step, count(reached_at) as alarm_count,
        cast(median(date_diff('second', before_at, reached_at)) / 60 as double) as median_minutes,
        cast(quantile_cont(date_diff('second', before_at, reached_at), 0.9) / 60 as double) as slow_minutes
    from step
    group by step
    """,
)
_REPEATED = Query(
    "alarm.repeated",
    "device",
    f"""
    with again as (
        select committee_code, estate_id, building_id, code, count(*) as alarm_count,
            count(*) filter (where outcome = 'FALSE') as false_count, max(raised_at) as last_raised_at
        from alarm
        where {_WITHIN}
        group by all
        having count(*) > 1
        order by alarm_count desc, last_raised_at desc
        limit $most
    )

    select again.*, building.building_name
    from again
    left join building on again.building_id = building.building_id
    order by alarm_count desc, last_raised_at desc
    """,
    is_list=True,
)


def read_by_kind(reader: Reader, place: dict[str, str], since: date) -> pl.DataFrame:
    """One row an alarm code raised since the day: counts, minutes to arrival (median, 90th percentile; null: none)."""
    return reader.read(_BY_KIND, since=since.isoformat(), **place)


def read_funnel(reader: Reader, place: dict[str, str], since: date) -> pl.DataFrame:
    """One row a step (raised, ordered, dispatched, arrived, closed) of alarms that need an answer.

    How many reached it, and the minutes since the step before (median, 90th percentile; null for the first).
    """
    return reader.read(_FUNNEL, since=since.isoformat(), **place)


def read_repeated(reader: Reader, place: dict[str, str], since: date, most: int) -> pl.DataFrame:
    """One row a building × code with two alarms or more since the day, most first; the building is null where unknown."""
    return reader.read(_REPEATED, since=since.isoformat(), most=most, **place)
