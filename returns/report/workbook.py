"""Documents as sheets of one workbook, each with its watermark in the head and foot of every printed page."""

from collections.abc import Sequence

from openpyxl import Workbook

from returns.report.document import Document
from returns.sheet.layout import new_sheet, protect, write_end, write_head, write_row

LONGEST_NAME = 31  # characters of a sheet's name


def as_workbook(documents: Sequence[Document]) -> Workbook:
    """One sheet a document."""
    book = Workbook()
    for document in documents:
        sheet = new_sheet(book, document.title[:LONGEST_NAME])
        write_head(sheet, document.title, f"{document.told}　制表 {document.mark}", document.columns)
        for place, row in enumerate(document.rows, start=4):
            write_row(sheet, place, document.columns, row)
        write_end(sheet, 4 + len(document.rows), document.end, len(document.columns))
        sheet.oddHeader.right.text = document.mark.replace("&", "&&")
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
        sheet.freeze_panes = "A4"
        protect(sheet)
    return book
