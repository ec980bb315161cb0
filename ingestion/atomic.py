"""Small files that appear whole or not at all, and a lock between processes. Not here: batch folders (batch_folder)."""

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PRIVATE = 0o700


def make_folder(path: Path) -> Path:
    """The folder, made with all its parents where it is missing; readable by its owner only."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=PRIVATE, exist_ok=True)
    return path


def sync(path: Path) -> None:
    """Wait until the disk has a file, or knows the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(path: Path, data: bytes, *, is_synced: bool = True) -> None:
    """Put a file in the place of an older one by a rename; without syncing, a power cut may bring the older one back."""
    make_folder(path.parent)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    aside.write_bytes(data)
    if is_synced:
        sync(aside)
    aside.replace(path)


def replace_json(path: Path, value: Any, *, is_synced: bool = True) -> None:
    """The same for a JSON document."""
    replace_file(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode(), is_synced=is_synced)


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object; empty when the file is missing or damaged, since state can always be made again from landing."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


@contextmanager
def locked(home: Path, name: str) -> Iterator[None]:
    """Hold a lock of this name against every other process and thread of this home."""
    folder = make_folder(home / "state" / "locks")
    with (folder / f"{name}.lock").open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
