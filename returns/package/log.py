"""The receipt log `<home>/returns/log.jsonl`: what was sent to whom, and whether it was opened, accepted or rejected.

A worklist stands in it under a name that begins with `worklist_`: `handed_out`, and `recalled` with the rows not to be checked.

Not here: how a line is kept (returns/journal.py), the packages (orchestration/returning).
"""

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from returns.journal import FOLDER, append, entries

Event = Literal["sent", "opened", "accepted", "rejected", "withdrawn", "expired", "handed_out", "recalled"]
FILE = "log.jsonl"


def note(home: Path, event: Event, package_id: str, by: str, at: datetime, *, told: dict[str, Any] | None = None) -> None:
    """Write one event to the disk before returning.

    Args:
        home: The warehouse's home.
        event: What happened.
        package_id: To which package or worklist.
        by: Who did it: a user of the system or a receiver.
        at: When (UTC).
        told: More of it: scores when sent, why when rejected.
    """
    line = {"at": at.isoformat(timespec="seconds"), "event": event, "package_id": package_id, "by": by, **(told or {})}
    append(home / FOLDER / FILE, [line])


def state_of(home: Path) -> dict[str, dict[str, Any]]:
    """By package: the last event, who and when, and what was told when it was sent."""
    found: dict[str, dict[str, Any]] = {}
    for event in entries(home / FOLDER / FILE):
        found[event["package_id"]] = found.get(event["package_id"], {}) | event
    return found
