"""What of each landed batch is due to go today. Nothing is changed here; drop.py does what is found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from ingestion.landing.ledger import DROPPED, batch_folders
from ingestion.landing.manifest import Manifest, read_manifest
from ingestion.retention.classes import Layer, Retention
from ingestion.retention.replaced import replaced_rows
from ingestion.street_time import street_day

Cells = tuple[tuple[str, ...], pl.Series]  # columns, and the lines of the rows in which they are emptied


@dataclass(frozen=True)
class Due:
    """What goes from one batch.

    Attributes:
        folder: The batch.
        manifest: What it says now.
        originals: Files of delivered bytes.
        rejects: Rows of refused bytes.
        messages: Rows of device messages.
        emptied: What is emptied, by part (data, or a child).
        replaced_by: The place in the order of arrival before which the emptied values were the newest; 0: none was emptied.
    """

    folder: Path
    manifest: Manifest
    originals: tuple[str, ...] = ()
    rejects: int = 0
    messages: int = 0
    emptied: dict[str, list[Cells]] = field(default_factory=dict)
    replaced_by: int = 0

    @property
    def emptied_rows(self) -> int:
        """Rows of which something is emptied."""
        return sum(len(lines) for cells in self.emptied.values() for _, lines in cells)

    def __bool__(self) -> bool:
        """Whether anything is due."""
        return bool(self.originals or self.rejects or self.messages or self.emptied)


def due_batches(home: Path, classes: Retention, today: date) -> Iterator[Due]:
    """The batches of which something is due, by source and entity."""
    for entity in sorted((home / "landing").glob("*/*")):
        folders = batch_folders(home, entity.parent.name, entity.name)
        is_message = f"{entity.parent.name}.{entity.name}" in classes.layers["message"].feeds
        limited = not is_message and any(each.days for each in classes.columns.values())
        replaced = replaced_rows(folders) if limited else None
        for folder in folders:
            if found := _due(folder, classes, today, replaced, is_message=is_message):
                yield found


def _due(folder: Path, classes: Retention, today: date, replaced: pl.DataFrame | None, *, is_message: bool) -> Due:
    manifest = read_manifest(folder)
    arrived = street_day(manifest.received_at)
    emptied, replaced_by = ({}, 0) if replaced is None else _emptied(folder, manifest, classes, today, replaced)
    return Due(
        folder,
        manifest,
        originals=tuple(name for name in manifest.files if name.startswith("original/"))
        if _is_over(classes.layers["original"], arrived, today)
        else (),
        rejects=_refused_bytes(folder) if _is_over(classes.layers["reject"], arrived, today) else 0,
        messages=manifest.counts.loaded_rows if is_message and _is_over(classes.layers["message"], arrived, today) else 0,
        emptied=emptied,
        replaced_by=replaced_by,
    )


def _is_over(layer: Layer, arrived: date, today: date) -> bool:
    before = layer.before(today)
    return before is not None and arrived < before


def _refused_bytes(folder: Path) -> int:
    """Refused rows whose bytes still stand there."""
    files = [pl.read_parquet(path, columns=["original"])["original"].drop_nulls() for path in folder.glob("*rejects.parquet")]
    return sum(bytes_.filter(~bytes_.bin.starts_with(DROPPED)).len() for bytes_ in files)


def _emptied(
    folder: Path, manifest: Manifest, classes: Retention, today: date, replaced: pl.DataFrame
) -> tuple[dict[str, list[Cells]], int]:
    """By part, columns and lines of which something still stands; and until which arrival that was the newest."""
    mine = replaced.filter(pl.col("_batch_id") == manifest.batch_id)
    found: dict[str, list[Cells]] = {}
    until = 0
    for each in classes.columns.values():
        over = (
            mine.filter(pl.col("replaced_at").map_elements(street_day, return_dtype=pl.Date) < _before(each.days, today))
            if each.days
            else mine.clear()
        )
        for part in ("data", *manifest.children) if over.height else ():
            path = folder / f"{part}.parquet"
            names = tuple(name for name in each.columns if name in pl.read_parquet_schema(path))
            standing = _standing(path, names, over["_line"]) if names else pl.Series(dtype=pl.Int64)
            if len(standing):
                found.setdefault(part, []).append((names, standing))
                until = max(until, *over.filter(pl.col("_line").is_in(standing.implode()))["replaced_by"].to_list())
    return found, until


def _before(days: int, today: date) -> date:
    return date.fromordinal(today.toordinal() - days)


def _standing(path: Path, names: tuple[str, ...], lines: pl.Series) -> pl.Series:
    """The lines among these in which one of the columns is not empty yet."""
    frame = pl.read_parquet(path, columns=["_line", *names]).filter(pl.col("_line").is_in(lines.implode()))
    return frame.filter(pl.any_horizontal(pl.col(list(names)).is_not_null()))["_line"].unique().sort()
