"""Counted days, kept below `build/telemetry` until a batch that speaks of them lands: only their day is counted again.

Grain: one folder a day, `day=<date>/{counts,event}.parquet`, made of the batches that `inputs.json` beside them names. `empty/`
holds the same files without rows, so that a scan never fails. All of it may be deleted. Not here: the counting (count).
"""

import hashlib
import io
import json
import shutil
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ingestion.atomic import locked, make_folder, read_json, replace_file
from ingestion.landing.ledger import read_manifests
from ingestion.landing.manifest import Manifest
from ingestion.telemetry.count import COUNTS, EVENTS, count_day
from ingestion.telemetry.moment import days_of
from ingestion.telemetry.rules import PATH as RULES

SOURCE, ENTITY = "device", "telemetry"
INPUTS = "inputs.json"
VERSION = 1  # of the counting; a higher one counts every day again


@dataclass(frozen=True)
class Counted:
    """What one call did: the days that were counted now, and how many stood already."""

    days: list[date]
    kept: int


def count_days(home: Path) -> Counted:
    """Count every day whose batches are not those it was counted from; days that no batch speaks of any more go.

    One process at a time: another waits.
    """
    with locked(home, "count-telemetry"):
        return _count_days(home)


def _count_days(home: Path) -> Counted:
    root = make_folder(home / "build" / "telemetry")
    _ensure_empty(root)
    batches = batches_by_day(home)
    for folder in root.glob("day=*"):
        if folder.name.partition("=")[2] not in {str(day) for day in batches}:
            shutil.rmtree(folder)
    stale = [day for day in sorted(batches) if read_json(_folder(root, day) / INPUTS) != _inputs(batches[day])]
    for day in stale:
        _count(home, root, day, batches[day])
    return Counted(stale, len(batches) - len(stale))


def batches_by_day(home: Path) -> dict[date, list[str]]:
    """The batches that speak of each day, by id in the order of their arrival."""
    found: dict[date, list[str]] = defaultdict(list)
    for manifest in read_manifests(home, SOURCE, ENTITY):
        for day in manifest.days or _days_in(home, manifest):
            found[day].append(manifest.batch_id)
    return dict(found)


def _days_in(home: Path, manifest: Manifest) -> list[date]:
    """For batches that landed before manifests told their days."""
    if not manifest.counts.loaded_rows:
        return []
    return days_of(pl.read_parquet(_data(home, manifest.batch_id), columns=["sent_at", "received_at"]))


def _data(home: Path, batch_id: str) -> Path:
    return home / "landing" / SOURCE / ENTITY / f"batch={batch_id}" / "data.parquet"


def _folder(root: Path, day: date) -> Path:
    return root / f"day={day}"


def _inputs(batch_ids: list[str]) -> dict[str, object]:
    """What a day's counts hang on."""
    return {"version": VERSION, "rules": hashlib.sha256(RULES.read_bytes()).hexdigest(), "batches": batch_ids}


def _count(home: Path, root: Path, day: date, batch_ids: list[str]) -> None:
    """Count a day and let its folder appear whole; what names its batches is in it from the beginning."""
    counted = count_day([_data(home, batch_id) for batch_id in batch_ids], day)
    aside = make_folder(root / f".{day}-{uuid.uuid4().hex[:8]}")
    counted.counts.write_parquet(aside / "counts.parquet")
    counted.events.write_parquet(aside / "event.parquet")
    (aside / INPUTS).write_text(json.dumps(_inputs(batch_ids)), encoding="utf-8")
    shutil.rmtree(_folder(root, day), ignore_errors=True)
    aside.rename(_folder(root, day))


def _ensure_empty(root: Path) -> None:
    """The typed files without rows."""
    for left in root.glob(".*"):
        shutil.rmtree(left)  # of a killed process
    for name, schema in (("counts", COUNTS), ("event", EVENTS)):
        written = io.BytesIO()
        pl.DataFrame(schema=schema).write_parquet(written)
        replace_file(root / "empty" / f"{name}.parquet", written.getvalue(), is_synced=False)
