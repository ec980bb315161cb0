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
PIECE_ROWS = 1 << 20  # of a file at a time: more of them need more memory, and new memory is dear
MOST_PART_BITS = 7  # with one more part, for other days, a part's number has eight bits: those are put in order quickest

Rows = TypeVar("Rows", pl.Series, pl.Expr)

EVENT = ["device_id", "source_key", "event_code", "event_value", "sent_at", "received_at"]
LANDED = [*EVENT, "kind", "battery_pct", "signal_dbm", "is_late"]

CHECK = pl.col("device_id").hash(seed=CHECK_SEED) // (1 << ROW_BITS) * (1 << ROW_BITS)
LAG = pl.col("received_at") - pl.col("sent_at")
MOST_MS = 2**31 - 2  # of what a lag may be: 24 days; who is later is no later for that
ON_TIME_MS, LATE_MS = -(2**31), 2**31 - 1  # stand for the lags of passages, of which is told only whether they were late
# What is counted of a message.
VALUES = {
    "received_us": pl.col("received_at").to_physical(),
    "lag_ms": (LAG.to_physical() // 1000).clip(-MOST_MS, MOST_MS).cast(pl.Int32),
    "battery_pct": pl.col("battery_pct").round().cast(pl.Int8),
    "signal_dbm": pl.col("signal_dbm").round().cast(pl.Int16),
    "is_heartbeat": pl.col("kind") == "hb",
}


@dataclass(frozen=True)
class LandedPiece:
    """Some rows of a landed `data.parquet`, from `offset` on; `first_row` to `end_row` number them among those of all files."""

    path: Path
    offset: int
    first_row: int
    end_row: int

    def read(self, columns: Sequence[str]) -> pl.DataFrame:
        """These columns of its rows; those that the file lacks are left out."""
        scan = pl.scan_parquet(self.path)
        present = [name for name in columns if name in scan.collect_schema()]
        return scan.select(present).slice(self.offset, self.end_row - self.first_row).collect()


@dataclass(frozen=True)
class PieceMessages:
    """What one piece of a file says of the day.

    Attributes:
        parts: One frame a part, one row a message in the order of the piece: `row` (its row number in the lower 32 bits, and in
            the upper ones a second number of the device, which shows where two devices share the first), `device` (a number of 64
            bits), `message` (a number of its id, of 32), and VALUES; `lag_ms` is null where the device's clock is wrong.
        events: The events that are kept one by one (EVENT), copies included.
    """

    parts: list[pl.DataFrame]
    events: pl.DataFrame


def pieces_of(paths: Sequence[Path]) -> list[LandedPiece]:
    """All rows of the files with their places in one common numbering, so many at a time that they are quickly handled."""
    pieces, first = [], 0
    for path in paths:
        height = pl.scan_parquet(path).select(pl.len()).collect().item()
        for offset in range(0, max(1, height), PIECE_ROWS):  # of an empty file, one empty piece
            end = first + min(PIECE_ROWS, height - offset)
            pieces.append(LandedPiece(path, offset, first, end))
            first = end
    return pieces


def read_messages(piece: LandedPiece, day: date, part_bits: int) -> PieceMessages:
    """The messages of the day that one piece holds, in 2 ** `part_bits` parts."""
    landed = piece.read(LANDED)
    of_day = landed.select(is_of(day).fill_null(value=False)).to_series()
    is_single = (pl.col("kind") == "ev") & ~pl.col("event_code").is_in(telemetry_rules().habitual_events)
    events = landed.filter(of_day & landed.select(is_single.fill_null(value=False)).to_series()).select(EVENT)
    place = pl.int_range(piece.first_row, piece.end_row, dtype=pl.UInt64)
    numbers = landed.select(
        row=CHECK + place,
        device=pl.col("device_id").hash(seed=DEVICE_SEED),
        message=(pl.col("source_key").hash(seed=KEY_SEED) // (1 << 32)).cast(pl.UInt32),
        **_values(landed),
    )
    return PieceMessages(in_parts(numbers, part_bits, of_day), _by_themselves(events))


def _values(landed: pl.DataFrame) -> dict[str, pl.Expr]:
    """VALUES, with the lags of passages where there are any."""
    if "is_late" not in landed.columns or landed["is_late"].null_count() == landed.height:
        return VALUES
    told = pl.when("is_late").then(pl.lit(LATE_MS)).otherwise(pl.lit(ON_TIME_MS)).cast(pl.Int32)
    return VALUES | {"lag_ms": pl.when(pl.col("is_late").is_null()).then(VALUES["lag_ms"]).otherwise(told)}


def _by_themselves(events: pl.DataFrame) -> pl.DataFrame:
    """The same rows with texts of their own: a filtered text column keeps the texts of every row of the piece in memory."""
    return pl.DataFrame(events.to_arrow(compat_level=pl.CompatLevel.oldest()))


def in_parts(messages: pl.DataFrame, bits: int, wanted: pl.Series) -> list[pl.DataFrame]:
    """The wanted messages by the first bits of their device, in their order."""
    device = messages["device"].to_numpy() >> np.uint64(DEVICE_BITS - bits)
    part = np.where(wanted.to_numpy(), device if bits else 0, 1 << bits).astype(np.uint8)
    order = np.argsort(part, kind="stable")
    ends = np.cumsum(np.bincount(part, minlength=(1 << bits) + 1))[:-1]
    ordered = messages[order[: ends[-1]]]
    return [ordered[int(start) : int(end)] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def row_number(rows: Rows) -> Rows:
    """The row number alone, without the number of the device above it."""
    return rows % (1 << ROW_BITS)


def read_texts(piece: LandedPiece, rows: pl.Series, column: str) -> pl.Series:
    """One column of those of the rising row numbers that are the piece's."""
    start, end = (int(rows.search_sorted(edge)) for edge in (piece.first_row, piece.end_row))
    if start == end:
        return pl.Series(column, [], dtype=pl.String)
    return piece.read([column])[column].gather((rows[start:end] - piece.first_row).cast(pl.UInt32))
