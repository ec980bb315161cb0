"""Files and versions that are past their time, layer by layer. Not here: what is due in a landed batch (ingestion/retention)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from ingestion.retention.classes import Retention
from ingestion.street_time import street_day
from orchestration.publish.current import current_version, read_manifest
from orchestration.publish.layout import versions
from orchestration.publish.retention import remove_version
from returns.journal import FOLDER
from returns.package.log import note

# Layers that are files: folder below home, pattern. Their age is that of the file.
FILES = {
    "package": (FOLDER, "*.sealed"),
    "receipt": (f"{FOLDER}/receipt", "*.xlsx"),
    "worklist": (f"{FOLDER}/worklist", "*.json"),
    "slip": ("slip", "**/*.xlsx"),
    "answer": ("desk", "*/taken/*.json"),
}


def due_versions(home: Path, classes: Retention, today: date) -> list[str]:
    """Versions past their time, the oldest first; never the current one."""
    before = classes.layers["version"].before(today)
    current = current_version(home)
    return [name for name in versions(home) if name != current and before is not None and _published(home, name) < before]


def due_files(home: Path, classes: Retention, today: date) -> Iterator[tuple[str, Path]]:
    """Layer and path of every file past its time."""
    for layer, (folder, pattern) in FILES.items():
        before = classes.layers[layer].before(today)
        for path in sorted((home / folder).glob(pattern)):
            if before and path.is_file() and _day(path.stat().st_mtime) < before:
                yield layer, path


def remove_file(home: Path, layer: str, path: Path, by: str, at: datetime) -> None:
    """Remove one file; of a return package, the receipt log tells that it expired."""
    path.unlink()
    if layer == "package":
        note(home, "expired", path.name.removesuffix(".sealed"), by, at)


def drop_versions(home: Path, names: list[str]) -> None:
    """Remove whole versions; their manifests stay in state/versions."""
    for name in names:
        remove_version(home, name)


def _published(home: Path, version: str) -> date:
    """The day on which a version was published."""
    return street_day(datetime.fromisoformat(read_manifest(home, version)["created_at"]))


def _day(seconds: float) -> date:
    return street_day(datetime.fromtimestamp(seconds, UTC))
