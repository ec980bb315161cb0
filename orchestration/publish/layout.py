"""Where everything of a published version stands. Not here: what is written there."""

from pathlib import Path

PUBLISHED = "published"
CURRENT = "CURRENT"
MANIFEST = "manifest.json"
SERVING = "serving.duckdb"
TABLES = "tables"
HIDDEN = "."


def published_folder(home: Path) -> Path:
    """The folder of all versions."""
    return home / PUBLISHED


def version_folder(home: Path, version: str) -> Path:
    """The folder of one version."""
    return published_folder(home) / version


def versions(home: Path) -> list[str]:
    """The names of the versions that stand there whole, the oldest first; what is being written or removed is hidden."""
    folders = (path for path in published_folder(home).glob("*") if not path.name.startswith(HIDDEN))
    return sorted(path.name for path in folders if (path / MANIFEST).is_file())
