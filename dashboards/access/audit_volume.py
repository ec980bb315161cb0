"""The volumes of the audit log as one chain: reading, verifying, turning over, dropping what is beyond the retention.

`audit-<first sequence>.jsonl` are full; `audit.head` holds sequence and digest of the last line, so that an end cut off shows.
Not here: writing a line (audit.py).
"""

from datetime import datetime
from pathlib import Path

from dashboards.access.audit_entry import START, digest_of, parse

CURRENT, HEAD = "audit.jsonl", "audit.head"


def volumes(folder: Path) -> list[Path]:
    """All volumes, the oldest first, the one being written last."""
    current = folder / CURRENT
    return [*sorted(folder.glob("audit-*.jsonl")), *([current] if current.exists() else [])]


def entries(folder: Path) -> list[dict[str, object]]:
    """All whole entries, the oldest first."""
    return [entry for path in volumes(folder) for entry in map(parse, _lines(path)) if entry is not None]


def rotate(folder: Path) -> None:
    """Put the volume being written beside the full ones."""
    first = next((entry for entry in map(parse, _lines(folder / CURRENT)) if entry), {})
    (folder / CURRENT).rename(folder / f"audit-{int(str(first.get('sequence', 0))):012d}.jsonl")


def drop_old(folder: Path, before: datetime) -> tuple[int, str] | None:
    """Remove full volumes whose last line is older; gives sequence and digest of the last line that went."""
    dropped = None
    for path in volumes(folder)[:-1]:
        last = [entry for entry in map(parse, _lines(path)) if entry][-1:]
        if not last or datetime.fromisoformat(str(last[0]["at"])) >= before:
            break
        dropped = int(str(last[0]["sequence"])), str(last[0]["digest"])
        path.unlink()
    return dropped


def chain_problems(folder: Path) -> list[str]:
    """What is wrong, one line each; the chain may begin only at number 1, or where the log itself says that older lines went."""
    found: list[str] = []
    expected: tuple[int, str] | None = None
    begins = {(0, START)} | {_dropped(entry) for entry in entries(folder) if entry.get("action") == "drop"}
    for path in volumes(folder):
        for number, text in enumerate(_lines(path), start=1):
            place, entry = f"{path.name} line {number}", parse(text)
            if entry is None:
                found.append(f"{place}: not a JSON object")
                continue
            before = (int(str(entry.get("sequence", 0))) - 1, str(entry.get("previous")))
            if before != expected if expected else before not in begins:
                found.append(f"{place}: does not follow the line before; a line was cut out or put in")
            if entry.get("digest") != digest_of(entry):
                found.append(f"{place}: was changed after it was written")
            expected = (before[0] + 1, str(entry.get("digest")))
    return [*found, *_end_problems(folder, expected)]


def _end_problems(folder: Path, last: tuple[int, str] | None) -> list[str]:
    head = folder / HEAD
    if not head.exists():
        return [] if last is None else [f"{HEAD}: missing; whether the end of the log was cut off cannot be told"]
    sequence, _, digest = head.read_text(encoding="ascii").strip().partition(" ")
    return [] if last == (int(sequence), digest) else [f"{HEAD}: the log ended at line {sequence}; its end was cut off or put in"]


def _dropped(entry: dict[str, object]) -> tuple[int, str]:
    sequence, _, digest = str(entry.get("detail", "")).removeprefix("up to ").partition(" ")
    return (int(sequence), digest) if sequence.isdigit() else (-1, "")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
