"""The append-only audit log of `<home>/security`: each line holds the digest of the line before.

`audit.jsonl` is being written; full volumes lie beside it (audit_volume.py), and the chain goes on through all of them. Not here:
who decides what is worth a line (sign_in.py, repositories/plain.py, answers/). Never a password, never a person's plain value.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboards.access.audit_entry import START, digest_of, parse
from dashboards.access.audit_volume import CURRENT, HEAD, chain_problems, drop_old, entries, rotate
from dashboards.access.locked_file import locked

LARGEST = 16 << 20  # bytes of one volume: some fifty thousand lines
RETENTION = timedelta(days=400)  # the law asks for six months at least; a year and a month let a yearly audit look back
_TAIL = 65536


class AuditLog:
    """One log; several processes may write it, one line at a time."""

    def __init__(self, home: Path, largest: int = LARGEST) -> None:
        self.folder = home / "security"
        self.path = self.folder / CURRENT
        self._largest = largest

    def append(self, action: str, user: str, outcome: str, detail: str = "", at: datetime | None = None) -> str:
        """Write one line to the disk before returning; gives its digest."""
        with locked(self.path):
            moment = at or datetime.now(UTC)
            if self.path.exists() and self.path.stat().st_size >= self._largest:
                self._turn_over(moment)
            return self._write((action, user, outcome, detail), moment)

    def problems(self) -> list[str]:
        """What is wrong with the chain, one line each with file and line; empty: nothing was changed, cut out or cut off."""
        with locked(self.path):
            return chain_problems(self.folder)

    def entries(self) -> list[dict[str, object]]:
        """All whole entries that are kept, the oldest first."""
        return entries(self.folder)

    def _turn_over(self, at: datetime) -> None:
        """Begin a new volume; those beyond the retention go, and the log says where it begins from then on."""
        last = self._last() or {}
        rotate(self.folder)
        self._write(("rotate", "(system)", "allowed", ""), at, last)
        dropped = drop_old(self.folder, at - RETENTION)
        if dropped:
            sequence, digest = dropped
            self._write(("drop", "(system)", "allowed", f"up to {sequence} {digest}"), at)

    def _write(self, told: tuple[str, str, str, str], at: datetime, last: dict[str, object] | None = None) -> str:
        """One line: action, user, outcome, detail; `last` where the line before stands in another volume."""
        last = last or self._last()
        entry: dict[str, object] = {
            "sequence": int(str(last["sequence"])) + 1 if last else 1,
            "at": at.isoformat(timespec="milliseconds"),
            **dict(zip(("action", "user", "outcome", "detail"), told, strict=True)),
            "previous": str(last["digest"]) if last else START,
        }
        digest = digest_of(entry)
        # A crash may have left half a line; it stays, and is reported, but swallows nothing that follows.
        start = "" if self._ends_whole() else "\n"
        _append(self.path, start + json.dumps({**entry, "digest": digest}, ensure_ascii=False) + "\n")
        _replace(self.folder / HEAD, f"{entry['sequence']} {digest}\n")
        return digest

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
        found = [entry for entry in map(parse, lines) if entry is not None]
        return found[-1] if found else None


def _append(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(text)
    new.replace(path)
