"""What the level above orders: read by its codes, placed where that can be, and answered. Nothing else of an order is kept.

Free text of an order may name people, so it is never kept: whoever checks on the spot finds it under the order's number in the
system that sent it. Not here: how a line is remembered (journal.py), how a task comes of it (dbt: int_inbound__placed).
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from returns.exchange.outbound import Entry, entry
from returns.version import Version

Place = Callable[[str], tuple[str, str] | None]
STREET, COMMITTEE = 9, 12  # digits of an area's code
TOLD = ("order_id", "code", "area_code", "address", "due_date")
NUMBER = re.compile(r"[A-Za-z0-9_-]{4,40}")
PERSONAL = re.compile(r"1[3-9]\d{9}|\d{6}(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dXx]")
EVIDENCE = "上级交办 "  # and the order's number: what its task says (int_inbound__placed)


@dataclass(frozen=True)
class OrderDoor:
    """What an order is held against.

    Attributes:
        kinds: Their codes to our kinds of task.
        committees: Codes of the committees of this warehouse.
        place: Dwelling and committee of an address; null: not resolved down to one dwelling.
    """

    kinds: Mapping[str, str]
    committees: Collection[str]
    place: Place

    def judge(self, told: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        """What is kept of an order, and why it cannot be taken in (empty: it can)."""
        area, due = str(told.get("area_code") or ""), told.get("due_date")
        fault = self._fault(told, area, due)
        if fault:
            return {}, fault
        placed = self.place(str(told["address"])) if told.get("address") else None
        if placed and len(area) == COMMITTEE and placed[1] != area:
            placed = None  # the order says another committee: it is not the same place
        committee = placed[1] if placed else area
        if len(committee) != COMMITTEE:
            return {}, "地址未能解析到户，又没有写明居委会代码（12 位），请补充 area_code 后重发"
        content = hashlib.sha256(json.dumps([told.get(name) for name in TOLD], ensure_ascii=False).encode()).hexdigest()[:16]
        return {
            "order_id": str(told["order_id"]),
            "code": str(told["code"]),
            "kind": self.kinds[str(told["code"])],
            "committee_code": committee,
            "dwelling_id": placed[0] if placed else None,
            "due_date": due,
            "content": content,
        }, ""

    def _fault(self, told: Mapping[str, Any], area: str, due: object) -> str:
        number = str(told["order_id"])
        if not NUMBER.fullmatch(number) or PERSONAL.fullmatch(number):
            return "order_id 应为 4 至 40 位字母、数字、- 或 _，且不得是证件号码或手机号"
        if str(told.get("code")) not in self.kinds:
            return f"交办代码 {str(told.get('code'))[:40]} 不在对照表的 orders 中，请核对代码，或在对照表中补充"
        if not any(code == area or (len(area) == STREET and code.startswith(area)) for code in self.committees):
            return f"area_code {area[:20] or '（空）'} 不是本街道的街道代码或居委会代码"
        return "" if due is None or _is_date(due) else "due_date 应写作 2026-12-01"


def answers(version: Version, orders: Collection[Mapping[str, Any]]) -> list[Entry]:
    """What is told of every order that was taken in: received (no version knows it yet), open, done or unverifiable."""
    tasks = {row["evidence"]: row for row in _tasks(version).iter_rows(named=True)} if orders else {}
    return [
        entry("order", order["order_id"], order["code"], _answer(order, tasks.get(EVIDENCE + order["order_id"])))
        for order in orders
    ]


def _tasks(version: Version) -> pl.DataFrame:
    return version.table("task").filter(pl.col("evidence").str.starts_with(EVIDENCE))


def _answer(order: Mapping[str, Any], task: Mapping[str, Any] | None) -> dict[str, Any]:
    at = task["checked_at"] if task else None
    return {
        "order_id": order["order_id"],
        "area_code": order["committee_code"],
        "is_placed": order["dwelling_id"] is not None,
        "state": task["state"] if task else "received",
        "verdict": task["verdict"] if task else None,
        "checked_at": at.isoformat() if at else None,
    }


def _is_date(value: object) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False
