"""Reports and ledgers that a person may take away: which, of where, of when; having one made. Not here: making it (returns).

The command writes the line of the audit log before it writes the file, so nothing reaches the browser that does not stand there.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dashboards.access.audit import AuditLog
from dashboards.access.policy import AccessDeniedError
from dashboards.command.yidang import make
from dashboards.repositories.indicator import read_months
from dashboards.repositories.reader import Reader
from dashboards.repositories.returned import read_catalogue
from dashboards.services.language import say, signed
from dashboards.services.place import Places
from dashboards.services.returned import fields_of
from dashboards.services.text import period

MONTHLY, WORKLIST = "indicator", "worklist"
XLSX, PDF = "xlsx", "pdf"
MIME = {XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", PDF: "application/pdf"}

_HOLDS = {
    MONTHLY: "各项指标的本期、上期、变化、口径和责任单位",
    WORKLIST: "待核查任务，逐项带下拉选项，填写后在“数据返还”上传",
}


@dataclass(frozen=True)
class Asked:
    """What somebody asks for; `month` is that of the monthly report and says nothing of a ledger."""

    item: str
    area: str
    month: str
    form: str


@dataclass(frozen=True)
class Made:
    """A file to take away."""

    name: str
    mime: str
    data: bytes


def reports_of(reader: Reader) -> dict[str, str]:
    """What the person may have made, by code: the monthly report, ledgers of the catalogue, the list to fill in."""
    role = reader.policy.role_of(reader.person)
    if role is None or not reader.may("report") or not role.receiver:
        return {}
    found = {MONTHLY: "指标月报"} if role.items == "all" or MONTHLY in role.items else {}
    for code, item in read_catalogue()["items"].items():
        if role.receiver in item["receivers"] and (role.items == "all" or code in role.items):
            found[code] = item["name"]
    return found | ({WORKLIST: "核查工作清单（填写后可上传）"} if reader.may("task_work") else {})


def report_rows(reader: Reader) -> pl.DataFrame:
    """One row a report that the person may have made, as texts: `name`, `holds`, `forms`."""
    items = {code: item | {"fields": item["paper"]["columns"]} for code, item in read_catalogue()["items"].items()}
    rows = [
        {
            "name": say(name),
            "holds": fields_of(items[code]) if code in items else say(_HOLDS[code]),
            "forms": " / ".join(forms_of(code).values()),
        }
        for code, name in reports_of(reader).items()
    ]
    return pl.DataFrame(rows)


def areas_of(reader: Reader, places: Places) -> dict[str, str]:
    """The person's own area, and the committees in it."""
    return {reader.person.area_code: places.own_name} | places.committees


def months_of(reader: Reader) -> dict[str, str]:
    """Months of which the version tells, the newest first."""
    return {month: period(month) for month in read_months(reader)}


def forms_of(item: str) -> dict[str, str]:
    """In which forms there is one: a list to fill in is a workbook."""
    return {XLSX: signed("Excel（.xlsx）")} if item == WORKLIST else {XLSX: signed("Excel（.xlsx）"), PDF: "PDF"}


def make_report(reader: Reader, home: Path, places: Places, asked: Asked) -> Made:
    """The file, written down and marked with the person's name and the time.

    Raises:
        AccessDeniedError: The item or the area is not the person's.
        CommandError: It could not be made; the text says why.
    """
    reports, areas, role = reports_of(reader), areas_of(reader, places), reader.policy.role_of(reader.person)
    if role is None or asked.item not in reports or asked.area not in areas or asked.form not in forms_of(asked.item):
        AuditLog(home).append("export", reader.person.user, "refused", f"{asked.item} {asked.area}")
        raise AccessDeniedError("您的角色不能导出这项内容。")
    who = ("--receiver", role.receiver, "--by", reader.person.user)
    if asked.item == WORKLIST:
        data = make(f".{asked.form}", "worklist", "--committee", asked.area, *who)
    else:
        month = ("--period", asked.month) if asked.item == MONTHLY and asked.month else ()
        what = ("--area", asked.area, "--item", asked.item, "--name", reader.person.display_name)
        data = make(f".{asked.form}", "report", *what, *who, *month)
    when = asked.month if asked.item == MONTHLY else f"{reader.version.as_of}"
    return Made(f"{reports[asked.item]}_{areas[asked.area]}_{when}.{asked.form}", MIME[asked.form], data)
