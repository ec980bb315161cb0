"""The fonts that every PDF carries within it: Song (Noto Serif SC) for text, Hei (Noto Sans SC) for titles and headings.

A printer without Chinese fonts prints what is meant, to the sign. Of a font only the characters of one document are taken; they
are turned from CFF into TrueType outlines, the only ones that reportlab embeds. Both fonts are under the SIL Open Font License.
A character that the font lacks shows as its empty box. Not here: the pages (pdf.py).
"""

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont

SONG, HEI = "YidangSong", "YidangHei"
FILES = {SONG: pylopdf_fonts_zh_cn.serif_path, HEI: pylopdf_fonts_zh_cn.sans_path}
ERROR = 1.0  # thousandths of the height of a line by which a curve may differ: less than a printer's dot
NOTDEF = ".notdef"


def embed(texts: Iterable[str]) -> None:
    """Register both fonts with every character of the texts, under the names SONG and HEI."""
    signs = "".join(sorted(set("".join(texts)) | {" "}))
    for name in FILES:
        pdfmetrics.registerFont(EmbeddedFont(name, io.BytesIO(_cut(name, signs))))


@cache
def _cut(name: str, signs: str) -> bytes:
    """A TrueType font with these characters alone."""
    font = _font(name)
    known = font.getBestCmap()
    names = {ord(sign): known[ord(sign)] for sign in signs if ord(sign) in known}
    order = [NOTDEF, *dict.fromkeys(names.values())]
    builder = FontBuilder(font["head"].unitsPerEm)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    glyphs = {glyph: _outline(name, glyph) for glyph in order}
    builder.setupGlyf(glyphs)
    widths = font["hmtx"].metrics
    builder.setupHorizontalMetrics({glyph: (widths[glyph][0], getattr(glyphs[glyph], "xMin", 0)) for glyph in order})
    builder.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2(sTypoAscender=font["hhea"].ascent, sTypoDescender=font["hhea"].descent, fsType=0)
    builder.setupPost(keepGlyphNames=False)
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


@cache
def _font(name: str) -> Any:
    path: Path = FILES[name]()
    return TTFont(path, lazy=True)


@cache
def _outlines(name: str) -> Any:
    return _font(name).getGlyphSet()


@cache
def _outline(name: str, glyph: str) -> Any:
    """One glyph with quadratic curves; kept, since the documents of a run share most of their characters."""
    pen = TTGlyphPen(None)
    _outlines(name)[glyph].draw(Cu2QuPen(pen, ERROR, reverse_direction=True))
    return pen.glyph()
