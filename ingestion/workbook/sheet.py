"""The cells of one sheet as text, after its archive was found harmless. Runs in the child process.

Not here: which row is the header, what the columns mean (ingestion/readers/workbook.py).
"""

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any
from xml.etree import ElementTree  # no part with a DTD or an entity comes here, and the child has limits

from python_calamine import CalamineWorkbook

from ingestion.workbook.hostile import HostileError

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
Sheet = dict[str, Any]


def read_sheet(data: bytes, archive: zipfile.ZipFile, sheet: str, limits: dict[str, int]) -> Sheet:
    """`rows` (lists of text, null: empty) and `merged` (row numbers, from 1, in which a merged range ends).

    Raises:
        HostileError: the sheet is missing or hidden, holds formulas, or is too large.
    """
    part = _part_of(archive, sheet)
    _require_values(archive.read(part), sheet)
    opened = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet)
    if opened.height > limits["rows"]:
        raise HostileError("rows", sheet=sheet, most=limits["rows"])
    if opened.width > limits["columns"]:
        raise HostileError("columns", sheet=sheet, most=limits["columns"])
    rows = [[as_text(cell) for cell in row] for row in opened.to_python(skip_empty_area=False)]
    for number, row in enumerate(rows, start=1):
        if any(cell and len(cell) > limits["text_length"] for cell in row):
            raise HostileError("text_length", sheet=sheet, row=number, most=limits["text_length"])
    merged = [end[0] + 1 for _, end in opened.merged_cell_ranges or []]
    return {"rows": rows, "merged": merged}


def as_text(cell: Any) -> str | None:
    """A cell as a person reads it: no `.0` at whole numbers, ISO dates; null when empty."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The member that holds the sheet, by the workbook's own list."""
    listed = _tree(archive, "xl/workbook.xml").findall(".//{*}sheets/{*}sheet")  # any namespace: Excel can save in two
    mine = [entry for entry in listed if entry.get("name") == sheet]
    if not mine:
        raise HostileError("sheet", sheet=sheet, found="、".join(str(entry.get("name"))[:20] for entry in listed[:5]))
    if mine[0].get("state", "visible") != "visible":
        raise HostileError("hidden", sheet=sheet)
    related = {entry.get("Id"): entry for entry in _tree(archive, "xl/_rels/workbook.xml.rels")}
    entry = related.get(next((value for name, value in mine[0].items() if name.endswith("}id")), None))
    target = "" if entry is None else str(entry.get("Target"))
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    if part not in archive.namelist():
        raise HostileError("xml", part="xl/_rels/workbook.xml.rels")
    if entry is not None and not str(entry.get("Type")).endswith("/worksheet"):
        raise HostileError("sheet_kind", sheet=sheet)
    return part


def _require_values(content: bytes, sheet: str) -> None:
    """Values only: what a formula shows was computed elsewhere, and may be computed anew."""
    found = _FORMULA.search(content)
    if found:
        rows = _ROW.findall(content, 0, found.start())
        raise HostileError("formula", sheet=sheet, row=int(rows[-1]) if rows else 1)


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(archive.read(part))  # noqa: S314 - see the import
    except (ElementTree.ParseError, KeyError):
        raise HostileError("xml", part=part) from None
