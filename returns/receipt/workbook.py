"""The answer to one returned workbook: every row with what became of it, those that are to be mended first."""

from datetime import datetime

import polars as pl
from openpyxl import Workbook

from returns.clock import on_paper
from returns.sheet.layout import Column, new_sheet, protect, write_head, write_row

SHEET = "处理回告"
COLUMNS = (
    Column("line", "原表行号", 10),
    Column("task_id", "任务编号", 26),
    Column("outcome_zh", "处理结果", 12),
    Column("reason", "说明", 50),
    Column("advice", "请您处理", 50),
)
OUTCOMES = {"accepted": "采用", "repeated": "重复", "superseded": "已有更晚结果", "refused": "退回"}


def answered_files(verdict: pl.DataFrame) -> list[str]:
    """The workbooks that came back, by name."""
    return sorted(verdict["file"].drop_nulls().unique().to_list())


def receipt(verdict: pl.DataFrame, file: str, at: datetime) -> Workbook:
    """The answer to one workbook; `verdict` is the published table."""
    mine = verdict.filter(pl.col("file") == file).with_columns(
        outcome_zh=pl.col("outcome").replace_strict(OUTCOMES, default="退回"), refused_first=pl.col("outcome") != "refused"
    )
    counts = mine["outcome"].value_counts().sort("outcome").iter_rows()
    told = "　".join(f"{OUTCOMES.get(outcome, outcome)} {count} 行" for outcome, count in counts)
    book = Workbook()
    sheet = new_sheet(book, SHEET)
    write_head(sheet, "核查反馈处理回告", f"工作簿：{file}　{told}　制表 {on_paper(at)}", COLUMNS)
    for row, values in enumerate(mine.sort("refused_first", "line").iter_rows(named=True), start=4):
        write_row(sheet, row, COLUMNS, values)
    sheet.freeze_panes = "A4"
    protect(sheet)
    return book


def refusal(file: str, reason: str, at: datetime) -> Workbook:
    """The answer to a workbook that was refused as a whole."""
    book = Workbook()
    sheet = new_sheet(book, SHEET)
    columns = (Column("file", "工作簿", 40), Column("outcome", "处理结果", 12), Column("reason", "原因", 90))
    write_head(sheet, "核查反馈处理回告", f"整份退回，其中各行均未采用　制表 {on_paper(at)}", columns)
    write_row(sheet, 4, columns, {"file": file, "outcome": "整份退回", "reason": reason})
    protect(sheet)
    return book
