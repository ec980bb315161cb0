"""Which rules cleaned a batch. Not here: the rules themselves (cleaning, schemas)."""

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
DECIDING = ("cleaning", "schemas", "reference")


@cache
def cleaning_version() -> str:
    """16 hex digits over everything that decides what cleaning makes of a row."""
    digest = hashlib.sha256()
    for folder in DECIDING:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in {".py", ".yaml", ".csv"}:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
