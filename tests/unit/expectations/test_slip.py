"""What stands on a correction slip, and that no cell of its workbook can be anything but a text."""

import io
from datetime import UTC, date, datetime

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.slip.slip import LIST, MENDED, RATES, WAITING, make_slip
from expectations.slip.week import Week
from expectations.slip.workbook import as_workbook, safe_text

WEEK = Week(date(2026, 11, 16))
TIME = pl.Datetime("us")
ISSUE = {
    "issue_id": pl.String, "dataset": pl.String, "key": pl.String, "rule": pl.String, "rule_name": pl.String,
    "detail_masked": pl.String, "owner_system": pl.String, "committee_code": pl.String, "first_seen": TIME, "closed_at": TIME,
}  # fmt: skip


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 4)  # noqa: DTZ001 - the tables hold UTC without a zone


def tables(*issues: tuple[object, ...]) -> dict[str, pl.DataFrame]:
    measure = {"dataset": ["police.SYRK"], "rule": ["ID-X"], "column_names": ["ZJHM"]}
    source = {
        "resident_id": ["R1", "R1"],
        "source_system": ["police", "property"],
        "source_entity": ["SYRK", "owner"],
        "source_key": ["00017", "owner-9"],
    }
    issue = pl.DataFrame(list(issues), schema=ISSUE, orient="row")
    return {"quality_issue": issue, "quality_measure": pl.DataFrame(measure), "resident_source": pl.DataFrame(source)}


ISSUES = (
    ("i1", "police.SYRK", "0001", "ID-X", "号码错", "号码错", "police", "c1", at(2), None),
    ("i2", "police.SYRK", "0002", "ID-X", "号码错", "号码错", "police", None, at(17), None),
    ("i3", "police.SYRK", "0003", "ID-X", "号码错", "号码错", "police", "c1", at(9), at(19)),
    ("i4", "police.SYRK", "0004", "ID-X", "号码错", "号码错", "police", "c1", at(2), at(10)),
    ("i5", "police.SYRK", "0005", "ID-X", "号码错", "号码错", "police", "c1", at(25), None),
    ("i6", "resident", "R1", "CONFLICT-NAME", "姓名不一致", "1 个来源不一致", "police", "c1", at(2), None),
    ("i7", "property.owner", "owner-9", "ID-X", "号码错", "号码错", "property", "c1", at(2), None),
)


def test_a_slip_bears_the_departments_own_open_issues_by_its_own_keys() -> None:
    slip = make_slip("police", "公安机关", WEEK, tables(*ISSUES))
    told = {row["记录主键"]: row["状态"] for row in slip.issues.to_dicts()}
    assert told == {"0001": WAITING, "0002": WAITING, "0003": MENDED, "00017": WAITING}
    assert "R1" not in slip.issues.write_csv()
    assert slip.issues.row(by_predicate=pl.col("记录主键") == "0001", named=True)["涉及字段"] == "ZJHM"


def test_rate_and_time_of_mending() -> None:
    whole, *_ = make_slip("police", "公安机关", WEEK, tables(*ISSUES)).rates.to_dicts()
    assert whole == dict(zip(RATES, ("全部", "全部问题", "3", "1", "1", "3", "25.0%", "10.0"), strict=True))
    nothing = make_slip("civil", "民政部门", WEEK, tables(*ISSUES)).rates.to_dicts()
    assert nothing[0]["更正率"] == "—"


def test_every_cell_is_a_text_and_none_a_formula() -> None:
    hostile = ("=1+1", "+2", "-3", "@x", "＝1", "\t=1", " =1", "'=1", "#REF!", "00123456789012345678", "1E5", "\x00bad")
    issues = [("i", "police.SYRK", key, "ID-X", "号码错", key, "police", key, at(2), None) for key in hostile]
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(make_slip("police", "公安机关", WEEK, tables(*issues)))))
    assert book.sheetnames == ["更正清单", "更正情况", "现场核查更正", "说明"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert [
        cell.value for cell in cells if str(cell.value).lstrip(" '\t").startswith("=") and not cell.value.startswith("'")
    ] == []
    assert "00123456789012345678" in {cell.value for cell in cells}
    assert tuple(cell.value for cell in next(book["更正清单"].iter_rows())) == LIST


@settings(max_examples=60)
@given(st.text())
def test_no_text_is_a_formula(text: str) -> None:
    safe = safe_text(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert not safe.lstrip().startswith(("=", "+", "-", "@"))


def test_weeks_are_those_of_the_streets_clock() -> None:
    assert Week.of(datetime(2026, 11, 15, 16, tzinfo=UTC)) == WEEK == Week.read("2026-W47")
    assert Week.of(datetime(2026, 11, 15, 15, 59, tzinfo=UTC)) == WEEK.before
    assert (WEEK.name, WEEK.bounds[0]) == ("2026-W47", datetime(2026, 11, 15, 16))  # noqa: DTZ001
    with pytest.raises(ValueError, match="2026-W47"):
        Week.read("last week")
