"""A batch folder: filled aside, then shown by one rename. Not here: what goes into it (landing)."""

import hashlib
import io
import os
import shutil
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from ingestion.atomic import make_folder, sync
from ingestion.landing.manifest import NAME, FileEntry, Manifest

INCOMING = ".incoming"
SYNCERS = 8  # a disk writes the files of one folder faster together than one after the other


class BatchFolder:
    """One batch on its way in; nothing of it can be seen below its source before `show`."""

    def __init__(self, home: Path) -> None:
        """Make the folder aside; its name tells the process that owns it."""
        self.path = make_folder(home / "landing" / INCOMING / f"{os.getpid()}-{uuid.uuid4().hex}")
        self.files: dict[str, FileEntry] = {}

    def add_bytes(self, name: str, data: bytes) -> None:
        """Keep bytes under a name, which may lie in a subfolder."""
        path = self.path / name
        make_folder(path.parent)
        path.write_bytes(data)
        self.files[name] = FileEntry(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())

    def add_frame(self, name: str, frame: pl.DataFrame) -> None:
        """Keep a frame as Parquet: lightly compressed, since landing is written once and read often."""
        written = io.BytesIO()
        frame.write_parquet(written, compression="zstd", compression_level=1)
        self.add_bytes(name, written.getvalue())

    def show(self, manifest: Manifest, place: Path) -> None:
        """Write the manifest, then let the whole folder appear under its name."""
        (self.path / NAME).write_bytes(manifest.model_copy(update={"files": self.files}).to_bytes())
        with ThreadPoolExecutor(SYNCERS) as pool:
            list(pool.map(sync, [self.path, *self.path.rglob("*")]))
        make_folder(place.parent)
        self.path.rename(place)
        sync(place.parent)

    def discard(self) -> None:
        """Remove what was not shown."""
        shutil.rmtree(self.path, ignore_errors=True)


def sweep(home: Path) -> int:
    """Remove what a killed process left behind; how many folders that were. Folders of living processes stay."""
    left = [path for path in (home / "landing" / INCOMING).glob("*-*") if not _is_alive(path.name.partition("-")[0])]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
