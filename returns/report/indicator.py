"""The monthly report of indicators of one area."""

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from returns.receiver import STREET, Receiver
from returns.report.document import Document
from returns.report.figure import change, measured
from returns.sheet.layout import Column
from returns.version import Version

COLUMNS = (
    Column("number", "序号", 6),
    Column("subject", "类别", 12),
    Column("name_zh", "指标", 26),
    Column("unit", "单位", 10),
    Column("value", "本期", 14, is_amount=True),
    Column("before", "上期", 14, is_amount=True),
    Column("change", "较上期", 18, is_amount=True),
    Column("formula", "口径", 44),
    Column("owner", "责任单位", 16),
)
FILE = Path(__file__).with_name("subject.yaml")


def indicator_report(version: Version, receiver: Receiver, period: str, mark: str) -> Document:
    """Every indicator of the area in one month and the month before.

    Raises:
        ValueError: the version tells nothing of that month.
    """
    level = "street" if len(receiver.area_code) == STREET else "committee"
    own = version.table("indicator").filter(area_level=level, area_code=receiver.area_code).sort("indicator_code")
    months = sorted(month for month in own["period"].unique() if month <= period)
    if not months or months[-1] != period:
        known = "、".join(sorted(own["period"].unique())[-3:]) or "无"
        raise ValueError(f"当前版本没有 {receiver.area_name} {period} 的指标；最近的月份：{known}")
    joined = (
        own.filter(period=period)
        .join(own.filter(period=months[-2] if len(months) > 1 else ""), "indicator_code", "left", suffix="_before")
        .join(version.table("indicator_definition"), "indicator_code")
    )
    ordered = sorted(joined.iter_rows(named=True), key=lambda row: (_place(row["indicator_code"]), row["indicator_code"]))
    rows = [_row(number, row) for number, row in enumerate(ordered, start=1)]
    told = f"{receiver.area_name}　{month_name(period)}　{len(rows)} 项　数据日期 {version.as_of}　版本 {version.name}"
    return Document("指标月报", told, COLUMNS, rows, mark)


def _row(number: int, row: dict[str, object]) -> dict[str, object]:
    value, before, unit = row["value"], row["value_before"], str(row["unit"] or "")
    assert value is None or isinstance(value, float)  # noqa: S101 - the table's contract
    assert before is None or isinstance(before, float)  # noqa: S101 - as above
    return {
        **{name: row[name] for name in ("name_zh", "unit", "formula", "owner")},
        "number": number,
        "subject": _subjects().get(str(row["indicator_code"]), (0, _order()["rest"]))[1],
        "value": measured(value, unit, is_withheld=bool(row["is_suppressed"])),
        "before": measured(before, unit, is_withheld=bool(row["is_suppressed_before"])),
        "change": change(value, before, unit),
    }


def newest_month(version: Version) -> str:
    """The newest month of which the version tells."""
    return str(version.table("indicator").select(pl.col("period").max()).item())


def month_name(period: str) -> str:
    """2026-11 as officials write it: 2026年11月."""
    year, _, month = period.partition("-")
    return f"{int(year)}年{int(month)}月" if year.isdigit() and month.isdigit() else period


@cache
def _order() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return told


@cache
def _subjects() -> dict[str, tuple[int, str]]:
    """Place in the report and subject, by indicator."""
    named = [(code, subject) for subject, codes in _order()["subjects"].items() for code in codes]
    return {code: (place, subject) for place, (code, subject) in enumerate(named)}


def _place(code: str) -> int:
    return _subjects().get(code, (len(_subjects()), ""))[0]
