"""What went up, what was answered, and what came down: `<home>/returns/exchange.jsonl`, and whether it adds up.

Not here: what is sent (outbound.py), how a line is kept (returns/journal.py).
"""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from returns.exchange.order import OrderDoor
from returns.exchange.outbound import Entry
from returns.journal import FOLDER, append, entries

FILE = "exchange.jsonl"
RESULTS = {"accepted", "rejected"}


def news(home: Path, said: list[Entry]) -> list[Entry]:
    """What was never sent, was changed since, or was rejected: the rest need not be sent again."""
    state = _state(home)
    return [
        entry
        for entry in said
        if state.get(entry["exchange_id"], {}).get("content") != entry["content"]
        or state[entry["exchange_id"]].get("result") == "rejected"
    ]


def note_sent(home: Path, sent: list[Entry], file: str, at: datetime) -> None:
    """Remember what a file holds."""
    when = at.isoformat(timespec="seconds")
    append(home / FOLDER / FILE, [
        {"at": when, "event": "sent", "file": file, **{name: entry[name] for name in ("exchange_id", "content", "kind", "code")}}
        for entry in sent
    ])  # fmt: skip


def take_in(home: Path, text: str, at: datetime, door: OrderDoor) -> tuple[int, list[str]]:
    """Take in what the level above sent: receipts (`exchange_id`, `result`, `reason`) and orders (`order_id`, `code`, …).

    Args:
        home: The warehouse's home.
        text: One JSON object a line.
        at: Now (UTC).
        door: What orders are held against.

    Returns:
        How many lines were taken in, and one line in Chinese for each that was not. A line that was taken in before is no news.
    """
    state, known = _state(home), {line["order_id"]: line["content"] for line in orders(home)}
    seen = set(known)
    taken: list[dict[str, Any]] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        told = _object(line)
        if told is not None and told.get("order_id"):
            kept, fault = _order(told, door, known, seen)
        else:
            kept, fault = _answer(told, state)
        if fault:
            wrong.append(f"第 {number} 行：{fault}")
        elif kept:
            taken.append({**kept, "at": at.isoformat(timespec="seconds")})
    append(home / FOLDER / FILE, taken)
    return len(taken), wrong


def _order(told: dict[str, Any], door: OrderDoor, known: dict[str, str], seen: set[str]) -> tuple[dict[str, Any], str]:
    """What is kept of an order (nothing: it is known), and why it is not taken in."""
    kept, fault = door.judge(told)
    if fault:
        return {}, fault
    before = known.setdefault(kept["order_id"], kept["content"])
    if before != kept["content"]:
        return {}, f"交办单 {kept['order_id']} 已接收过，内容与当时不同；请用新的编号重发"
    is_news = kept["order_id"] not in seen
    seen.add(kept["order_id"])
    return ({"event": "order", **kept} if is_news else {}), ""


def _answer(told: dict[str, Any] | None, state: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], str]:
    """What is kept of a receipt (nothing: it is known), and why it is not taken in."""
    if told is None:
        return {}, "不是 JSON 对象"
    sent = state.get(str(told.get("exchange_id")))
    if sent is None:
        return {}, f"交换编号 {told.get('exchange_id')} 不是本街道报送的"
    if told.get("result") not in RESULTS:
        return {}, "result 应为 accepted 或 rejected"
    is_news = sent.get("result") != told["result"]
    return (
        {"event": "answered", **{name: told.get(name) for name in ("exchange_id", "result", "reason")}} if is_news else {}
    ), ""


def reconciliation(home: Path) -> list[dict[str, Any]]:
    """One row a kind and code of theirs: how much was sent, accepted, rejected, and still waits for an answer."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for told in _state(home).values():
        counts.setdefault((told["kind"], told["code"]), Counter())[told.get("result") or "waiting"] += 1
    return [
        {"kind": kind, "code": code, "sent": found.total(), **{name: found[name] for name in ("accepted", "rejected", "waiting")}}
        for (kind, code), found in sorted(counts.items())
    ]


def orders(home: Path) -> list[dict[str, Any]]:
    """The orders that came down and were understood, as they are kept."""
    return [line for line in _lines(home) if line["event"] == "order" and "content" in line]


def _state(home: Path) -> dict[str, dict[str, Any]]:
    """By exchange ID: what was last sent, and its answer; sending it anew asks for a new answer."""
    found: dict[str, dict[str, Any]] = {}
    for line in _lines(home):
        if line["event"] == "sent":
            found[line["exchange_id"]] = dict(line)
        elif line["event"] == "answered":
            found[line["exchange_id"]] |= {"result": line["result"], "reason": line["reason"]}
    return found


def _lines(home: Path) -> list[dict[str, Any]]:
    return entries(home / FOLDER / FILE)


def _object(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
