"""What went up, what was answered, and what came down: `<home>/returns/exchange.jsonl`, and whether it adds up.

Not here: what is sent (outbound.py), how a line is kept (returns/journal.py).
"""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

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


def take_in(home: Path, text: str, at: datetime) -> tuple[int, list[str]]:
    """Take in what the level above sent: receipts (`exchange_id`, `result`, `reason`) and orders (`order_id`, `title`, …).

    Args:
        home: The warehouse's home.
        text: One JSON object a line.
        at: Now (UTC).

    Returns:
        How many lines were taken in, and one line in Chinese for each that was not. A line that was taken in before is no news.
    """
    state, known = _state(home), {line["order_id"] for line in orders(home)}
    taken: list[dict[str, Any]] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        told = _object(line)
        fault = _fault(told, state)
        if fault:
            wrong.append(f"第 {number} 行：{fault}")
        elif told is not None and _is_news(told, state, known):
            known.add(str(told.get("order_id")))
            taken.append({**_kept(told), "at": at.isoformat(timespec="seconds")})
    append(home / FOLDER / FILE, taken)
    return len(taken), wrong


def _fault(told: dict[str, Any] | None, state: dict[str, dict[str, Any]]) -> str:
    """Why a line cannot be used; empty: it can."""
    if told is None:
        return "不是 JSON 对象"
    if told.get("order_id"):
        return ""
    if told.get("exchange_id") not in state:
        return f"交换编号 {told.get('exchange_id')} 不是本街道报送的"
    return "" if told.get("result") in RESULTS else "result 应为 accepted 或 rejected"


def _is_news(told: dict[str, Any], state: dict[str, dict[str, Any]], known: set[str]) -> bool:
    if told.get("order_id"):
        return str(told["order_id"]) not in known
    return bool(state[told["exchange_id"]].get("result") != told["result"])


def _kept(told: dict[str, Any]) -> dict[str, Any]:
    if told.get("order_id"):
        return {**told, "event": "order", "order_id": str(told["order_id"])}
    return {"event": "answered", **{name: told.get(name) for name in ("exchange_id", "result", "reason")}}


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
    """The orders that came down."""
    return [line for line in _lines(home) if line["event"] == "order"]


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
