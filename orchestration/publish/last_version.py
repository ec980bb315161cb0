"""What the new version needs to know of the one before.

Not here: how they are compared (change.py).
"""

from dataclasses import dataclass
from pathlib import Path

from orchestration.publish.current import ManifestError, current_version, read_manifest
from orchestration.publish.layout import TABLES, version_folder


@dataclass(frozen=True)
class LastTable:
    """One table of the version before: its file, the digest of it, its grain and the names of its columns."""

    path: Path
    sha256: str
    grain: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class LastVersion:
    """The version before: its name, and its tables by name."""

    name: str
    tables: dict[str, LastTable]


def last_version(home: Path) -> LastVersion | None:
    """The current version, before it is followed by another; null when there is none that can be read."""
    name = current_version(home)
    if name is None:
        return None
    try:
        tables = read_manifest(home, name)["tables"]
    except (ManifestError, KeyError):
        return None
    folder = version_folder(home, name) / TABLES
    return LastVersion(
        name,
        {
            table: LastTable(folder / f"{table}.parquet", told["sha256"], tuple(told["grain"]), tuple(told["columns"]))
            for table, told in tables.items()
        },
    )
