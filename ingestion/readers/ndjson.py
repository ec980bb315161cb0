"""Newline-delimited JSON into a frame of text; nested values stay JSON text. Not here: decompression."""

import json
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from ingestion.readers.lines import BLANKS, LineBytes, Lines
from ingestion.readers.reading import Reading, broken_rows, text_schema

RULE = "JSON-BROKEN"
DETAIL = "line is cut off or not a JSON object"
BLOCKS = (8192, 256, 256, 1)  # how many lines are tried together where all of them are not to be had, from coarse to fine
JUDGED = 2  # from this step on, only lines that another reader takes for objects
MARK = b"\xef\xbb\xbf"
Numbers = npt.NDArray[np.int64]


def read_ndjson(data: bytes, fields: Sequence[str], whole_numbers: Sequence[str] = ()) -> Reading:
    """One row a line; blank lines are none. Lines that are no JSON object are broken, with their bytes.

    `whole_numbers`: fields that become Int64 when each of them is a whole number or null; else all fields are text.
    """
    lines = Lines(b"   " + data[len(MARK) :] if data.startswith(MARK) else data)
    original_of = LineBytes(data, lines=lines if lines.data is data else None)
    is_likely = (lines.first_bytes() == ord("{")) & (lines.last_bytes() == ord("}"))
    numbers = np.arange(1, len(lines) + 1, dtype=np.int64)
    likely, broken = _looked_at(lines, is_likely)
    found = lines.data if likely.all() else lines.joined(numbers[likely])
    schemas = [text_schema(fields) | dict.fromkeys(whole_numbers, pl.Int64())] if whole_numbers else []
    for schema in [*schemas, text_schema(fields)]:
        frame = _parse(found, schema)
        if frame is not None and frame.height == likely.sum():
            return Reading(_numbered(frame, numbers[likely]), original_of, _broken(lines, broken))
    frames, failed = _read_blocks(lines, numbers[likely], fields, step=0)
    frame = pl.concat([_numbered(pl.DataFrame(schema=text_schema(fields)), numbers[:0]), *frames])
    return Reading(frame, original_of, _broken(lines, sorted([*broken, *failed])))


def _parse(text: bytes, schema: Mapping[str, pl.DataType]) -> pl.DataFrame | None:
    """All lines at once; null when one of them is no JSON object, or holds a value of another type than the schema's."""
    if not text.strip():
        return pl.DataFrame(schema=schema)
    try:
        return pl.read_ndjson(text, schema=schema)
    except pl.exceptions.PolarsError:
        return None


def _looked_at(lines: Lines, is_likely: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.bool_], list[int]]:
    """Which lines may be objects, and the numbers of those that are none: what does not look like one is judged by itself."""
    likely, broken = is_likely.copy(), []
    for place in np.flatnonzero(~is_likely).tolist():
        line = lines.text(place + 1)
        likely[place] = _is_object(line)
        if not likely[place] and line.strip(BLANKS):
            broken.append(place + 1)
    return likely, broken


def _broken(lines: Lines, numbers: list[int]) -> pl.DataFrame:
    return broken_rows([(number, RULE, DETAIL, lines.text(number)) for number in numbers])


def _read_blocks(lines: Lines, numbers: Numbers, fields: Sequence[str], step: int) -> tuple[list[pl.DataFrame], list[int]]:
    """Frames of the lines that can be read, and the numbers of those that cannot."""
    frames: list[pl.DataFrame] = []
    failed: list[int] = []
    if step == JUDGED:
        failed = sorted({int(number) for number in numbers} - set(objects := _objects(lines, numbers)))
        numbers = np.array(objects, dtype=np.int64)
    for start in range(0, len(numbers), BLOCKS[step]):
        block = numbers[start : start + BLOCKS[step]]
        frame = _parse(lines.joined(block), text_schema(fields))
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
