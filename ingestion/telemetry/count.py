"""The messages of one day, counted by device, each message once. Not here: which files speak of the day (days)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ingestion.telemetry.messages import (
    DEVICE_SEED,
    LATE_MS,
    MOST_MS,
    MOST_PART_BITS,
    ON_TIME_MS,
    ROW_BITS,
    in_parts,
    pieces_of,
    read_messages,
    read_texts,
    row_number,
)
from ingestion.telemetry.repeats import merged, repeated
from ingestion.telemetry.rules import telemetry_rules

WORKERS = 2  # files or parts at a time: one alone does not keep two cores busy, and more files would need more memory
PART_ROWS = 1 << 21  # about as many messages make a part
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
    pieces = pieces_of(paths)
    bits = min(MOST_PART_BITS, (sum(piece.end_row - piece.first_row for piece in pieces) // PART_ROWS).bit_length())
    with ThreadPoolExecutor(WORKERS) as pool:
        read = list(pool.map(lambda piece: read_messages(piece, day, bits), pieces))
        events = _events(pl.concat([found.events for found in read]), day)
        parts = [pl.concat([found.parts[number] for found in read], rechunk=False) for number in range(1 << bits)]
        del read
        again = list(pool.map(repeated, parts))
        parts = [part.drop("message") for part in parts]
        copies = pl.concat(pool.map(pl.DataFrame.filter, parts, again)).sort(row_number(pl.col("row")))
        ids = pool.map(lambda piece: read_texts(piece, row_number(copies["row"]), "source_key"), pieces)
        once = _once(copies.with_columns(pl.concat(ids)))
        mine = in_parts(once, bits, pl.repeat(value=True, n=once.height, eager=True))
        partial = pl.concat(pool.map(_added_up, parts, again, mine)).sort(row_number(pl.col("row_min")))
        del parts
        names = pl.concat(pool.map(lambda piece: read_texts(piece, row_number(partial["row_min"]), "device_id"), pieces))
    counts = _checked(partial).select(names, pl.lit(day).alias("day"), pl.exclude("device"))
    return DayCounts(counts.select(_finished()).sort("device_id"), events)


def _once(copies: pl.DataFrame) -> pl.DataFrame:
    """The messages that may have repeats, each once: sent when the earliest of its copies says, received with the earliest."""
    sent = pl.col("received_us") - pl.col("lag_ms").cast(pl.Int64) * 1000
    once = merged(copies.with_columns(sent_us=sent), ["device", "source_key"], pl.col("received_us").max().alias("arrival_us"))
    lag = ((pl.col("received_us") - pl.col("sent_us")) // 1000).clip(-MOST_MS, MOST_MS).cast(pl.Int32)
    is_told = pl.col("lag_ms").is_in([ON_TIME_MS, LATE_MS])  # of a passage; the least of its copies is the first one's
    return once.with_columns(lag_ms=pl.when(is_told).then("lag_ms").otherwise(lag)).drop("source_key", "sent_us")


def _added_up(part: pl.DataFrame, is_repeated: pl.Series, once: pl.DataFrame) -> pl.DataFrame:
    """One row a device of the part: sums, minima and maxima under the names that `_finished` reads."""
    single = part.lazy().filter(~is_repeated).with_columns(arrival_us="received_us", repeats=pl.lit(0, dtype=pl.UInt32))
    every = pl.concat([single, once.lazy().select(single.collect_schema().names())])
    return every.group_by("device").agg(_sums()).collect(engine="streaming")


def _sums() -> list[pl.Expr]:
    charge = pl.col("received_us") // 1000 * (1 << BATTERY_BITS) + pl.col("battery_pct").cast(pl.Int64)
    return [
        pl.col("is_heartbeat").sum().alias("sum_heartbeats"),
        pl.len().alias("sum_messages"),
        (pl.col("lag_ms") > telemetry_rules().late_minutes * 60_000).sum().alias("sum_late"),
        pl.col("lag_ms").is_null().sum().alias("sum_clock_wrong"),
        pl.col("repeats").sum().alias("sum_repeats"),
        pl.col("battery_pct").min().alias("min_battery"),
        charge.min().alias("min_charge"),
        charge.max().alias("max_charge"),
        pl.col("signal_dbm").min().alias("min_signal"),
        pl.col("signal_dbm").max().alias("max_signal"),
        pl.col("received_us").min().alias("min_received"),
        pl.col("received_us").max().alias("max_received"),
        pl.col("arrival_us").max().alias("max_arrival"),
        pl.col("row").min().alias("row_min"),
        pl.col("row").max().alias("row_max"),
    ]


def _checked(partial: pl.DataFrame) -> pl.DataFrame:
    """The same; raises NumberClashError when two devices share their number."""
    clashes = partial.filter(pl.col("row_min") // (1 << ROW_BITS) != pl.col("row_max") // (1 << ROW_BITS)).height
    if clashes:
        raise NumberClashError(f"{clashes} devices share their number with another (seed {DEVICE_SEED})")
    return partial


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
        "last_arrival_at": pl.col("max_arrival").cast(at),
    }
    named = {"device_id": pl.col("device_id"), "day": pl.col("day")} | values
    return [named[name].cast(dtype).alias(name) for name, dtype in COUNTS.items()]


def _events(copies: pl.DataFrame, day: date) -> pl.DataFrame:
    """Each event once, by its earliest arrival."""
    once = merged(copies, ["device_id", "source_key"]).rename({"source_key": "message_id"}).with_columns(day=pl.lit(day))
    return once.select(pl.col(name).cast(dtype) for name, dtype in EVENTS.items()).sort("device_id", "received_at", "message_id")
