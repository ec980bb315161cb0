"""A landed batch of which something had to go: its files are replaced one by one, its manifest tells the truth again, last.

A crash on the way shows in `yidang verify`, and doing the same again ends it. Not here: what has to go (erasure, retention).
"""

import hashlib
from pathlib import Path

import polars as pl

from ingestion.atomic import replace_file
from ingestion.drift.profile import SAMPLE
from ingestion.landing.manifest import NAME, Counts, FileEntry, Manifest
from ingestion.landing.row_index import FILE as ROW_DIGESTS


def frames_of(folder: Path) -> list[Path]:
    """The cleaned rows, those of children, and the rejects of a batch."""
    return [path for path in sorted(folder.glob("*.parquet")) if path.name not in {ROW_DIGESTS, SAMPLE}]


def replace_other(path: Path, data: bytes) -> None:
    """Replace a file whose bytes are to be others."""
    if path.read_bytes() != data:
        replace_file(path, data)


def entry_of(path: Path) -> FileEntry:
    """What a manifest tells of a file."""
    data = path.read_bytes()
    return FileEntry(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def write_truth(folder: Path, manifest: Manifest) -> int:
    """Write the manifest of what stands in the folder now, so that read = loaded + rejected + deduplicated; how many rows went.

    Args:
        folder: The batch, with its files as they are to be.
        manifest: What was told of it so far.
    """
    now = {path.name: int(pl.scan_parquet(path).select(pl.len()).collect().item()) for path in frames_of(folder)}
    parts = {"data": manifest.counts} | manifest.children
    less = {part: _standing(counts, part, now) for part, counts in parts.items()}
    files = {name: entry_of(folder / name) for name in manifest.files if (folder / name).is_file()}
    told = manifest.model_copy(update={"counts": less.pop("data"), "children": less, "files": files})
    replace_file(folder / NAME, told.to_bytes())
    stood = sum(counts.loaded_rows + counts.rejected_rows for counts in parts.values())
    return stood - sum(counts.loaded_rows + counts.rejected_rows for counts in (told.counts, *told.children.values()))


def _standing(counts: Counts, part: str, now: dict[str, int]) -> Counts:
    """The counts of what stands there: what was deduplicated stays as it was."""
    loaded = now[f"{part}.parquet"]
    rejected = now["rejects.parquet" if part == "data" else f"{part}.rejects.parquet"]
    return Counts(
        read_rows=loaded + rejected + counts.deduplicated_rows,
        loaded_rows=loaded,
        rejected_rows=rejected,
        deduplicated_rows=counts.deduplicated_rows,
    )
