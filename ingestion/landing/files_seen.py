"""Which delivered files were landed, so that an unchanged one is not opened again: `state/files/<source>.json`.

Losing it costs time only: a file's bytes are known again by their digest. Not here: listing files (connectors).
"""

from pathlib import Path
from typing import Any

from ingestion.atomic import read_json, replace_json
from ingestion.connectors.entry import Entry


class FilesSeen:
    """Path to size, time and digest of every file of one source that was landed."""

    def __init__(self, home: Path, source: str) -> None:
        """Read what is known."""
        self.path = home / "state" / "files" / f"{source}.json"
        self.files: dict[str, Any] = read_json(self.path)

    def digest_of(self, entry: Entry) -> str | None:
        """The digest that a file of this path, size and time had; null when it is new or was changed."""
        found = self.files.get(entry.path)
        if not found or (found["size"], found["changed"]) != (entry.size, entry.changed):
            return None
        return str(found["sha256"])

    def add(self, entry: Entry, digest: str) -> None:
        """Remember a file that was landed, or whose bytes had been landed before."""
        self.files[entry.path] = {"size": entry.size, "changed": entry.changed, "sha256": digest}

    def save(self) -> None:
        """Write it down for the next pull."""
        replace_json(self.path, self.files)
