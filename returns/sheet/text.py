"""Text as a cell of a workbook: never a formula, never a sign that Excel cannot hold.

A number that is a key stays text, so that no digit is rounded away. Not here: layout (layout.py).
"""

from datetime import date, datetime
from math import isfinite
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, Protection

FONT = "宋体"
LONGEST = 4_000  # characters of a cell that we read back ourselves
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def put_text(cell: Cell, value: Any, *, bold: bool = False, is_open: bool = False, is_right: bool = False) -> None:
    """Write a value as text, whatever it begins with.

    Args:
        cell: Where.
        value: What; null: an empty cell.
        bold: For headings.
        is_open: Whether it may be changed in a protected sheet.
        is_right: For amounts, which are read by their last digit.
    """
    if value is not None:
        text = ILLEGAL_CHARACTERS_RE.sub("", said(value))[:LONGEST]
        cell.value = text
        cell.data_type = "s"  # openpyxl takes "=…" for a formula unless it is told
    cell.number_format = "@"
    cell.font = Font(name=FONT, size=11, bold=bold)
    cell.alignment = Alignment(horizontal="right" if is_right else None, vertical="center", wrap_text=True)
    cell.protection = Protection(locked=not is_open)
    if isinstance(cell.value, str) and cell.value.startswith(STARTS_FORMULA):
        cell.quotePrefix = True  # it stays text when somebody edits the cell


def said(value: Any) -> str:
    """A value in words: yes and no, minutes of times, at most two decimals and no `.0`; nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and isfinite(value):
        return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")  # no minus before nought
    return str(value)
