"""Append-only journals below `<home>/returns`: one JSON object a line, flushed before anybody is told.

Not here: what stands in them (package/log.py, exchange/journal.py).
"""

import fcntl
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = "returns"


def append(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    """Write lines to the disk, all or (after a crash) the first of them."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        size = os.fstat(handle).st_size
        start = "" if not size or os.pread(handle, 1, size - 1) == b"\n" else "\n"  # a crash may have left half a line
        os.write(handle, (start + text).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def entries(path: Path) -> list[dict[str, Any]]:
    """Every line, in order; half a line that a crash left is none."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found
