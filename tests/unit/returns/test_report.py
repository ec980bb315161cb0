"""Reports say what the pages say, to the digit, in both forms."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dashboards.services import text as pages
from returns.report.document import Document
from returns.report.figure import change, measured
from returns.report.indicator import FILE, month_name
from returns.report.workbook import as_workbook
from returns.sheet.layout import NARROWEST, WIDEST, Column, fitting, is_right
from returns.sheet.save import as_bytes
from returns.sheet.text import said
from tests.pdf_text import pdf_text

ROOT = Path(__file__).resolve().parents[3]
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
MARK = "张三 2026-11-20 15:30"


@settings(max_examples=40)
@given(st.none() | st.floats(-1e9, 1e9), st.sampled_from(["%", "人", "套", "分钟"]), st.booleans())
def test_figures_are_written_as_on_the_pages(value: float | None, unit: str, is_withheld: bool) -> None:
    assert measured(value, unit, is_withheld=is_withheld) == pages.measured(value, unit, is_withheld=is_withheld)


def test_a_change_needs_two_values() -> None:
    assert change(None, 3.0, "人") == change(3.0, None, "人") == ""
    assert change(12.5, 10.0, "%") == "+2.5 个百分点"
    assert change(9.0, 10.0, "人") == "-1 人"
    assert change(10.0, 10.0, "人") == change(12.51, 12.49, "%") == "持平"


def test_the_monthly_report_goes_subject_by_subject_and_knows_every_indicator() -> None:
    with (ROOT / "dbt_project" / "seeds" / "indicator" / "indicator_formula.csv").open(encoding="utf-8", newline="") as file:
        defined = [row["indicator_code"] for row in csv.DictReader(file)]
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))["subjects"]
    placed = [code for codes in told.values() for code in codes]
    assert sorted(placed) == sorted(defined)
    assert (next(iter(told)), placed[0]) == ("人口", "population_living")
    assert month_name("2026-11") == "2026年11月"


def test_amounts_stand_to_the_right_with_two_decimals_at_most() -> None:
    amount = Column("a", "本期", is_amount=True)
    assert is_right(amount, "36.6%")
    assert is_right(Column("a", "人数"), 3)
    assert not is_right(Column("a", "代码"), "319")
    assert not is_right(Column("a", "有电梯"), True)
    assert [said(value) for value in (25.68883333206177, 62.39, 4.0, -0.001, 1e9)] == ["25.69", "62.39", "4", "0", "1000000000"]


def a_document(rows: int) -> Document:
    columns = [Column("a", "名称", 30), Column("b", "数值", 12)]
    return Document("月报", "街道", columns, [{"a": "=1+1 <b>房屋</b>&", "b": number} for number in range(rows)], MARK)


def test_the_workbook_bears_its_mark_and_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(as_bytes(as_workbook([a_document(3)]), AT)))["月报"]
    assert MARK in str(sheet["A2"].value)
    assert sheet.oddHeader.right.text == MARK
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1 <b>房屋</b>&", "s")
    assert sheet["A6"].value
    assert sheet["A7"].value.startswith(f"制表：{MARK}")
    assert sheet["B4"].alignment.horizontal == "right"
    empty = load_workbook(io.BytesIO(as_bytes(as_workbook([a_document(0)]), AT)))["月报"]
    assert empty["A4"].value == "（没有符合条件的记录）"


@pytest.mark.slow
def test_the_pdf_carries_its_chinese_fonts_and_bears_the_mark() -> None:
    """Song for text, Hei for headings, both within the file; nothing hangs on what a reader or a printer has."""
    from returns.report.pdf import as_pdf  # noqa: PLC0415 - reportlab loads slowly

    wide = Document("台账", "街道", [Column(name, name, 30) for name in "abcdef"], [{"a": "居民𠮷", "b": None}], MARK)
    data = as_pdf([a_document(200), wide], AT)
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") >= 4
    assert {b"YidangSong", b"YidangHei"} <= set(re.findall(rb"Yidang[A-Z][a-z]+", data))
    assert data.count(b"/FontFile2") == data.count(b"/Type /FontDescriptor") >= 2
    assert data.count(b"/ToUnicode") >= 2
    assert (b"Helvetica" in data, b"STSong" in data) == (False, False)
    sides = {tuple(map(round, map(float, box.split()))) for box in re.findall(rb"/MediaBox \[ 0 0 ([\d. ]+) \]", data)}
    assert sides == {(595, 842), (842, 595)}
    assert as_pdf([a_document(200), wide], AT) == data
    assert len(data) < 200_000
    words = pdf_text(data).splitlines()
    assert (words.count("=1+1 <b>房屋</b>&"), words.count("199"), words.count("台账")) == (200, 1, 1)


def test_long_columns_give_way_on_paper_and_dates_do_not() -> None:
    from returns.report.pdf import _widths  # noqa: PLC0415 - reportlab loads slowly

    columns = [Column("day", "截止日期", 12), *(Column(name, name, 44) for name in "abcde")]
    day, *others = _widths(Document("台账", "街道", columns, [], MARK), 760.0)
    assert sum([day, *others]) == pytest.approx(760)
    assert day >= 50  # points: ten digits and signs of nine points
    assert len({round(width) for width in others}) == 1


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    addresses = ["牡丹路128弄36号502室"] * 30
    assert fitting("地址", addresses) == len("牡丹路128弄36号502室") + 6 + 2
    assert fitting("单元", ["1", None, 12]) == NARROWEST
    assert fitting("编号", ["DSQL6SQM7GYD4OR5Z"]) > len("DSQL6SQM7GYD4OR5Z") + 2
    assert fitting("单元", []) == NARROWEST
    assert fitting("地址", [*addresses, "长" * 400]) == fitting("地址", addresses)
    assert fitting("说明", ["长" * 400]) == WIDEST
