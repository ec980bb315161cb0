"""The monthly report of indicators of one area."""

import polars as pl

from returns.receiver import STREET, Receiver
from returns.report.document import Document
from returns.report.figure import change, measured
from returns.sheet.layout import Column
from returns.version import Version

COLUMNS = (
    Column("number", "序号", 6),
    Column("name_zh", "指标", 26),
    Column("unit", "单位", 8),
    Column("value", "本期", 14),
    Column("before", "上期", 14),
    Column("change", "较上期", 18),
    Column("formula", "口径", 44),
    Column("owner", "责任单位", 16),
)


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
    rows = [_row(number, row) for number, row in enumerate(joined.sort("indicator_code").iter_rows(named=True), start=1)]
    told = f"{receiver.area_name}　{period}　{len(rows)} 项　数据日期 {version.as_of}　版本 {version.name}"
    return Document("指标月报", told, COLUMNS, rows, mark)


def _row(number: int, row: dict[str, object]) -> dict[str, object]:
    value, before, unit = row["value"], row["value_before"], str(row["unit"] or "")
    assert value is None or isinstance(value, float)  # noqa: S101 - the table's contract
    assert before is None or isinstance(before, float)  # noqa: S101 - as above
    return {
        **{name: row[name] for name in ("name_zh", "unit", "formula", "owner")},
        "number": number,
        "value": measured(value, unit, is_withheld=bool(row["is_suppressed"])),
        "before": measured(before, unit, is_withheld=bool(row["is_suppressed_before"])),
        "change": change(value, before, unit),
    }


def newest_month(version: Version) -> str:
    """The newest month of which the version tells."""
    return str(version.table("indicator").select(pl.col("period").max()).item())
