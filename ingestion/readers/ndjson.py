"""Newline-delimited JSON into a frame of text; nested values stay JSON text. Not here: decompression."""

import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from ingestion.readers.lines import BLANKS, LineBytes, Lines
from ingestion.readers.reading import Reading, broken_rows, text_schema

RULE = "JSON-BROKEN"
DETAIL = "line is cut off or not a JSON object"
BLOCKS = (1 << 62, 8192, 256, 256, 1)  # how many lines are tried together, from all of them to fine
JUDGED = 3  # from this step on, only lines that another reader takes for objects
MARK = b"\xef\xbb\xbf"
Numbers = npt.NDArray[np.int64]


def read_ndjson(data: bytes, fields: Sequence[str]) -> Reading:
    """One row a line; blank lines are none. Lines that are no JSON object are broken, with their bytes."""
    lines = Lines(b"   " + data[len(MARK) :] if data.startswith(MARK) else data)
    original_of = LineBytes(data, lines=lines if lines.data is data else None)
    is_likely = (lines.first_bytes() == ord("{")) & (lines.last_bytes() == ord("}"))
    frame = _parse(lines.data, fields) if is_likely.all() else None
    if frame is not None and frame.height == len(lines):
        return Reading(_numbered(frame, np.arange(1, frame.height + 1)), original_of)
    return _read_carefully(lines, original_of, is_likely, fields)


def _parse(text: bytes, fields: Sequence[str]) -> pl.DataFrame | None:
    """All lines at once; null when one of them is no JSON object."""
    if not text.strip():
        return pl.DataFrame(schema=text_schema(fields))
    try:
        return pl.read_ndjson(text, schema=text_schema(fields))
    except pl.exceptions.PolarsError:
        return None


def _read_carefully(lines: Lines, original_of: LineBytes, is_likely: npt.NDArray[np.bool_], fields: Sequence[str]) -> Reading:
    """Lines that do not look like an object are judged one by one; the others in blocks, finer where one fails."""
    numbers = np.arange(1, len(lines) + 1, dtype=np.int64)
    likely = is_likely.copy()
    broken = []
    for number in numbers[~is_likely]:
        line = lines.text(int(number))
        likely[number - 1] = _is_object(line)
        if not likely[number - 1] and line.strip(BLANKS):
            broken.append(int(number))
    frames, failed = _read_blocks(lines, numbers[likely], fields, step=0)
    found = sorted([*broken, *failed])
    frame = pl.concat([_numbered(pl.DataFrame(schema=text_schema(fields)), numbers[:0]), *frames])
    rows = [(number, RULE, DETAIL, lines.text(number)) for number in found]
    return Reading(frame, original_of, broken_rows(rows))


def _read_blocks(lines: Lines, numbers: Numbers, fields: Sequence[str], step: int) -> tuple[list[pl.DataFrame], list[int]]:
    """Frames of the lines that can be read, and the numbers of those that cannot."""
    frames: list[pl.DataFrame] = []
    failed: list[int] = []
    if step == JUDGED:
        failed = sorted({int(number) for number in numbers} - set(objects := _objects(lines, numbers)))
        numbers = np.array(objects, dtype=np.int64)
    for start in range(0, len(numbers), BLOCKS[step]):
        block = numbers[start : start + BLOCKS[step]]
        frame = _parse(lines.joined(block), fields)
        if frame is not None and frame.height == len(block):
            frames.append(_numbered(frame, block))
        elif len(block) == 1:
            failed.append(int(block[0]))
        else:
            inner, lost = _read_blocks(lines, block, fields, step + 1)
            frames.extend(inner)
            failed.extend(lost)
    return frames, failed


def _objects(lines: Lines, numbers: Numbers) -> list[int]:
    """Those of the lines that another, stricter reader takes for JSON objects."""
    return [int(number) for number in numbers if _is_object(lines.text(int(number)))]


def _numbered(frame: pl.DataFrame, numbers: Numbers) -> pl.DataFrame:
    return frame.with_columns(pl.Series("_line", numbers, dtype=pl.Int64))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
