"""The bytes of a delivered file that are kept: all lines but those of passages. Not here: what is stored of these (passage)."""

import io
from dataclasses import replace
from pathlib import PurePosixPath

import polars as pl
import zstandard

from ingestion.readers.lines import Lines
from ingestion.readers.reading import Reading
from ingestion.telemetry.passage import IS_PASSAGE, with_passages_marked
from ingestion.telemetry.passage_line import storable_broken

_LEVEL = 1  # kept for the day when a rule is mended, and read then only


def mark_passages(reading: Reading) -> Reading:
    """The reading with `_is_passage` on its rows, and broken lines as they may be stored."""
    broken = pl.Series("original", [storable_broken(line) for line in reading.broken["original"]], dtype=pl.Binary)
    return replace(reading, frame=with_passages_marked(reading.frame), broken=reading.broken.with_columns(broken))


def kept_file(name: str, data: bytes, lines: Lines | None, reading: Reading) -> tuple[str, bytes]:
    """Name and bytes to keep of a file; the same when it tells of no passage.

    Args:
        name: Under which it came.
        data: What came.
        lines: Its lines; null for a file of columns.
        reading: What was read of it, marked. Lines that could not be read are kept among the refused rows alone.
    """
    is_passage = reading.frame[IS_PASSAGE]
    if not is_passage.any() and reading.broken.is_empty():
        return name, data
    if lines is None:
        written = io.BytesIO()
        pl.read_parquet(io.BytesIO(data)).filter(~is_passage).write_parquet(written)
        return name, written.getvalue()
    plain = lines.joined(reading.frame["_line"].filter(~is_passage).to_numpy())
    return f"{PurePosixPath(name).name.partition('.ndjson')[0]}.ndjson.zst", zstandard.compress(plain, _LEVEL)
