"""Device and alarm figures in words and rates. Not here: counting (repositories/device.py)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from dashboards.repositories.device import read_alarms, read_online_by_day, read_silent, read_states
from dashboards.repositories.reader import Reader
from dashboards.services.figure import Figure
from dashboards.services.labels import label
from dashboards.services.place import Places
from dashboards.services.text import NONE, duration, moment, number, percent

WINDOWS = {"30": "近30天", "7": "近7天", "90": "近90天"}
LONGEST_LIST = 100
_STATES = ("online", "offline", "fault", "retired")
_SECONDS_AN_HOUR = 3600


def load_states(reader: Reader, committee: str) -> pl.DataFrame:
    """One row a type × committee: a column per state, `due` (in service), `online_rate` (online ÷ due; null: none)."""
    counted = read_states(reader, committee)
    states = [pl.col("device_count").filter(pl.col("state") == state).sum().cast(pl.Int64).alias(state) for state in _STATES]
    wide = counted.group_by("type", "committee_code").agg(*states)
    return _with_rate(wide)


def by_type(states: pl.DataFrame) -> pl.DataFrame:
    """One row a type, largest fleet first, with its Chinese name in `name`."""
    summed = _with_rate(states.group_by("type").agg(pl.col(*_STATES).sum()))
    named = summed.with_columns(
        pl.col("type").map_elements(lambda code: label("device_type", code), return_dtype=pl.String).alias("name")
    )
    return named.sort("due", "type", descending=[True, False])


def by_committee(states: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """One row a committee, lowest online rate first: where to look."""
    summed = _with_rate(states.group_by("committee_code").agg(pl.col(*_STATES).sum()))
    name = (
        pl.col("committee_code").replace_strict(names, default=None, return_dtype=pl.String).fill_null("未落到居委").alias("name")
    )
    return summed.with_columns(name).sort("online_rate", "committee_code", nulls_last=True)


def load_online_days(reader: Reader, committee: str, since: date) -> pl.DataFrame:
    """One row a day: `day`, `online_rate` = heartbeats received ÷ due."""
    days = read_online_by_day(reader, committee, since)
    rate = pl.when(pl.col("due") > 0).then(pl.col("received") / pl.col("due")).alias("online_rate")
    return days.select(pl.col("day").cast(pl.Date), rate).drop_nulls().sort("day")


def load_silent(reader: Reader, places: Places, choice: tuple[str, str], at: datetime) -> pl.DataFrame:
    """Devices offline or at fault, longest first, as texts; counted up to the version's time, not the reader's clock.

    `choice` is a committee and a device type; empty: all.
    """
    found = read_silent(reader, *choice).sort("last_seen_at", "device_id", nulls_last=False).head(LONGEST_LIST)
    rows = [_silent_row(row, places, at) for row in found.iter_rows(named=True)]
    columns = ("device", "type", "state", "place", "last_seen", "lasting")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def load_alarms(reader: Reader, committee: str, since: date) -> pl.DataFrame:
    """One row an alarm kind, most frequent first, as texts, with `alarm_count` beside them for the chart."""
    found = read_alarms(reader, committee, since).sort("alarm_count", "code", descending=[True, False])
    rows = [_alarm_row(row) for row in found.iter_rows(named=True)]
    schema: dict[str, type[pl.DataType]] = {"kind": pl.String, "alarm_count": pl.Int64}
    schema |= dict.fromkeys(("closed", "overdue", "repeats", "false_rate", "median", "slow"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def rate_texts(fleets: pl.DataFrame) -> pl.DataFrame:
    """The same with the online rate as a text in `rate`."""
    return fleets.with_columns(pl.Series("rate", [percent(rate) for rate in fleets["online_rate"]], dtype=pl.String))


def sum_up(types: pl.DataFrame) -> list[Figure]:
    """The page's figures."""
    due, online = int(types["due"].sum()), int(types["online"].sum())
    offline, fault = (number(int(types[state].sum())) for state in ("offline", "fault"))
    rate = Figure("当前在线率", percent(online / due if due else None), note="在线 ÷ 在用（不含已退役）")
    return [Figure("在用设备", number(due), "台"), rate, Figure("离线", offline, "台"), Figure("故障", fault, "台")]


def window_start(as_of: date, days: int) -> date:
    """The first day of a window that ends with the version's day."""
    return as_of - timedelta(days=days - 1)


def _with_rate(frame: pl.DataFrame) -> pl.DataFrame:
    due = (pl.col("online") + pl.col("offline") + pl.col("fault")).alias("due")
    return frame.with_columns(due).with_columns(
        pl.when(pl.col("due") > 0).then(pl.col("online") / pl.col("due")).alias("online_rate")
    )


def _silent_row(row: dict[str, Any], places: Places, at: datetime) -> tuple[str, ...]:
    seen: datetime | None = row["last_seen_at"]
    told = (places.committees.get(row["committee_code"]), places.estates.get(row["estate_id"]))
    where = " · ".join(name for name in told if name) or "未落到小区"
    named = (row["device_id"], label("device_type", row["type"]), label("device_state", row["state"]), where)
    if seen is None:
        return (*named, "从未上报", NONE)
    seen = seen if seen.tzinfo else seen.replace(tzinfo=UTC)
    return (*named, moment(seen), duration(max(0.0, (at - seen).total_seconds() / _SECONDS_AN_HOUR)))


def _alarm_row(row: dict[str, Any]) -> tuple[object, ...]:
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
