"""Documents as one PDF on A4, upright or across as the columns need, with a watermark under every page and its number below.

Layout of an official ledger: title in Hei in the middle, a line on whose and when, headings on grey repeated on every page, text
in Song. Not here: the words (document.py), the fonts (font.py).
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    KeepTogether,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)

from returns.clock import on_paper
from returns.report.document import Document
from returns.report.font import HEI, SONG, embed
from returns.sheet.layout import Column, is_right
from returns.sheet.text import said

MARGIN, FOOT = 14 * mm, 16 * mm
UPRIGHT_TO, ACROSS_TO = 120, 180  # characters of all columns that fit a page, upright and across
SHORT = 15  # characters of a column that keeps its width: dates, numbers, codes
TITLE = ParagraphStyle("title", fontName=HEI, fontSize=18, leading=26, alignment=1, spaceAfter=2 * mm)
TOLD = ParagraphStyle("told", fontName=SONG, fontSize=9, leading=13, textColor=colors.HexColor("#3D4852"), wordWrap="CJK")
END = ParagraphStyle("end", fontName=SONG, fontSize=10, leading=16)
HEAD = ParagraphStyle("head", fontName=HEI, fontSize=9, leading=12, alignment=1, wordWrap="CJK")
CELL = ParagraphStyle("cell", fontName=SONG, fontSize=9, leading=12, wordWrap="CJK")
NUMBER = ParagraphStyle("number", parent=CELL, alignment=2)
LINES = TableStyle(
    [
        ("FONT", (0, 0), (-1, -1), SONG, 9),
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#E7EBEF")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
)
FIXED = "第页共，（续）0123456789 "  # what stands on pages beside the documents' words


def as_pdf(documents: Sequence[Document], at: datetime) -> bytes:
    """The documents one after the other, each on a new page; `at` is its only clock. Every font is embedded."""
    embed([FIXED, *(text for document in documents for text in _texts(document))])
    written, mark = io.BytesIO(), documents[0].mark

    class Numbered(Canvas):  # type: ignore[misc]
        """Keeps its pages until their number is known, then writes under each which of how many it is."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options | {"initialFontName": SONG})
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, state in enumerate(self._kept, start=1):
                self.__dict__.update(state)
                _foot(self, number, len(self._kept))
                super().showPage()
            super().save()

    template = BaseDocTemplate(
        written, title=documents[0].title, author="一档", subject=on_paper(at), invariant=1, lang="zh-CN",
        pagesize=_page(documents[0]),
    )  # fmt: skip
    first = _orientation(documents[0])  # reportlab begins with the first of them
    template.addPageTemplates([_template(name, PAGES[name], mark) for name in sorted(PAGES, key=lambda name: name != first)])
    template.build(_story(documents), canvasmaker=Numbered)
    return written.getvalue()


PAGES: dict[str, tuple[float, float]] = {"upright": A4, "across": landscape(A4)}


def _template(name: str, page: tuple[float, float], mark: str) -> PageTemplate:
    frame = Frame(MARGIN, FOOT, page[0] - 2 * MARGIN, page[1] - MARGIN - FOOT, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=lambda canvas, _: _watermark(canvas, mark, page), pagesize=page)


def _orientation(document: Document) -> str:
    return "upright" if sum(column.width for column in document.columns) <= UPRIGHT_TO else "across"


def _page(document: Document) -> tuple[float, float]:
    return PAGES[_orientation(document)]


def _story(documents: Sequence[Document]) -> list[object]:
    """Each document on pages of its own kind."""
    story: list[object] = []
    for document in documents:
        story += [NextPageTemplate(_orientation(document)), PageBreak(), *_parts(document)]
    return story[2:]


def _parts(document: Document) -> list[object]:
    width = _page(document)[0] - 2 * MARGIN
    head = [Paragraph(escape(column.label), HEAD) for column in document.columns]
    rows = [[_cell(column, row.get(column.name)) for column in document.columns] for row in document.rows]
    table = LongTable([head, *rows], colWidths=_widths(document, width), repeatRows=1)
    table.setStyle(LINES)
    told = Paragraph(escape(f"{document.told}　制表 {document.mark}"), TOLD)
    end = [Paragraph(escape(line), END) for line in document.end]
    return [Paragraph(escape(document.title), TITLE), told, Spacer(1, 3 * mm), table, Spacer(1, 3 * mm), KeepTogether(end)]


def _widths(document: Document, width: float) -> list[float]:
    """How wide each column is: where they are too many, the long ones give way, so that no date and no number is broken."""
    wide: list[float] = [column.width + 1 for column in document.columns]
    room = ACROSS_TO if _orientation(document) == "across" else UPRIGHT_TO
    long = sum(characters for characters in wide if characters > SHORT)
    short = sum(wide) - long
    if sum(wide) > room and long:
        share = max(room - short, long / 2) / long
        wide = [characters * share if characters > SHORT else characters for characters in wide]
    return [width * characters / sum(wide) for characters in wide]


def _cell(column: Column, value: object) -> Paragraph:
    return Paragraph(escape(said(value)), NUMBER if is_right(column, value) else CELL)


def _texts(document: Document) -> list[str]:
    """Every word of a document."""
    cells = [said(row.get(column.name)) for row in document.rows for column in document.columns]
    return [
        document.title,
        document.told,
        document.mark,
        "　制表 ",
        *document.end,
        *(column.label for column in document.columns),
        *cells,
    ]


def _watermark(canvas: Canvas, mark: str, page: tuple[float, float]) -> None:
    """Who made it and when, over the whole page, pale enough to read through."""
    canvas.saveState()
    canvas.setFont(HEI, 16)
    canvas.setFillColor(colors.HexColor("#E3E7EB"))
    for row in range(int(page[1] / (48 * mm)) + 1):
        for column in range(int(page[0] / (85 * mm)) + 1):
            canvas.saveState()
            canvas.translate(42 * mm + column * 85 * mm, 28 * mm + row * 48 * mm)
            canvas.rotate(25)
            canvas.drawCentredString(0, 0, mark)
            canvas.restoreState()
    canvas.restoreState()


def _foot(canvas: Canvas, number: int, count: int) -> None:
    canvas.setFont(SONG, 9)
    canvas.setFillColor(colors.black)
    canvas.drawCentredString(canvas._pagesize[0] / 2, 8 * mm, f"第 {number} 页，共 {count} 页")
