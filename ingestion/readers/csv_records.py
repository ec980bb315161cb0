"""Records out of the lines of a CSV text with quotes: RFC 4180, and no broken record may swallow the good one after it.

Not here: bytes, headers and frames (csv_text).
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_LINES = 100  # of one record; a quote that is open for longer was never meant as one
UNFINISHED = "unexpected end of data"
csv.field_size_limit(1 << 24)


@dataclass(frozen=True)
class Record:
    """One record: its first and last physical line (from 1), and its fields; null when its quotes cannot be understood."""

    first: int
    last: int
    fields: list[str] | None


def split_records(lines: Sequence[str], width: int, first: int = 1) -> list[Record]:
    """The records of these lines, blank ones left out; `first` is the number of the first line, `width` the fields expected.

    The quick way reads all lines in one go; when a record of several lines does not fit, lines are taken one by one.
    """
    quick = _in_one_go(lines, width, first)
    return quick if quick is not None else list(_one_by_one(lines, width, first))


def _in_one_go(lines: Sequence[str], width: int, first: int) -> list[Record] | None:
    reader, records, start = csv.reader(lines, strict=True), [], 0
    try:
        for fields in reader:
            if reader.line_num - start > 1 and len(fields) != width:
                return None
            if fields:
                records.append(Record(first + start, first + reader.line_num - 1, fields))
            start = reader.line_num
    except csv.Error:
        return None
    return records


def _one_by_one(lines: Sequence[str], width: int, first: int) -> Iterator[Record]:
    at = 0
    while at < len(lines):
        end, fields = (at + 1, _alone(lines[at])) if '"' not in lines[at] else _quoted(lines, at, width)
        if fields != []:
            yield Record(first + at, first + end - 1, fields)
        at = end


def _quoted(lines: Sequence[str], at: int, width: int) -> tuple[int, list[str] | None]:
    """Where the record that begins at this line ends, and its fields."""
    end = _closing(lines, at)
    fields = next(csv.reader(lines[at:end]), []) if end else None
    if fields is not None and (len(fields) == width or end == at + 1):
        return end or at + 1, fields
    return _next_sound(lines, at, end or at + 1, width), None


def _closing(lines: Sequence[str], at: int) -> int | None:
    """The first end at which no quote is open; null when none comes near, or when one closes in the middle of a later field."""
    for end in range(at + 1, min(at + MOST_LINES, len(lines)) + 1):
        try:
            list(csv.reader(lines[at:end], strict=True))
        except csv.Error as error:
            if UNFINISHED in str(error):
                continue
            return end if end == at + 1 else None
        return end
    return None


def _next_sound(lines: Sequence[str], at: int, end: int, width: int) -> int:
    """A broken record ends before the first following line that is a whole record by itself."""
    for after in range(at + 1, end):
        if '"' not in lines[after] and len(_alone(lines[after]) or []) == width:
            return after
    return end


def _alone(line: str) -> list[str] | None:
    """The fields of a line read by itself; null when it cannot be read."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return None
