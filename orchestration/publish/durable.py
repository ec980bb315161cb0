"""Files that survive a power cut: written aside, flushed to the disk, then renamed.

Not here: what the files hold.
"""

import os
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def write_by_rename(path: Path, text: str) -> None:
    """Replace a small text file so that a reader sees the old or the new one, never a part."""
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    aside.chmod(FILE_MODE)
    flush(aside)
    aside.replace(path)
    flush(path.parent)


def flush_tree(folder: Path) -> None:
    """Flush every file and folder below, then the folder itself, and let only the owner read them."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
        flush(path)
    folder.chmod(FOLDER_MODE)
    flush(folder)


def flush(path: Path) -> None:
    """Ask the disk to keep what was written to a file or folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
