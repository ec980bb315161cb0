"""A worklist as a workbook: what is known is locked, what is to be found out is open, with choices where there are any.

The sheet and its column names are those that the feed `feedback` reads back. Not here: which tasks (task.py), reading it back
(ingestion).
"""

from collections.abc import Sequence
from datetime import datetime

import polars as pl
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from returns.clock import on_paper
from returns.receiver import Receiver
from returns.sheet.layout import Column, new_sheet, protect, write_head, write_row
from returns.sheet.text import put_text
from returns.version import Version
from returns.worklist.field import Field

SHEET, CHOICES, GUIDE = "核查结果", "选项", "填写说明"
VERDICTS = ("确认", "更正", "无法核实")
FIRST, SPARE = 5, 50  # first row of tasks; open rows below them, for a second correction of the same task
SHOWN = {
    "estate_name": Column("estate_name", "小区", 16),
    "address": Column("address", "地址", 30),
    "name_masked": Column("name_masked", "姓名（脱敏）", 12),
    "evidence": Column("evidence", "依据", 40),
}
FILLED = (
    Column("verdict", "核查结论", 12, is_open=True),
    Column("field", "更正字段", 14, is_open=True),
    Column("value", "更正内容", 20, is_open=True),
    Column("checked_by", "核查人", 12, is_open=True),
    Column("checked_at", "核查时间", 18, is_open=True),
)
HOW = (
    "一、每个任务占一行。上门核实后，在“核查结论”列选择：情况属实选“确认”；与实际不符选“更正”；三次上门仍无法核实选“无法核实”。",
    "二、选“更正”时，在“更正字段”列选择字段，在“更正内容”列选择或填写实际情况。同一任务要更正两项的，第二项写在表末的空行，任务编号照抄。",
    "三、核查人、核查时间必填；核查时间写作 2026-11-20 15:30。没有核查的行留空即可，不影响其他行。",
    "四、灰色内容不要改动，不要增删列、合并单元格或使用公式。填好后保存为 .xlsx，按原路径报送；不合要求的行会连同原因退回。",
    "五、本表含内部信息，仅限核查使用，不得外传；用后按规定销毁。",
)


def worklist(version: Version, receiver: Receiver, tasks: pl.DataFrame, fields: Sequence[Field], at: datetime) -> Workbook:
    """The workbook of one receiver's tasks, as of a version."""
    book = Workbook()
    sheet = new_sheet(book, SHEET)
    columns = _columns(receiver)
    told = f"{receiver.rights.name}：{receiver.area_name}　任务 {tasks.height} 项　数据日期 {version.as_of}　"
    write_head(sheet, "核查任务清单", told + f"版本 {version.name}　制表 {on_paper(at)}　内部资料，注意保密", columns)
    _write_names(sheet, columns)
    for number, task in enumerate(tasks.iter_rows(named=True), start=1):
        write_row(sheet, FIRST + number - 1, columns, {**task, "number": number})
    last = FIRST + tasks.height + SPARE - 1
    for place in range(FIRST + tasks.height, last + 1):
        write_row(sheet, place, columns, {}, all_open=True)
    _write_choices(new_sheet(book, CHOICES), fields, book)
    _offer(sheet, columns, tasks, fields, last)
    sheet.freeze_panes = sheet.cell(FIRST, 3)
    protect(sheet)
    _write_guide(new_sheet(book, GUIDE), fields)
    return book


def _columns(receiver: Receiver) -> list[Column]:
    known = [Column("number", "序号", 6), Column("task_id", "任务编号", 22), Column("kind_name", "任务类别", 18)]
    known += [Column("priority", "优先级", 8), Column("due_date", "截止日期", 12), Column("committee_code", "居委会代码", 15)]
    known += [SHOWN[name] for name in receiver.rights.task_columns]
    return [*known, Column("reason", "核查原因", 44), *FILLED]


def _write_names(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Row 4: the names by which the columns are known when the workbook comes back."""
    agreed = {"task_id", *(column.name for column in FILLED)}
    for place, column in enumerate(columns, start=1):
        put_text(sheet.cell(FIRST - 1, place), column.name if column.name in agreed else None)
    sheet.row_dimensions[FIRST - 1].height = 14


def _write_choices(sheet: Worksheet, fields: Sequence[Field], book: Workbook) -> None:
    """A hidden sheet with one column a list; a list is called as the field is, so that the value's list follows the field."""
    lists = {SUBJECT_LIST[subject]: [f.label for f in fields if f.subject == subject] for subject in SUBJECT_LIST}
    lists |= {field.label: list(field.values) for field in fields if field.values}
    for place, (name, values) in enumerate(lists.items(), start=1):
        for row, value in enumerate([name, *values], start=1):
            put_text(sheet.cell(row, place), value)
        letter = get_column_letter(place)
        if values:
            book.defined_names[name] = DefinedName(name, attr_text=f"'{CHOICES}'!${letter}$2:${letter}${len(values) + 1}")
    sheet.sheet_state = "hidden"
    protect(sheet)


SUBJECT_LIST = {"resident": "人员字段", "dwelling": "房屋字段"}


def _offer(sheet: Worksheet, columns: Sequence[Column], tasks: pl.DataFrame, fields: Sequence[Field], last: int) -> None:
    """The drop-downs: verdict, field by the task's subject, value by the field. What is chosen is checked again on return."""
    letter = {column.name: get_column_letter(place) for place, column in enumerate(columns, start=1)}
    verdict = DataValidation("list", formula1=f'"{",".join(VERDICTS)}"', allow_blank=True, showErrorMessage=True)
    verdict.errorTitle, verdict.error = "核查结论", "请从下拉选项中选择：确认、更正、无法核实"
    verdict.add(f"{letter['verdict']}{FIRST}:{letter['verdict']}{last}")
    value = DataValidation("list", formula1=f"INDIRECT(${letter['field']}{FIRST})", allow_blank=True, showErrorMessage=False)
    value.add(f"{letter['value']}{FIRST}:{letter['value']}{last}")
    moment = DataValidation("textLength", operator="between", formula1="10", formula2="19", allow_blank=True)
    moment.showErrorMessage, moment.errorTitle, moment.error = True, "核查时间", "请写作 2026-11-20 或 2026-11-20 15:30"
    moment.add(f"{letter['checked_at']}{FIRST}:{letter['checked_at']}{last}")
    for validation in (verdict, value, moment, *_field_choices(letter["field"], tasks, fields, last)):
        sheet.add_data_validation(validation)


def _field_choices(letter: str, tasks: pl.DataFrame, fields: Sequence[Field], last: int) -> list[DataValidation]:
    """One list a subject; a device has no field, a spare row may take any."""
    made = []
    for subject, name in SUBJECT_LIST.items():
        choice = DataValidation("list", formula1=name, allow_blank=True, showErrorMessage=True)
        choice.errorTitle, choice.error = "更正字段", "请从下拉选项中选择字段"
        runs = _runs([FIRST + number for number, told in enumerate(tasks["subject"].to_list()) if told == subject])
        for first, final in runs:
            choice.add(f"{letter}{first}:{letter}{final}")
        made += [choice] if runs else []
    spare = DataValidation("list", formula1=f'"{",".join(field.label for field in fields)}"', allow_blank=True)
    spare.add(f"{letter}{last - SPARE + 1}:{letter}{last}")
    return [*made, spare]


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow one another, as first and last: Excel takes only so many separate ranges."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _write_guide(sheet: Worksheet, fields: Sequence[Field]) -> None:
    columns = [Column("subject", "适用任务", 14), Column("label", "更正字段", 18), Column("how", "填写要求", 80)]
    write_head(sheet, GUIDE, HOW[0], columns)
    subjects = {"resident": "人员任务", "dwelling": "房屋任务"}
    for row, field in enumerate(fields, start=4):
        how = f"可选：{'、'.join(field.values)}" if field.values else field.example
        write_row(sheet, row, columns, {"subject": subjects[field.subject], "label": field.label, "how": how})
    for row, text in enumerate(HOW, start=len(fields) + 5):
        put_text(sheet.cell(row, 1), text)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=3)
        sheet.row_dimensions[row].height = 34
    protect(sheet)
