"""The messages of one day out of landed files, as numbers: texts are read again only for the few that need them.

The numbers of a file lie in parts, by device: all that is said of a device is in the same part of every file, so that a part is
counted by itself, and fits where a processor is quick. Not here: what repeats (repeats), what is counted (count).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
import polars as pl

from ingestion.telemetry.moment import is_of
from ingestion.telemetry.rules import telemetry_rules

# Any numbers will do as seeds: they name nothing outside of one count.
KEY_SEED, DEVICE_SEED, CHECK_SEED = 20261120, 20261121, 20261122
ROW_BITS, DEVICE_BITS = 32, 64
MOST_PART_BITS = 7  # with one more part, for other days, a part's number has eight bits: those are put in order quickest

Rows = TypeVar("Rows", pl.Series, pl.Expr)

EVENT = ["device_id", "source_key", "event_code", "event_value", "sent_at", "received_at"]
LANDED = [*EVENT, "kind", "battery_pct", "signal_dbm"]

CHECK = pl.col("device_id").hash(seed=CHECK_SEED) // (1 << ROW_BITS) * (1 << ROW_BITS)
LAG = pl.col("received_at") - pl.col("sent_at")
# What is counted of a message.
VALUES = {
    "received_us": pl.col("received_at").to_physical(),
    "lag_ms": (LAG.to_physical() // 1000).cast(pl.Int32),  # cleaning leaves days, and 24 of them fit
    "battery_pct": pl.col("battery_pct").round().cast(pl.Int8),
    "signal_dbm": pl.col("signal_dbm").round().cast(pl.Int16),
    "is_heartbeat": pl.col("kind") == "hb",
}


@dataclass(frozen=True)
class LandedFile:
    """One landed `data.parquet`; `first_row` numbers its rows, and `end_row` the next file's, among those of all files."""

    path: Path
    first_row: int
    end_row: int


@dataclass(frozen=True)
class FileMessages:
    """What one file says of the day.

    Attributes:
        parts: One frame a part, one row a message in the order of the file: `row` (its row number in the lower 32 bits, and above
            them a second number of the device, which shows where two devices share the first), `device` (a number of 64 bits),
            `message` (a number of its id, of 32), and VALUES; `lag_ms` is null where the device's clock is wrong.
        events: The events that are kept one by one (EVENT), copies included.
    """

    parts: list[pl.DataFrame]
    events: pl.DataFrame


def numbered(paths: Sequence[Path]) -> list[LandedFile]:
    """The files with their places in one common numbering."""
    files, first = [], 0
    for path in paths:
        end = first + pl.scan_parquet(path).select(pl.len()).collect().item()
        files.append(LandedFile(path, first, end))
        first = end
    return files


def read_messages(file: LandedFile, day: date, part_bits: int) -> FileMessages:
    """The messages of the day that one file holds, in 2 ** `part_bits` parts."""
    landed = pl.read_parquet(file.path, columns=LANDED)
    of_day = landed.select(is_of(day).fill_null(value=False)).to_series()
    is_single = (pl.col("kind") == "ev") & ~pl.col("event_code").is_in(telemetry_rules().habitual_events)
    events = landed.filter(of_day & landed.select(is_single.fill_null(value=False)).to_series()).select(EVENT)
    place = pl.int_range(file.first_row, file.first_row + pl.len(), dtype=pl.UInt64)
    numbers = landed.select(
        row=CHECK + place,
        device=pl.col("device_id").hash(seed=DEVICE_SEED),
        message=(pl.col("source_key").hash(seed=KEY_SEED) // (1 << 32)).cast(pl.UInt32),
        **VALUES,
    )
    return FileMessages(_split(numbers, of_day, part_bits), events)


def _split(numbers: pl.DataFrame, of_day: pl.Series, bits: int) -> list[pl.DataFrame]:
    """The rows of the day by the first bits of their device, in their order; those of other days are left out."""
    part = np.where(of_day.to_numpy(), part_of(numbers["device"], bits), 1 << bits).astype(np.uint8)
    order = np.argsort(part, kind="stable")
    ends = np.cumsum(np.bincount(part, minlength=(1 << bits) + 1))[:-1]
    ordered = numbers[order[: ends[-1]]]
    return [ordered[int(start) : int(end)] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def part_of(devices: pl.Series, bits: int) -> np.ndarray:
    """The part of each device number."""
    return devices.to_numpy() >> np.uint64(DEVICE_BITS - bits) if bits else np.zeros(devices.len(), dtype=np.uint64)


def row_number(rows: Rows) -> Rows:
    """The row number alone, without the number of the device above it."""
    return rows % (1 << ROW_BITS)


def read_ids(file: LandedFile, messages: pl.DataFrame) -> pl.DataFrame:
    """Those of the messages that are the file's, with their ids as `source_key`."""
    rows = row_number(messages["row"])
    mine = rows.is_between(file.first_row, file.end_row, closed="left")
    return messages.filter(mine).with_columns(_texts(file, rows.filter(mine), "source_key"))


def read_device_ids(file: LandedFile, rows: pl.Series) -> pl.Series:
    """The devices of those of the rising row numbers that are the file's."""
    start, end = (int(rows.search_sorted(edge)) for edge in (file.first_row, file.end_row))
    return _texts(file, rows[start:end], "device_id")


def _texts(file: LandedFile, rows: pl.Series, column: str) -> pl.Series:
    """One column of the rows with these numbers, in the order asked."""
    if rows.is_empty():
        return pl.Series(column, [], dtype=pl.String)
    return pl.read_parquet(file.path, columns=[column])[column].gather((rows - file.first_row).cast(pl.UInt32))
