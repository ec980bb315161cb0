"""The messages of one day, counted by device, each message once. Not here: which files speak of the day (days)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ingestion.telemetry.messages import ROW_BITS, VALUES, numbered, read_copies, read_device_ids, read_events, read_numbers
from ingestion.telemetry.repeats import DEVICE_SEED, merged, repeated_numbers

BATTERY_BITS = 7  # a charge of 0 to 100 beside the millisecond at which it was told

COUNTS: dict[str, pl.DataType] = {
    "device_id": pl.String(),
    "day": pl.Date(),
    "received_heartbeats": pl.UInt32(),
    "events": pl.UInt32(),
    "late_messages": pl.UInt32(),
    "clock_wrong_messages": pl.UInt32(),
    "duplicate_messages": pl.UInt32(),
    "battery_min": pl.Int8(),
    "battery_first": pl.Int8(),
    "battery_last": pl.Int8(),
    "signal_min": pl.Int16(),
    "signal_max": pl.Int16(),
    "first_received_at": pl.Datetime("us"),
    "last_received_at": pl.Datetime("us"),
    "last_arrival_at": pl.Datetime("us"),
}
EVENTS: dict[str, pl.DataType] = {
    "device_id": pl.String(),
    "message_id": pl.String(),
    "event_code": pl.String(),
    "event_value": pl.Float64(),
    "sent_at": pl.Datetime("us"),
    "received_at": pl.Datetime("us"),
    "day": pl.Date(),
}


@dataclass(frozen=True)
class DayCounts:
    """One day: `counts` has one row a device that was heard, `events` one row an event that is kept (see rules.yaml)."""

    counts: pl.DataFrame
    events: pl.DataFrame


class NumberClashError(AssertionError):
    """Two devices of one day share a number: counting again with other seeds is the way out; never seen, one in 10^7 days."""


def count_day(paths: Sequence[Path], day: date) -> DayCounts:
    """Counts one day.

    Args:
        paths: landed `data.parquet` files of telemetry that may hold messages of the day.
        day: a day of the street.

    Returns:
        What COUNTS and EVENTS name, ordered by device.
    """
    files = numbered(paths)
    frames = read_numbers(files, day)
    repeated = repeated_numbers([frame["number"] for frame in frames])
    is_copy = [frame["number"].is_in(repeated.implode()) for frame in frames]
    rows = [_row(frame["row"].filter(mask)) for frame, mask in zip(frames, is_copy, strict=True)]
    single = [frame.drop("number").filter(~mask) for frame, mask in zip(frames, is_copy, strict=True)]
    del frames, is_copy
    partial = pl.concat(single, rechunk=False).lazy().group_by("device").agg(_sums()).collect(engine="streaming")
    del single
    named = _named(partial, read_device_ids(files, _row(partial["row_min"])))
    repeats = _repeats(read_copies(files, rows))
    counts = _joined(named, repeats).with_columns(day=pl.lit(day)).select(_finished()).sort("device_id")
    return DayCounts(counts, _events(read_events(files, day), day))


def _row(numbers: pl.Series) -> pl.Series:
    """The row number alone."""
    return numbers % (1 << ROW_BITS)


def _sums(*, is_numbered: bool = True) -> list[pl.Expr]:
    """What can be added up from parts: sums, minima and maxima only."""
    charge = pl.col("received_us") // 1000 * (1 << BATTERY_BITS) + pl.col("battery_pct").cast(pl.Int64)
    return [
        pl.col("is_heartbeat").sum().alias("sum_heartbeats"),
        pl.len().alias("sum_messages"),
        pl.col("is_late").sum().alias("sum_late"),
        pl.col("is_clock_wrong").sum().alias("sum_clock_wrong"),
        pl.col("battery_pct").min().alias("min_battery"),
        charge.min().alias("min_charge"),
        charge.max().alias("max_charge"),
        pl.col("signal_dbm").min().alias("min_signal"),
        pl.col("signal_dbm").max().alias("max_signal"),
        pl.col("received_us").min().alias("min_received"),
        pl.col("received_us").max().alias("max_received"),
        *([pl.col("row").min().alias("row_min"), pl.col("row").max().alias("row_max")] if is_numbered else []),
    ]


def _repeats(copies: pl.DataFrame) -> pl.DataFrame:
    """The messages that may have repeats, each once, added up by device."""
    once = merged(copies, pl.col("received_at").max().alias("last_at"))
    values = once.select("device_id", "repeats", arrival=pl.col("last_at").to_physical(), **VALUES)
    more = [pl.col("repeats").sum().alias("sum_repeats"), pl.col("arrival").max().alias("max_arrival")]
    return values.group_by("device_id").agg(*_sums(is_numbered=False), *more)


def _named(partial: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Devices by their ids instead of numbers; raises NumberClashError when two of them share one."""
    clashes = partial.filter(pl.col("row_min") // (1 << ROW_BITS) != pl.col("row_max") // (1 << ROW_BITS)).height
    if clashes:
        raise NumberClashError(f"{clashes} devices share their number with another (seed {DEVICE_SEED})")
    found = partial.with_columns(row=_row(partial["row_min"])).join(names, on="row", how="left")
    return found.drop("device", "row", "row_min", "row_max")


def _joined(single: pl.DataFrame, repeats: pl.DataFrame) -> pl.DataFrame:
    """Both parts added up by device."""
    both = pl.concat([single, repeats], how="diagonal")
    names = [name for name in both.columns if name != "device_id"]
    how = {"sum": pl.Expr.sum, "min": pl.Expr.min, "max": pl.Expr.max}
    return both.group_by("device_id").agg(how[name.partition("_")[0]](pl.col(name)).alias(name) for name in names)


def _finished() -> list[pl.Expr]:
    """The sums under the names and in the types of COUNTS."""
    at = pl.Datetime("us")
    charge = 1 << BATTERY_BITS
    values = {
        "received_heartbeats": pl.col("sum_heartbeats"),
        "events": pl.col("sum_messages") - pl.col("sum_heartbeats"),
        "late_messages": pl.col("sum_late"),
        "clock_wrong_messages": pl.col("sum_clock_wrong"),
        "duplicate_messages": pl.col("sum_repeats"),
        "battery_min": pl.col("min_battery"),
        "battery_first": pl.col("min_charge") % charge,
        "battery_last": pl.col("max_charge") % charge,
        "signal_min": pl.col("min_signal"),
        "signal_max": pl.col("max_signal"),
        "first_received_at": pl.col("min_received").cast(at),
        "last_received_at": pl.col("max_received").cast(at),
        "last_arrival_at": pl.max_horizontal("max_received", "max_arrival").cast(at),
    }
    named = {"device_id": pl.col("device_id"), "day": pl.col("day")} | values
    return [named[name].cast(dtype).alias(name) for name, dtype in COUNTS.items()]


def _events(copies: pl.DataFrame, day: date) -> pl.DataFrame:
    """Each event once, by its earliest arrival."""
    once = merged(copies).rename({"source_key": "message_id"}).with_columns(day=pl.lit(day))
    return once.select(pl.col(name).cast(dtype) for name, dtype in EVENTS.items()).sort("device_id", "received_at", "message_id")
