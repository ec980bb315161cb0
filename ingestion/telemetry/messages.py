"""The messages of one day out of landed files, as numbers: texts are read again only for the few that need them.

Not here: what repeats (repeats), what is counted (count).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ingestion.telemetry.moment import day_number
from ingestion.telemetry.repeats import DEVICE_SEED, MESSAGE_NUMBER
from ingestion.telemetry.rules import telemetry_rules

READERS = 2  # files at a time: one file alone does not keep two cores busy
CHECK_SEED = 20261122
ROW_BITS = 32

# What is counted of a message; a message of a device with a wrong clock has no `sent_at`.
LATE = (pl.col("received_at") - pl.col("sent_at") > pl.duration(minutes=telemetry_rules().late_minutes)).fill_null(value=False)
VALUES = {
    "received_us": pl.col("received_at").to_physical(),  # microseconds
    "battery_pct": pl.col("battery_pct").round().cast(pl.Int8),
    "signal_dbm": pl.col("signal_dbm").round().cast(pl.Int16),
    "is_heartbeat": pl.col("kind") == "hb",
    "is_late": LATE,
    "is_clock_wrong": pl.col("sent_at").is_null(),
}


@dataclass(frozen=True)
class LandedFile:
    """One landed `data.parquet`; `first_row` numbers its rows among those of all files of the day."""

    path: Path
    first_row: int

    def texts(self, rows: pl.Series, columns: Sequence[str]) -> pl.DataFrame:
        """Some columns of the rows with these numbers, in the order asked."""
        return pl.read_parquet(self.path, columns=list(columns))[(rows - self.first_row).cast(pl.UInt32)]


def numbered(paths: Sequence[Path]) -> list[LandedFile]:
    """The files with their places in one common numbering."""
    files, first = [], 0
    for path in paths:
        files.append(LandedFile(path, first))
        first += pl.scan_parquet(path).select(pl.len()).collect().item()
    return files


def read_numbers(files: Sequence[LandedFile], day: date) -> list[pl.DataFrame]:
    """One frame a file with the messages of the day.

    Columns: `number` (of the message), `device` (a number for it), `row` (its row number in the lower 32 bits, and above them a
    second number of the device, which shows where two devices share the first), and VALUES.
    """
    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(lambda file: _numbers(file, day), files))


def _numbers(file: LandedFile, day: date) -> pl.DataFrame:
    check = pl.col("device_id").hash(seed=CHECK_SEED) // (1 << ROW_BITS) * (1 << ROW_BITS)
    return (
        pl.scan_parquet(file.path, row_index_name="place", row_index_offset=file.first_row)
        .filter(_is_of(day))
        .select(
            number=MESSAGE_NUMBER,
            device=pl.col("device_id").hash(seed=DEVICE_SEED),
            row=check + pl.col("place").cast(pl.UInt64),
            **VALUES,
        )
        .collect()
    )


def read_copies(files: Sequence[LandedFile], rows: Sequence[pl.Series]) -> pl.DataFrame:
    """The messages with these row numbers, file by file, as they landed."""
    columns = ["device_id", "source_key", "sent_at", "received_at", "kind", "battery_pct", "signal_dbm"]
    found = [file.texts(wanted, columns) for file, wanted in zip(files, rows, strict=True) if wanted.len()]
    return pl.concat(found) if found else pl.read_parquet(files[0].path, columns=columns, n_rows=0)


def read_device_ids(files: Sequence[LandedFile], rows: pl.Series) -> pl.DataFrame:
    """`row` and `device_id` of each of these row numbers, in any order."""
    ends = [*(file.first_row for file in files[1:]), None]
    found = [pl.DataFrame(schema={"row": rows.dtype, "device_id": pl.String})]
    for file, end in zip(files, ends, strict=True):
        mine = rows.filter((rows >= file.first_row) & (rows < end if end is not None else rows >= 0))
        found.append(pl.DataFrame({"row": mine}).hstack(file.texts(mine, ["device_id"])) if mine.len() else found[0])
    return pl.concat(found)


def read_events(files: Sequence[LandedFile], day: date) -> pl.DataFrame:
    """The events of the day that are kept one by one, copies included, as they landed."""
    is_single = (pl.col("kind") == "ev") & ~pl.col("event_code").is_in(telemetry_rules().habitual_events)
    columns = ["device_id", "source_key", "event_code", "event_value", "sent_at", "received_at"]
    found = [pl.scan_parquet(file.path).filter(is_single).select(columns).collect() for file in files]
    return pl.concat(found).filter(_is_of(day))  # few are left by now: the clocks of the others need not be read


def _is_of(day: date) -> pl.Expr:
    return day_number() == (day - date(1970, 1, 1)).days
