"""What goes back to those who collected it, as people read it: catalogue, packages, receipts; answering and handing in.

Not here: the journal and who sees which package (repositories/returned.py).
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from dashboards.access.policy import AccessDeniedError
from dashboards.answers.answer_queue import AnswerError, has_number
from dashboards.command.yidang import ask, configured, give, make
from dashboards.repositories.reader import Reader
from dashboards.repositories.returned import Package, read_catalogue, read_handed_in, read_packages
from dashboards.services.labels import label
from dashboards.services.language import say, signed
from dashboards.services.place import Places
from dashboards.services.text import NONE, moment, number, period

MOST = 200  # packages, and workbooks that came back, shown at once
ANSWERS = {"accepted": "接收", "rejected": "退回"}


def load_catalogue(reader: Reader) -> pl.DataFrame:
    """One row an item, as texts: `name`, `mine`, `fields`, `basis`, `refresh`, `sources`, `receivers`."""
    told, role = read_catalogue(), reader.policy.role_of(reader.person)
    mine = role.receiver if role and role.items == "all" else ""
    rows = [
        {
            "name": say(item["name"]),
            "mine": say("可获取") if mine in item["receivers"] else NONE,
            "fields": fields_of(item),
            "basis": signed("；".join(say(told["basis"][code]) for code in item["basis"])),
            "refresh": say("每日") if item["refresh_days"] == 1 else say("每 {days} 天", days=item["refresh_days"]),
            "sources": signed("、".join(label("source", source) for source in item["sources"])),
            "receivers": signed("、".join(say(told["receivers"][name]) for name in item["receivers"])),
        }
        for item in told["items"].values()
    ]
    return pl.DataFrame(rows)


def fields_of(item: dict[str, Any]) -> str:
    """What the columns of an item are called."""
    return signed("、".join(say(field) for field in item["fields"].values()))


def load_packages(reader: Reader, home: Path) -> dict[str, Package]:
    """The packages that the person may know of, by name, the newest first."""
    return {package.package_id: package for package in read_packages(reader, home)[:MOST]}


def package_rows(packages: dict[str, Package], places: Places) -> pl.DataFrame:
    """One row a package, as texts: `receiver`, `area`, `period`, `sent`, `state`, `complete`, `timely`."""
    rows = [
        {
            "receiver": _receiver(package),
            "area": places.committees.get(package.area_code, places.own_name),
            "period": period(package.period),
            "sent": _at(package.events[0]),
            "state": label("package_event", package.state),
            "complete": _mean(package, "completeness"),
            "timely": _mean(package, "timeliness"),
        }
        for package in packages.values()
    ]
    return pl.DataFrame(rows)


def title_of(package: Package, places: Places) -> str:
    """A package in the box to choose from."""
    area = places.committees.get(package.area_code, places.own_name)
    return f"{_receiver(package)} · {area} · {period(package.period)} · {_at(package.events[0])}"


def receipt_rows(package: Package) -> pl.DataFrame:
    """One row an event of a package, as texts: `at`, `event`, `by`, `why`."""
    rows = [
        {"at": _at(event), "event": label("package_event", event["event"]), "by": event["by"], "why": event.get("why") or NONE}
        for event in package.events
    ]
    return pl.DataFrame(rows)


def item_rows(package: Package) -> pl.DataFrame:
    """One row an item of a package: `name`, `rows`, `completeness`, `timeliness`."""
    known = read_catalogue()["items"]
    rows = [
        {
            "name": say(known.get(code, {}).get("name", code)),
            "rows": item["rows"],
            "completeness": number(item["completeness"], 1),
            "timeliness": number(item["timeliness"], 1),
        }
        for code, item in package.items.items()
    ]
    return pl.DataFrame(rows)


def is_receiver(reader: Reader, package: Package) -> bool:
    """Whether the person receives for the package's receiver, over its very area: who may open it and answer."""
    role = reader.policy.role_of(reader.person)
    is_kind = role is not None and role.items == "all" and role.receiver == package.receiver
    return is_kind and package.area_code == reader.person.area_code and package.state not in ("withdrawn", "expired")


def open_package(reader: Reader, package: Package) -> bytes:
    """The package's zip; that it was opened stands in the audit log and the receipts before it is there.

    Raises:
        AccessDeniedError: It is not for this person.
        CommandError: It cannot be opened; the text says why.
    """
    _require(reader, package)
    return make(".zip", "package", "open", package.package_id, "--by", reader.person.user)


def answer_package(reader: Reader, package: Package, answer: str, why: str) -> str:
    """Note that the receiver takes the package or sends it back; what was noted in words.

    Raises:
        AccessDeniedError: It is not for this person.
        AnswerError: The words hold a number of a person.
        CommandError: It cannot be noted; the text says why.
    """
    _require(reader, package)
    if has_number(why):
        raise AnswerError("说明中请勿填写证件号码或电话号码：此内容会长期保存。")
    words = ("package", "answer", *configured(), "--by", reader.person.user, f"--why={why.strip()}")
    return ask(*words, "--", package.package_id, answer)


def may_hand_in(reader: Reader) -> bool:
    """Whether worklists are given to the person, so that filled ones come back from there."""
    role = reader.policy.role_of(reader.person)
    return role is not None and bool(role.receiver) and reader.may("task_work")


def hand_in(reader: Reader, data: bytes) -> str:
    """Give a filled worklist to the next run; what became of it in words. Nothing in this process opens the file.

    Raises:
        AccessDeniedError: No worklist is given to this person.
        CommandError: The workbook is refused; the text says why.
    """
    role = reader.policy.role_of(reader.person)
    if role is None or not may_hand_in(reader):
        raise AccessDeniedError("您的角色不能上传核查结果。")
    who = ("--receiver", role.receiver, "--area", reader.person.area_code, "--by", reader.person.user)
    return give(data, ".xlsx", "hand-in", *who).strip()


def handed_in_rows(reader: Reader) -> pl.DataFrame:
    """One row a workbook that came back, as the current version tells of its rows."""
    rows = [row | {"received_at": moment(row["received_at"])} for row in read_handed_in(reader, MOST)]
    return pl.DataFrame(rows)


def _require(reader: Reader, package: Package) -> None:
    if not is_receiver(reader, package):
        raise AccessDeniedError("这个返还包不是发给您的。")


def _receiver(package: Package) -> str:
    return say(read_catalogue()["receivers"].get(package.receiver, package.receiver))


def _at(event: dict[str, str]) -> str:
    return moment(datetime.fromisoformat(event["at"]))


def _mean(package: Package, score: str) -> str:
    told = [item[score] for item in package.items.values() if item[score] is not None]
    return number(sum(told) / len(told), 1) if told else NONE
