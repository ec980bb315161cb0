"""The append-only audit log `<home>/security/audit.jsonl`: each line holds the digest of the line before.

Not here: who decides what is worth a line (sign_in.py; searches and exports when pages have them). Never a password, never a
person's plain value.
"""

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

from dashboards.access.locked_file import locked

START = "0" * 64
_TAIL = 65536


class AuditLog:
    """One log; several processes may write it, one line at a time."""

    def __init__(self, home: Path) -> None:
        self.path = home / "security" / "audit.jsonl"

    def append(self, action: str, user: str, outcome: str, detail: str = "", at: datetime | None = None) -> str:
        """Write one line to the disk before returning; gives its digest."""
        with locked(self.path):
            last = self._last()
            entry: dict[str, object] = {
                "sequence": int(str(last["sequence"])) + 1 if last else 1,
                "at": (at or datetime.now(UTC)).isoformat(timespec="milliseconds"),
                "action": action,
                "user": user,
                "outcome": outcome,
                "detail": detail,
                "previous": str(last["digest"]) if last else START,
            }
            line = {**entry, "digest": _digest(entry)}
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                # A crash may have left half a line; it stays, and is reported, but swallows nothing that follows.
                start = "" if self._ends_whole() else "\n"
                os.write(handle, (start + json.dumps(line, ensure_ascii=False) + "\n").encode())
                os.fsync(handle)
            finally:
                os.close(handle)
        return str(line["digest"])

    def problems(self) -> list[str]:
        """What is wrong with the chain, one line each with the line's number; empty: nothing was changed or cut out."""
        found, previous = [], START
        for number, text in enumerate(self._lines(), start=1):
            entry = _parse(text)
            if entry is None:
                found.append(f"audit.jsonl line {number}: not a JSON object")
                continue
            digest = entry.pop("digest", None)
            if entry.get("previous") != previous or entry.get("sequence") != number:
                found.append(f"audit.jsonl line {number}: does not follow the line before; a line was cut out or put in")
            if digest != _digest(entry):
                found.append(f"audit.jsonl line {number}: was changed after it was written")
            previous = str(digest)
        return found

    def _lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []

    def _ends_whole(self) -> bool:
        if not self.path.exists() or not self.path.stat().st_size:
            return True
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read() == b"\n"

    def _last(self) -> dict[str, object] | None:
        """The last whole entry; only the tail of the file is read."""
        if not self.path.exists():
            return None
        with self.path.open("rb") as file:
            file.seek(max(0, self.path.stat().st_size - _TAIL))
            lines = file.read().decode(errors="replace").splitlines()
        entries = [entry for entry in map(_parse, lines) if entry is not None]
        return entries[-1] if entries else None


def _parse(text: str) -> dict[str, object] | None:
    try:
        entry = json.loads(text)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _digest(entry: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
