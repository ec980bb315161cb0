"""A folder of this machine, or one that is mounted here."""

import os
from pathlib import Path

from ingestion.connectors.entry import Entry
from ingestion.refusal import RefusedError, UnreachableError


class LocalFolder:
    """Files below one root; links to folders are not followed, so that nothing is read twice or from elsewhere."""

    def __init__(self, root: Path) -> None:
        """Raises UnreachableError when there is no such folder."""
        self.root = root
        if not root.is_dir():
            raise UnreachableError(f"folder {root} does not exist or cannot be entered")

    def entries(self, below: str) -> list[Entry]:
        """All files below a subfolder at any depth, by path."""
        found = []
        for folder, _, names in os.walk(self.root / below):
            for name in names:
                path = Path(folder) / name
                try:
                    stat = path.stat()
                except OSError:
                    continue  # it was removed or renamed while we looked
                found.append(Entry(path.relative_to(self.root).as_posix(), stat.st_size, stat.st_mtime_ns))
        return sorted(found)

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            raise RefusedError(f"cannot be read ({error.strerror})") from None
