"""One sheet of an Excel workbook into a frame of text.

Not here: opening it (ingestion/workbook), which sheet (the contract says so).
"""

from collections.abc import Sequence

import polars as pl

from ingestion.readers.reading import Reading, text_schema
from ingestion.workbook.open import Sheet, refusal

HEADER_WITHIN = 10  # rows: a title row or two may stand above the header


def read_workbook(sheet: Sheet, fields: Sequence[str], prefilled: Sequence[str] = ()) -> Reading:
    """The rows below the header that say more than what was `prefilled`; `_line` is the row's number in the sheet.

    Raises RefusedError for a sheet without the columns, with one of them twice, or with merged cells below them.
    """
    start, places = _find_header(sheet, fields)
    below = [row for row in sheet.merged if row > start]
    if below:
        raise refusal("merged", sheet=sheet.name, row=min(below))
    lines, values = [], []
    for number, row in enumerate(sheet.rows[start + 1 :], start=start + 2):
        cells = [row[places[name]] if name in places and places[name] < len(row) else None for name in fields]
        if any(cell for cell, name in zip(cells, fields, strict=True) if name not in prefilled):
            lines.append(number)
            values.append(cells)
    frame = pl.DataFrame(values, schema=text_schema(fields), orient="row").with_columns(pl.Series("_line", lines, dtype=pl.Int64))
    named = tuple(name for cell in sheet.rows[start] if (name := (cell or "").strip()))
    return Reading(frame, _SheetRows(sheet.rows), columns=named)


def _find_header(sheet: Sheet, fields: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The first row (from 0) that names the first agreed columns, and where each column stands."""
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        names = [(cell or "").strip() for cell in row]
        places = {name: names.index(name) for name in fields if name in names}
        if fields[0] in places and len(places) > 1:
            twice = [name for name in places if names.count(name) > 1]
            if twice:
                raise refusal("header_twice", sheet=sheet.name, found="、".join(twice))
            return number, places
    raise refusal("header", sheet=sheet.name, most=HEADER_WITHIN, found="、".join(fields))


class _SheetRows:
    """Gives rows of a sheet as text separated by tabs."""

    def __init__(self, rows: list[list[str | None]]) -> None:
        self.rows = rows

    def __call__(self, lines: Sequence[int]) -> list[bytes]:
        return ["\t".join(cell or "" for cell in self.rows[line - 1]).encode() for line in lines]
