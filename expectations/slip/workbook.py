"""A slip as an Excel workbook in which every cell is a text: no number loses its digits, and nothing can ever be a formula.

Not here: what stands in the cells (slip.py).
"""

import io
import re

import polars as pl
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from expectations.slip.slip import WORDS, Slip

TEXT = "@"  # Excel's own format for text
# A cell that begins so is read as a formula by some program: OWASP's list, and the same signs in full width.
_TRIGGER = re.compile(r"^[\s'\"]*[=+\-@\t\r\n＝＋－＠|%]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WIDEST, LONGEST = 48, 32_000  # of a column, in signs; of a cell, which Excel ends at 32,767


def as_workbook(slip: Slip) -> bytes:
    """The workbook's bytes: the list of issues, the rates, what visits found, and what the words mean."""
    book = Workbook(write_only=True)
    _sheet(book, "更正清单", slip.issues)
    _sheet(book, "更正情况", slip.rates)
    _sheet(book, "现场核查更正", slip.visited)
    told = [("责任单位", slip.department), ("周次", slip.week.name), ("周一", slip.week.monday.isoformat())]
    about = pl.DataFrame([*told, *(("说明", words) for words in WORDS)], schema=["项目", "内容"], orient="row")
    _sheet(book, "说明", about)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def safe_text(value: object) -> str:
    """A value as a text that no program takes for a formula; an apostrophe stands before what might be one."""
    text = _CONTROL.sub("", "" if value is None else str(value))[:LONGEST]
    return f"'{text}" if _TRIGGER.match(text) else text


def _sheet(book: Workbook, title: str, frame: pl.DataFrame) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, name in enumerate(frame.columns):
        longest = max([len(name) * 2, *(len(str(value)) for value in frame[name].head(200).to_list())])
        sheet.column_dimensions[chr(ord("A") + place)].width = min(WIDEST, longest + 2)
    sheet.append([_cell(sheet, name, is_head=True) for name in frame.columns])
    for row in frame.iter_rows():
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: object, value: object, *, is_head: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=safe_text(value))
    cell.data_type = "s"  # also for a text that openpyxl would take for a formula or an error
    cell.number_format = TEXT
    if is_head:
        cell.font = Font(bold=True)
    return cell
