"""Hostile and broken workbooks, made from one good one: name, bytes, and the refusal that is expected (limits.yaml, texts).

Not here: what is done with them (tests/integration/test_hostile_workbook.py).
"""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator

from openpyxl import Workbook

SHEET = "核查结果"
HEADER = ["task_id", "verdict", "field", "value", "checked_by", "checked_at"]
GOOD_ROW = ["t1", "确认", None, None, "王", "2026-11-20 10:00:00"]
SHEET_PART = "xl/worksheets/sheet1.xml"
WORKBOOK_PART = "xl/workbook.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHARED = (b't="inlineStr"><is><t>t1</t></is>', b't="s"><v>99999</v>')  # the text of a table that is not there
Hostile = tuple[str, bytes, str]


def workbook(rows: list[list[object]], sheet: str = SHEET, change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook with these rows."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    if change:
        change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def good() -> bytes:
    """One verdict, well formed."""
    return workbook([HEADER, GOOD_ROW])


def parts_of(data: bytes) -> dict[str, bytes]:
    """The members of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Members as a zip."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def having(**more: bytes) -> bytes:
    """The good workbook with more members (`__` stands for `/`, `_dot_` for `.`)."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return packed(parts_of(good()) | named)


def edited(part: str, old: bytes, new: bytes) -> bytes:
    """The good workbook with something else in one part."""
    parts = parts_of(good())
    assert old in parts[part], (part, old)
    return packed(parts | {part: parts[part].replace(old, new, 1)})


def vast() -> bytes:
    """The good workbook with a million rows that hold nothing but a border."""
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(3, 1_000_000)).encode()
    parts = parts_of(good())
    return packed(parts | {SHEET_PART: parts[SHEET_PART].replace(b"</sheetData>", empty + b"</sheetData>")})


def hostile() -> Iterator[Hostile]:
    """Every kind, once."""
    yield from _no_workbooks()
    yield from _bad_archives()
    yield from _active_content()
    yield from _bad_xml()
    yield from _bad_sheets()


def _no_workbooks() -> Iterator[Hostile]:
    yield "nothing", b"", "empty"
    yield "noise", bytes(range(256)) * 20, "not_zip"
    yield "csv", "task_id,verdict\nt1,确认\n".encode("gb18030"), "not_zip"
    yield "a page of a system", "<html><table><tr><td>核查结果</td></tr></table></html>".encode(), "html"
    yield "a page with a mark", b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "html"
    yield "old xls", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "xls"
    yield "password", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"
    yield "a letter", packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "no_workbook"
    yield "any zip", packed({"readme.txt": b"hello"}), "no_workbook"
    yield "xlsb", packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x01"}), "xlsb"
    yield "ods", packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}), "ods"
    yield "too long a file", good() + b"\0" * 20_000_001, "file_bytes"


def _bad_archives() -> Iterator[Hostile]:
    data = good()
    yield "cut off", data[: len(data) // 2], "damaged"
    yield "no directory", data[: data.rindex(b"PK\x01\x02")], "damaged"
    yield "bits turned", _turned(data), "damaged"
    yield "a bomb", having(xl__media__image_dot_png=b"0" * 50_000_000), "expansion"
    yield "a small bomb", having(xl__media__image_dot_png=b"01" * 1_000_000), "expansion"
    yield "too much in all", _directory_says(good(), 300_000_000), "unzipped_bytes"
    yield "a directory that lies", _directory_says(good(), 20), "damaged"
    yield "too many members", having(**{f"xl__media__{n}": b"" for n in range(600)}), "members"
    yield "a way out", having(**{"..__..__evil_dot_sh": b"rm"}), "path"
    yield "an absolute way", having(__etc__passwd=b"x"), "path"
    yield "a way by back-slashes", _renamed(having(xl__aaaaaaa_dot_xml=b"<x/>"), b"xl/aaaaaaa.xml", b"..\\..\\evil.xml"), "path"
    yield "a member twice", _renamed(having(xl__workbooj_dot_xml=b"<x/>"), b"xl/workbooj.xml", b"xl/workbook.xml"), "twice"
    yield "members that overlap", _overlapping(good()), "overlap"
    yield "a link", _link(good()), "link"
    yield "an encrypted member", _flagged(good()), "encrypted"
    yield "another packing", packed(parts_of(good()), zipfile.ZIP_LZMA), "compression"


def _active_content() -> Iterator[Hostile]:
    yield "a macro", having(xl__vbaProject_dot_bin=b"\xd0\xcf"), "macro"
    yield "an old macro", having(xl__macrosheets__sheet1_dot_xml=b"<x/>"), "macro"
    types = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    yield (
        "called a macro book",
        edited("[Content_Types].xml", types, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "macro",
    )
    yield "a control", having(xl__activeX__activeX1_dot_bin=b"x"), "active"
    yield "a file inside", having(xl__embeddings__oleObject1_dot_bin=b"x"), "active"
    yield "a link to another book", having(xl__externalLinks__externalLink1_dot_xml=b"<externalLink/>"), "external"
    yield "a query", having(xl__connections_dot_xml=b"<connections/>"), "external"
    yield "a formula", workbook([HEADER, ["t1", "=1+1", None, None, "王", "2026-11-20"]]), "formula"
    yield "a call", workbook([HEADER, ["t1", '=cmd|"/c calc"!A0', None, None, "王", "2026-11-20"]]), "formula"
    yield "a web address", workbook([HEADER, ["t1", '=WEBSERVICE("x")', None, None, "王", "2026-11-20"]]), "formula"


def _bad_xml() -> Iterator[Hostile]:
    start = b"<worksheet"
    outside = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet'
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    yield "an outside entity", edited(SHEET_PART, start, outside), "entity"
    yield "an entity that grows", edited(SHEET_PART, start, laughs), "entity"
    yield "an entity in the list of sheets", edited(WORKBOOK_PART, b"<workbook", b"<!DOCTYPE x><workbook"), "entity"
    wide = parts_of(good())
    yield "two bytes a sign", packed(wide | {SHEET_PART: wide[SHEET_PART].decode().encode("utf-16")}), "encoding"
    yield "no right signs", edited(SHEET_PART, b"<sheetData>", b"<sheetData>\xff\xfe"), "encoding"
    yield "a list of sheets cut off", edited(WORKBOOK_PART, b"</workbook>", b""), "xml"
    yield "a sheet cut off", packed(wide | {SHEET_PART: wide[SHEET_PART][: len(wide[SHEET_PART]) // 2]}), "unreadable"
    yield "no list of relations", packed({name: part for name, part in wide.items() if "_rels/workbook" not in name}), "xml"
    yield "texts that are not there", edited(SHEET_PART, *_SHARED), "unreadable"
    yield "a sheet that is not there", packed({name: part for name, part in wide.items() if name != SHEET_PART}), "xml"


def _bad_sheets() -> Iterator[Hostile]:
    yield "another sheet", workbook([HEADER, GOOD_ROW], sheet="Sheet1"), "sheet"
    yield "a hidden sheet", workbook([HEADER, GOOD_ROW], change=_hide), "hidden"
    yield "a chart of that name", _chart(), "sheet_kind"
    yield "no header", workbook([GOOD_ROW, GOOD_ROW]), "header"
    yield "another header", workbook([["编号", "结论"], ["t1", "确认"]]), "header"
    yield "a header twice", workbook([[*HEADER, "verdict"], [*GOOD_ROW, "更正"]]), "header_twice"
    yield "rows merged", workbook([HEADER, GOOD_ROW, GOOD_ROW], change=_merge), "merged"
    yield (
        "a cell far away",
        edited(SHEET_PART, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "memory",
    )
    yield "too many columns", workbook([[*HEADER, *(f"c{n}" for n in range(200))], GOOD_ROW]), "columns"
    yield "too many rows", _long(60_000), "rows"
    yield "a cell as long as a book", workbook([HEADER, ["t1", "确认", None, "长" * 30_000, "王", "2026-11-20"]]), "text_length"


def _turned(data: bytes) -> bytes:
    """A byte of a member's content turned."""
    place = data.index(b"xl/worksheets/sheet1.xml") + 60
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def _directory_says(data: bytes, size: int) -> bytes:
    """The directory gives another unzipped size for the sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = archive.getinfo("xl/theme/theme1.xml" if size > 1000 else SHEET_PART).filename.encode()
    place = data.rindex(name) - 46
    packed_size = size // 100 if size > 1000 else struct.unpack_from("<I", data, place + 20)[0]
    return data[: place + 20] + struct.pack("<II", packed_size, size) + data[place + 28 :]


def _renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return data.replace(old, new)


def _overlapping(data: bytes) -> bytes:
    """Two entries of the directory point to one member."""
    places = [found.start() for found in re.finditer(b"PK\x01\x02", data)]
    first = struct.unpack_from("<I", data, places[0] + 42)[0]
    return data[: places[1] + 42] + struct.pack("<I", first + 1) + data[places[1] + 46 :]


def _link(data: bytes) -> bytes:
    written = io.BytesIO(data)
    with zipfile.ZipFile(written, "a") as archive:
        entry = zipfile.ZipInfo("xl/media/a")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return written.getvalue()


def _flagged(data: bytes) -> bytes:
    """The directory says that the first member is encrypted."""
    place = data.index(b"PK\x01\x02") + 8
    return data[:place] + struct.pack("<H", 1) + data[place + 2 :]


def _hide(book: Workbook) -> None:
    book.create_sheet("说明")
    book[SHEET].sheet_state = "veryHidden"


def _merge(book: Workbook) -> None:
    book[SHEET].merge_cells("B2:B3")


def _chart() -> bytes:
    book = Workbook()
    book.create_chartsheet(SHEET, 0)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _long(rows: int) -> bytes:
    """So many filled rows."""
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>2</v></c></row>' for n in range(3, rows))
    return edited(SHEET_PART, b"</sheetData>", cells.encode() + b"</sheetData>")
