"""Forbidden columns in CSV. Not here: reading what remains (readers)."""

import csv
import io

from ingestion.contracts.model import SourceContract
from ingestion.readers.csv_records import Record, split_records
from ingestion.readers.gb18030 import decode

WITHHELD = "withheld"  # stands for a record whose fields cannot be told apart


def clean_csv(data: bytes, contract: SourceContract) -> tuple[bytes, list[str]]:
    """The file without forbidden columns, in UTF-8 with the same line numbers, and their names; else the same bytes."""
    text = decode(data, contract.connector.encoding)
    lines = [f"{line}\n" for line in text.split("\n")]
    header = split_records(lines[:1], width=0)
    names = [name.strip() for name in (header[0].fields or [])] if header else []
    dropped = [name for name in names if contract.is_forbidden(name)]
    if not dropped:
        return data, []
    kept = [place for place, name in enumerate(names) if name not in dropped]
    rest = split_records(lines[1:], len(names), first=2)
    body = "".join(_written(record, len(names), kept) for record in [*header, *_with_gaps(rest)])
    return b"\xef\xbb\xbf" + body.encode("utf-8", errors="replace"), sorted(set(dropped))


def _with_gaps(records: list[Record]) -> list[Record]:
    """Blank lines between records are kept, so that every record keeps its line."""
    filled, next_line = [], 2
    for record in records:
        filled += [Record(line, line, []) for line in range(next_line, record.first)]
        filled.append(record)
        next_line = record.last + 1
    return filled


def _written(record: Record, width: int, kept: list[int]) -> str:
    if record.fields == []:
        return "\r\n"
    if record.fields is None or len(record.fields) != width:
        return WITHHELD + "\r\n" * (record.last - record.first + 1)
    line = io.StringIO(newline="")
    csv.writer(line).writerow([record.fields[place] for place in kept])
    return line.getvalue()
