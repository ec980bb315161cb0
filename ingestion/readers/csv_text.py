"""CSV bytes into a frame of text, with physical line numbers. Not here: quotes (csv_records), encodings (gb18030)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ingestion.readers.csv_records import Record, split_records
from ingestion.readers.gb18030 import decode
from ingestion.readers.lines import NEWLINE, LineBytes, Lines
from ingestion.readers.reading import Reading, broken_rows
from ingestion.refusal import RefusedError

COUNT_RULE = "CSV-FIELD-COUNT"
QUOTE_RULE = "CSV-QUOTE"
ENCODING_RULE = "CSV-ENCODING"
COMMA = 44
OTHER_SIGNS = {";": "semicolons", "\t": "tabs", "|": "bars"}
UTF16_MARKS = ("\udcff\udcfe", "\udcfe\udcff")  # bytes FF FE and FE FF, which are no text in any agreed encoding


@dataclass(frozen=True)
class Header:
    """The columns of a file as the contract spells them, and the number of the line after the header."""

    names: list[str]
    next_line: int


def read_csv(data: bytes, fields: Sequence[str], key: str, encoding: str) -> Reading:
    """Rows of a CSV file with one header line; columns that the contract does not name are left out.

    A row with a wrong number of fields, open quotes or bytes that are no text is broken. Raises RefusedError when the header is
    missing, names a column twice or lacks the key.
    """
    text = decode(data, encoding)
    header = read_header(text, fields, key)
    plain = None if '"' in text or not _is_text(text) else _read_plain(data, text, header)
    frame, broken, last = plain if plain is not None else _read_quoted(data, text, header)
    known = [name for name in fields if name in header.names]
    missing = [pl.lit(None, dtype=pl.String).alias(name) for name in fields if name not in header.names]
    named = tuple(name for name in header.names if name)
    return Reading(frame.select("_line", *known, *missing), LineBytes(data, last), broken, named)


def read_header(text: str, fields: Sequence[str], key: str) -> Header:
    """The header's column names; spelling in other case or with spaces around is understood."""
    line, _, _ = text.partition("\n")
    records = split_records([line], width=len(fields))
    names = [name.strip() for name in (records[0].fields or [])] if records else []
    agreed = {field.casefold(): field for field in fields}
    names = [agreed.get(name.casefold(), name) for name in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice and key in names:
        raise RefusedError(f"line 1: column {twice[0]} stands there twice")
    if key not in names:
        raise RefusedError(f"line 1: a header line with column {key} was expected, found {_instead(line, names, fields)}")
    return Header(names, 2)


def _instead(line: str, names: Sequence[str], fields: Sequence[str]) -> str:
    """What stands there instead of an agreed header, without a value of it."""
    if not line.strip():
        return "nothing: the file is empty or begins with a blank line"
    if "\0" in line or line.startswith(UTF16_MARKS):
        return "UTF-16 text: send it in the agreed encoding"
    other = next((sign for sign in OTHER_SIGNS if line.count(sign) >= len(fields) - 1), None)
    if other:
        return f"columns parted by {OTHER_SIGNS[other]} instead of a comma"
    if not set(names) & set(fields):
        return f"{len(names)} other columns and none that was agreed: is the header line missing?"
    return f"{len(names)} other columns"


def _is_text(text: str) -> bool:
    """Whether every byte could be decoded; lone surrogates stand for those that could not."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


Parts = tuple[pl.DataFrame, pl.DataFrame, dict[int, int]]


def _read_plain(data: bytes, text: str, header: Header) -> Parts | None:
    """The quick way for a file without a single quote: lines are records. Null when lines and records do not agree."""
    found = Lines(data)
    commas = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == COMMA)
    counts = np.diff(np.searchsorted(commas, found.ends), prepend=0) + 1
    numbers = np.arange(1, len(found) + 1)
    is_row = (found.last_bytes() != NEWLINE) & (numbers >= header.next_line)
    is_good = is_row & (counts == len(header.names))
    bad = [int(line) for line in numbers[is_row & ~is_good]]
    lines = text.split("\n")
    body = "\n".join(lines[line - 1] for line in numbers[is_good]) if bad or not is_row[header.next_line - 1 :].all() else None
    body = text.partition("\n")[2] if body is None else body
    schema = {f"column_{i + 1}": pl.String for i in range(len(header.names))}
    frame = pl.read_csv(body.encode(), has_header=False, schema=schema, quote_char=None) if body else pl.DataFrame(schema=schema)
    if frame.height != int(is_good.sum()):
        return None
    frame.columns = _unique_names(header.names)
    frame = frame.with_columns(pl.Series("_line", numbers[is_good], dtype=pl.Int64))
    broken = broken_rows([(n, COUNT_RULE, _count_detail(header, int(counts[n - 1])), found.text(n)) for n in bad])
    return frame, broken, {}


def _read_quoted(data: bytes, text: str, header: Header) -> Parts:
    """The careful way: records may span lines."""
    lines = [f"{line}\n" for line in text.split("\n")[header.next_line - 1 :]]
    records = split_records(lines, len(header.names), header.next_line)
    good = [r for r in records if r.fields is not None and len(r.fields) == len(header.names) and _is_text("".join(r.fields))]
    kept = {record.first for record in good}
    last = {record.first: record.last for record in records if record.last > record.first}
    bad = [record for record in records if record.first not in kept]
    originals = LineBytes(data, last)([record.first for record in bad])
    columns = list(zip(*(record.fields or [] for record in good), strict=True)) or [()] * len(header.names)
    named = zip(_unique_names(header.names), columns, strict=True)
    frame = pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in named})
    frame = frame.with_columns(pl.Series("_line", [record.first for record in good], dtype=pl.Int64))
    rows = [(record.first, *_verdict(record, header), original) for record, original in zip(bad, originals, strict=True)]
    return frame, broken_rows(rows), last


def _verdict(record: Record, header: Header) -> tuple[str, str]:
    """Rule and reason for a broken record."""
    if record.fields is None:
        return QUOTE_RULE, f"quotes do not close, or not within {len(header.names)} fields"
    if len(record.fields) != len(header.names):
        return COUNT_RULE, _count_detail(header, len(record.fields))
    return ENCODING_RULE, "bytes that are no text in the agreed encoding"


def _count_detail(header: Header, found: int) -> str:
    return f"expected {len(header.names)} fields, found {found}"


def _unique_names(names: list[str]) -> list[str]:
    """Columns without a name get one, since a frame needs it; they are left out later."""
    return [name or f"_unnamed_{position}" for position, name in enumerate(names)]
