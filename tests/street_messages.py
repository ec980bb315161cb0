"""What a device drop says, read line by line with the standard library alone: the truth that published device tables must equal.

Not here: the warehouse's own reading of the same files (ingestion.telemetry), what is asserted.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import polars as pl
import zstandard

SHANGHAI = timezone(timedelta(hours=8))
LATEST_MS = 72 * 3_600_000  # the interface promises that no message is later (source-systems: device)
ALARM_CODES = frozenset({"SMOKE", "ARC", "THROW", "FIRE_RISK", "LEAK", "SOS", "TAMPER"})
PASSAGE_CODES = frozenset({"OPEN", "CLOSE", "PASS", "DENY"})  # of these the warehouse keeps the hour (docs/decisions/0013)
BAY_CODES = frozenset({"OCCUPIED", "FREE"})
REQUIRED = ("id", "dev", "t", "rx", "k")


@dataclass
class DropTruth:
    """Counts of a drop.

    Attributes:
        lines: All lines that are not empty.
        rejected: Lines that are no message: cut off, not JSON, without a field that every message has.
        copies: Arrivals of a message beyond its first, by device.
        heartbeats: By device and day of the street on which they were sent; where the clock is wrong, received.
        alarms: Alarm messages by id.
        last_ms: When each device was last heard, epoch milliseconds by the hub's clock; of a passage its hour is known alone.
        hours: Events by device, code and hour (UTC, without a zone) in which they happened.
        bays: What sensors of bays said, in order: when (UTC, without a zone), message, OCCUPIED or FREE.
        openings: The hours in which each door was opened, in order, one for each opening (UTC, without a zone).
    """

    lines: int = 0
    rejected: int = 0
    copies: Counter[str] = field(default_factory=Counter)
    heartbeats: Counter[tuple[str, date]] = field(default_factory=Counter)
    alarms: set[str] = field(default_factory=set)
    last_ms: dict[str, int] = field(default_factory=dict)
    hours: Counter[tuple[str, str, datetime]] = field(default_factory=Counter)
    openings: dict[str, list[datetime]] = field(default_factory=dict)
    bays: dict[str, list[tuple[datetime, str, str]]] = field(default_factory=dict)


def read_drop(root: Path) -> DropTruth:
    """Read every telemetry file below a device drop."""
    truth, first = DropTruth(), dict[tuple[str, str], dict[str, Any]]()
    for message in _messages(root, truth):
        key = (message["dev"], message["id"])
        heard = message["rx"] - (message["rx"] % 3_600_000 if message.get("ev") in PASSAGE_CODES else 0)
        truth.last_ms[message["dev"]] = max(heard, truth.last_ms.get(message["dev"], 0))
        if key in first:
            truth.copies[message["dev"]] += 1
        if key not in first or message["rx"] < first[key]["rx"]:
            first[key] = message
    for message in first.values():
        if message["k"] == "hb":
            truth.heartbeats[message["dev"], _day(message)] += 1
            continue
        _note_event(truth, message)
    for moments in truth.openings.values():
        moments.sort()
    for said in truth.bays.values():
        said.sort()
    return truth


def _note_event(truth: DropTruth, message: dict[str, Any]) -> None:
    at = datetime.fromtimestamp(_happened_ms(message) / 1000, UTC).replace(tzinfo=None)
    hour = at.replace(minute=0, second=0, microsecond=0)
    truth.hours[message["dev"], message["ev"], hour] += 1
    if message["ev"] in ALARM_CODES:
        truth.alarms.add(message["id"])
    elif message["ev"] == "OPEN":
        truth.openings.setdefault(message["dev"], []).append(hour)
    elif message["ev"] in BAY_CODES:
        truth.bays.setdefault(message["dev"], []).append((at, message["id"], message["ev"]))


def silence(root: Path, device_id: str, from_hour: int, said: str = "") -> None:
    """Take a device's lines, or those that hold a word, out of the gzipped hours from one on, as if it had fallen silent then."""
    for path in sorted(root.glob("telemetry/dt=*/hour=*/*.gz")):
        if int(path.parent.name.removeprefix("hour=")) >= from_hour:
            lines = gzip.decompress(path.read_bytes()).split(b"\n")
            path.write_bytes(
                gzip.compress(b"\n".join(line for line in lines if not (device_id.encode() in line and said.encode() in line)))
            )


def _day(message: dict[str, Any]) -> date:
    return datetime.fromtimestamp(_happened_ms(message) / 1000, UTC).astimezone(SHANGHAI).date()


def _happened_ms(message: dict[str, Any]) -> int:
    is_right = message["rx"] - LATEST_MS <= message["t"] <= message["rx"]
    return int(message["t"] if is_right else message["rx"])


def _messages(root: Path, truth: DropTruth) -> Iterator[dict[str, Any]]:
    for path in sorted(root.glob("telemetry/dt=*/hour=*/*")):
        if path.suffix == ".parquet":
            rows = pl.read_parquet(path).to_dicts()
            truth.lines += len(rows)
            yield from rows
            continue
        for line in filter(None, _content(path).split(b"\n")):
            truth.lines += 1
            message = _message(line)
            if message is None:
                truth.rejected += 1
            else:
                yield message


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().stream_reader(data).read() if path.suffix == ".zst" else data


def _message(line: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(line)
    except ValueError:
        return None
    return read if isinstance(read, dict) and all(name in read for name in REQUIRED) else None
