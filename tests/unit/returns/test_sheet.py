"""Whatever a value says, in a workbook it is text and nothing else."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from returns.sheet.layout import Column, new_sheet, protect, write_head, write_row
from returns.sheet.save import as_bytes, write_whole
from returns.sheet.text import put_text

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
EVIL = ("=1+1", '=HYPERLINK("http://x","y")', "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "\x00\x0b坏")


def written(*values: object) -> bytes:
    book = Workbook()
    sheet = new_sheet(book, "表")
    for row, value in enumerate(values, start=1):
        put_text(sheet.cell(row, 1), value)
    return as_bytes(book, AT)


@pytest.mark.parametrize("value", EVIL)
def test_no_text_becomes_a_formula(value: str) -> None:
    data = written(value)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not re.search(rb"<f[\s>/]", archive.read("xl/worksheets/sheet1.xml"))
    cell = load_workbook(io.BytesIO(data))["表"]["A1"]
    assert cell.data_type != "f"


@settings(max_examples=3)
@given(st.lists(st.text(min_size=1, max_size=30).filter(lambda text: text.strip() == text), min_size=5, max_size=40))
def test_text_comes_back_as_it_was(values: list[str]) -> None:
    sheet = load_workbook(io.BytesIO(written(*values)))["表"]
    for row, value in enumerate(values, start=1):
        cell = sheet.cell(row, 1)
        assert cell.data_type != "f"
        kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value)
        told = "" if cell.value is None else str(cell.value)
        assert re.sub(r"_x[0-9A-Fa-f]{4}_|\s", "", told) == re.sub(r"_x[0-9A-Fa-f]{4}_|\s", "", kept)


def test_numbers_that_are_keys_keep_every_digit() -> None:
    sheet = load_workbook(io.BytesIO(written("319999195003011234", "007", 20261120, 3.0, date(2026, 11, 20), None, True)))["表"]
    assert [sheet.cell(row, 1).value for row in range(1, 8)] == [
        "319999195003011234", "007", "20261120", "3", "2026-11-20", None, "是",
    ]  # fmt: skip
    assert {sheet.cell(row, 1).number_format for row in range(1, 5)} == {"@"}


def test_only_open_cells_may_be_filled_in(tmp_path) -> None:
    book = Workbook()
    sheet = new_sheet(book, "表")
    columns = [Column("a", "已知"), Column("b", "待填", is_open=True)]
    write_head(sheet, "题", "说明", columns)
    write_row(sheet, 4, columns, {"a": "x"})
    protect(sheet)
    write_whole(tmp_path / "a.xlsx", as_bytes(book, AT))
    again = load_workbook(tmp_path / "a.xlsx")["表"]
    assert again.protection.sheet
    assert (again["A4"].protection.locked, again["B4"].protection.locked) == (True, False)
    assert (tmp_path / "a.xlsx").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_told(tmp_path) -> None:
    with pytest.raises(ValueError, match="文件夹不存在"):
        write_whole(tmp_path / "no" / "a.xlsx", b"")
