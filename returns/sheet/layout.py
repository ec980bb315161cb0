"""A sheet as offices lay it out: title, a line on whose and when, a heading, rows; protected but for what is to be filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from returns.sheet.text import FONT, put_text, said

TITLE_FONT, GREY = "黑体", PatternFill("solid", fgColor="E7EBEF")
OPEN = PatternFill("solid", fgColor="FFF9E5")  # what is to be filled in
_LINE = Side(style="thin", color="9AA5B1")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

NARROWEST, WIDEST = 6, 44  # characters of a column that follows its contents
_USUAL, _AROUND = 0.95, 2
_CAPITAL = 1.4


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes:
        name: Its key in the rows.
        label: Its heading in Chinese.
        width: In characters.
        is_open: Whether it is to be filled in.
        is_amount: Whether its texts are amounts, which stand to the right as numbers do.
    """

    name: str
    label: str
    width: int = 16
    is_open: bool = False
    is_amount: bool = False


def fitting(label: str, values: Iterable[Any]) -> int:
    """How wide a column has to be for its heading and 19 in 20 of its cells; the few that are longer go on below."""
    wide = sorted(_width(said(value)) for value in values) or [0]
    usual = wide[int(_USUAL * (len(wide) - 1))]
    return min(WIDEST, max(NARROWEST, _width(label) + _AROUND, usual + _AROUND))


def _width(text: str) -> int:
    """In digits, which are half as wide as a Chinese sign; capital letters lie between."""
    return ceil(sum(2 if east_asian_width(sign) in "WF" else _CAPITAL if sign.isupper() else 1 for sign in text))


def new_sheet(book: Workbook, name: str) -> Worksheet:
    """A sheet of a new workbook, whose first one is taken before another is made."""
    first = book.worksheets[0]
    if first.title == "Sheet" and first.max_row == 1 and first["A1"].value is None:
        first.title = name
        return first
    made: Worksheet = book.create_sheet(name)
    return made


def write_head(sheet: Worksheet, title: str, told: str, columns: Sequence[Column]) -> None:
    """Rows 1 to 3: title, what it is and of when, the headings."""
    last = get_column_letter(max(len(columns), 2))
    for row, text in ((1, title), (2, told)):
        put_text(sheet.cell(row, 1), text)
        sheet.merge_cells(f"A{row}:{last}{row}")
    sheet["A1"].font = Font(name=TITLE_FONT, size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet["A2"].font = Font(name=FONT, size=10, color="5B6770")
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 30, 32
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(3, place)
        put_text(cell, column.label, bold=True)
        cell.fill, cell.border = GREY, _BORDER
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:3"


def write_row(sheet: Worksheet, row: int, columns: Sequence[Column], values: dict[str, Any], *, all_open: bool = False) -> None:
    """One row; values without a column are left out."""
    for place, column in enumerate(columns, start=1):
        cell, is_open = sheet.cell(row, place), column.is_open or all_open
        value = values.get(column.name)
        put_text(cell, value, is_open=is_open, is_right=is_right(column, value))
        cell.border = _BORDER
        if is_open:
            cell.fill = OPEN


def is_right(column: Column, value: Any) -> bool:
    """Whether a cell stands to the right: amounts do; a code or a key is a string, and stands to the left."""
    return column.is_amount or (isinstance(value, int | float) and not isinstance(value, bool))


def write_end(sheet: Worksheet, row: int, texts: Sequence[str], width: int) -> None:
    """Lines below the rows, each over all columns."""
    last = get_column_letter(max(width, 2))
    for place, text in enumerate(texts, start=row):
        put_text(sheet.cell(place, 1), text)
        sheet.merge_cells(f"A{place}:{last}{place}")
        sheet.row_dimensions[place].height = 26


def protect(sheet: Worksheet) -> None:
    """Only open cells can be changed; rows can be filtered and columns widened. Against slips of the hand, not against will."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = sheet.protection.sort = False
