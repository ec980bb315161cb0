"""Documents as one PDF on A4 across, with a watermark under every page and its number below.

The font is Adobe's standard Song (STSong-Light), which readers bring along and no file has to hold. Not here: the words.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, LongTable, PageBreak, PageTemplate, Paragraph, Spacer, TableStyle

from returns.clock import on_paper
from returns.report.document import Document
from returns.sheet.text import said

FONT = "STSong-Light"
PAGE = landscape(A4)
MARGIN = 12 * mm
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=16, leading=22, alignment=1)
TOLD = ParagraphStyle("told", fontName=FONT, fontSize=8, leading=12, textColor=colors.HexColor("#5B6770"))
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=7.5, leading=10, wordWrap="CJK")
LINES = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor("#9AA5B1")),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#E7EBEF")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
)


def as_pdf(documents: Sequence[Document], at: datetime) -> bytes:
    """The documents one after the other, each on a new page; `at` is its only clock."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    written, mark = io.BytesIO(), documents[0].mark

    def under(canvas: Canvas, template: BaseDocTemplate) -> None:
        _watermark(canvas, mark, template.page)

    template = BaseDocTemplate(
        written, pagesize=PAGE, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        title=documents[0].title, author="一档", subject=f"{on_paper(at)}",
    )  # fmt: skip
    frame = Frame(MARGIN, MARGIN, PAGE[0] - 2 * MARGIN, PAGE[1] - 2 * MARGIN, 0, 0, 0, 0)
    template.addPageTemplates([PageTemplate("page", [frame], onPage=under)])
    story = [part for document in documents for part in (*_parts(document), PageBreak())]
    template.build(story[:-1])
    return written.getvalue()


def _parts(document: Document) -> list[object]:
    width = PAGE[0] - 2 * MARGIN
    whole = sum(column.width for column in document.columns)
    head = [Paragraph(escape(column.label), CELL) for column in document.columns]
    rows = [[_cell(row.get(column.name)) for column in document.columns] for row in document.rows]
    table = LongTable([head, *rows], colWidths=[width * column.width / whole for column in document.columns], repeatRows=1)
    table.setStyle(LINES)
    told = Paragraph(escape(f"{document.told}　{document.mark}"), TOLD)
    return [Paragraph(escape(document.title), TITLE), told, Spacer(1, 3 * mm), table]


def _cell(value: object) -> Paragraph:
    return Paragraph(escape(said(value)), CELL)


def _watermark(canvas: Canvas, mark: str, page: int) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 20)
    canvas.setFillColor(colors.HexColor("#EEF1F4"))
    for row in range(4):
        for column in range(3):
            canvas.saveState()
            canvas.translate(40 * mm + column * 95 * mm, 30 * mm + row * 50 * mm)
            canvas.rotate(25)
            canvas.drawCentredString(0, 0, mark)
            canvas.restoreState()
    canvas.setFillColor(colors.HexColor("#5B6770"))
    canvas.setFont(FONT, 8)
    canvas.drawCentredString(PAGE[0] / 2, 6 * mm, f"第 {page} 页")
    canvas.restoreState()
