"""Single lines as they may be stored: refused ones, and those of a live feed. Not here: whole files (kept_bytes).

A line that can be read and tells of a passage is written anew with what the hourly count needs. One that cannot be read keeps its
bytes where it shows that it is none; else its shape alone, since nobody can say whose passage it was part of.
"""

import json
import re
from typing import Any

from ingestion.quarantine.shape import masked_shape
from ingestion.telemetry.passage import is_beat, is_timed, message_digest
from ingestion.telemetry.rules import telemetry_rules

_HOUR_MS = 3_600_000
_FIELDS = ("id", "dev", "t", "rx", "k", "bat", "sig", "ev", "val")
_BEAT = re.compile(rb'"k"\s*:\s*"hb"')
_EVENT = re.compile(rb'"ev"\s*:\s*"(\w+)"')
_TELLS = re.compile(rb'"\s*:|\d{10}')  # a field with a value, or digits enough for a moment or a card
_WORD = re.compile(r"\w{1,32}", re.ASCII)


def storable_line(line: bytes, key: bytes) -> bytes:
    """A line as it may be stored; the same bytes for what tells of no passage."""
    if _is_plain_beat(line):
        return line
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return storable_broken(line)
    if not isinstance(message, dict):
        return storable_broken(line)
    event = message.get("ev")
    is_plain = is_timed(event) or (event is None and is_beat(message.get("k")))
    return line if is_plain else json.dumps(_reduced(message, key)).encode()


def storable_broken(line: bytes) -> bytes:
    """A line that is no message."""
    event = _EVENT.search(line)
    is_plain = is_timed(event[1].decode()) if event else _is_plain_beat(line)
    if is_plain or not _TELLS.search(line):
        return line
    return masked_shape(line, _FIELDS).encode()


def _is_plain_beat(line: bytes) -> bool:
    return bool(_BEAT.search(line)) and b'"ev"' not in line and b"\\" not in line


def _reduced(message: dict[str, Any], key: bytes) -> dict[str, Any]:
    """What the hourly count needs of a passage; `late` tells what the moments told."""
    sent, received = (_milliseconds(message.get(name)) for name in ("t", "rx"))
    number, device = message.get("id"), message.get("dev")
    small: dict[str, object] = {
        "id": message_digest(str(number), key) if isinstance(number, str | int) and number != "" else None,
        "dev": device if isinstance(device, str) else None,
        "t": sent - sent % _HOUR_MS if sent is not None else None,
        "rx": received - received % _HOUR_MS if received is not None else None,
        "late": received - sent > telemetry_rules().late_minutes * 60_000 if sent is not None and received is not None else None,
    }
    small |= {name: value for name in ("k", "ev") if isinstance(value := message.get(name), str) and _WORD.fullmatch(value)}
    small |= {name: value for name in ("bat", "sig") if isinstance(value := message.get(name), int | float)}
    return {name: value for name, value in small.items() if value is not None}


def _milliseconds(value: object) -> int | None:
    try:
        return int(float(value)) if isinstance(value, str | int | float) else None
    except (ValueError, OverflowError):
        return None
