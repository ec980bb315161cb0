"""One sheet of an Excel workbook into a frame of text. Not here: which sheet (the contract says so)."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import polars as pl
from python_calamine import CalamineWorkbook

from ingestion.readers.reading import Reading, text_schema
from ingestion.refusal import RefusedError

MOST_BYTES = 256 << 20  # of all members unzipped: a workbook of a street office has less than one hundredth of it
MOST_MEMBERS = 2000
HEADER_WITHIN = 10  # rows: a title row or two may stand above the header


def read_workbook(data: bytes, sheet: str, fields: Sequence[str]) -> Reading:
    """The rows below the header; `_line` is the row's number in the sheet. Empty rows are none.

    Raises RefusedError for what is no workbook, is too big when unzipped, lacks the sheet or the columns.
    """
    rows = _sheet_rows(data, sheet)
    start, places = _find_header(rows, sheet, fields)
    lines, values = [], []
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        cells = [_text(row[places[name]]) if name in places and places[name] < len(row) else None for name in fields]
        if any(cells):
            lines.append(number)
            values.append(cells)
    frame = pl.DataFrame(values, schema=text_schema(fields), orient="row").with_columns(pl.Series("_line", lines, dtype=pl.Int64))
    return Reading(frame, _SheetRows(rows))


def _sheet_rows(data: bytes, sheet: str) -> list[list[Any]]:
    require_size(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if sheet not in workbook.sheet_names:
            raise RefusedError(f"sheet {sheet} is missing; found: {', '.join(workbook.sheet_names[:5])}")
        return workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except RefusedError:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises whatever a damaged workbook provokes
        raise RefusedError(f"not a readable Excel workbook ({type(error).__name__})") from None


def require_size(data: bytes) -> None:
    """Look at the directory of the zip before anything is unzipped."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise RefusedError(f"not an Excel workbook (.xlsx): {type(error).__name__}") from None
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise RefusedError(f"workbook unzips to more than {MOST_BYTES >> 20} MiB or {MOST_MEMBERS} members")


def _find_header(rows: list[list[Any]], sheet: str, fields: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The first row that names the first agreed columns, and where each column stands."""
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        names = [(_text(cell) or "").strip() for cell in row]
        places = {name: names.index(name) for name in fields if name in names}
        if fields[0] in places and len(places) > 1:
            return number, places
    raise RefusedError(f"sheet {sheet}: no header row with {', '.join(fields)} in its first {HEADER_WITHIN} rows")


def _text(cell: Any) -> str | None:
    """A cell as a person reads it: no `.0` at whole numbers, ISO dates; null when empty."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


class _SheetRows:
    """Gives rows of a sheet as text separated by tabs."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self.rows = rows

    def __call__(self, lines: Sequence[int]) -> list[bytes]:
        return ["\t".join(_text(cell) or "" for cell in self.rows[line - 1]).encode() for line in lines]
