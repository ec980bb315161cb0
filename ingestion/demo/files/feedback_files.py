"""Workbooks that the street sends back: sheet 核查结果, filled in by hand."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

SHEET = "核查结果"
COLUMNS = ("task_id", "verdict", "field", "value", "checked_by", "checked_at")


def write_feedback(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """Write one workbook of verdicts; a column that a row lacks stays empty. Returns the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    sheet = book.active
    if sheet is None:
        sheet = book.create_sheet()
    sheet.title = SHEET
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([row.get(column) for column in COLUMNS])
    book.save(path)
    return path
