"""One line of the audit log: how it is read, and its digest. Not here: the chain (audit_volume.py), writing (audit.py)."""

import hashlib
import json

START = "0" * 64  # what the very first line has before it


def parse(text: str) -> dict[str, object] | None:
    """The line as an object; null: it is none."""
    try:
        entry = json.loads(text)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def digest_of(entry: dict[str, object]) -> str:
    """SHA-256 over the entry without its own digest, keys in order."""
    told = {name: value for name, value in entry.items() if name != "digest"}
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
