"""What a folder of delivered files is, wherever it lies. Not here: the kinds of folder (local_folder, sftp_folder)."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, order=True)
class Entry:
    """One file: its path below the folder with `/` between the parts, its size in bytes, and when it was changed (any unit)."""

    path: str
    size: int
    changed: int


class Folder(Protocol):
    """What every kind of folder can do; both raise UnreachableError when the folder goes away."""

    def entries(self, below: str) -> list[Entry]:
        """All files below a subfolder at any depth, by path; none when the subfolder is missing."""
        ...

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises RefusedError when just this file cannot be read."""
        ...
