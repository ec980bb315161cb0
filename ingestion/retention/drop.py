"""Takes what is due out of one landed batch, and remembers what earlier versions can no longer be made from.

`<home>/state/retention.json` says from when on values are missing: `replaced_until` (versions that knew fewer arrivals than
this number would need values that were emptied), `messages_from` and `messages_at` (versions made before that moment that knew
that arrival would need messages that are gone). It is written before the first file is touched. Not here: what is due (due.py).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from ingestion.atomic import read_json, replace_json
from ingestion.landing.ledger import DROPPED, original_hash
from ingestion.landing.rewrite import replace_other, write_truth
from ingestion.retention.due import Due

FILE = Path("state") / "retention.json"


@dataclass(frozen=True)
class Forgotten:
    """What is no longer there for making earlier versions again; 0 and null: everything is."""

    replaced_until: int = 0
    messages_from: int | None = None
    messages_at: datetime | None = None

    def lacks(self, landing_sequence: int, moment: datetime) -> bool:
        """Whether a version that knew arrivals up to this number, made at this moment (UTC), misses something."""
        no_messages = self.messages_from is not None and self.messages_at is not None
        cut = no_messages and landing_sequence >= (self.messages_from or 0) and moment < (self.messages_at or moment)
        return landing_sequence < self.replaced_until or cut


def forgotten(home: Path) -> Forgotten:
    """What earlier runs of retention have taken."""
    told = read_json(home / FILE)
    at = told.get("messages_at")
    return Forgotten(
        int(told.get("replaced_until", 0)), told.get("messages_from"), datetime.fromisoformat(at) if isinstance(at, str) else None
    )


def remember_dropped(home: Path, found: Sequence[Due], at: datetime) -> None:
    """Write down what will be missing, before anything is taken."""
    known = forgotten(home)
    cut = [due.manifest.sequence for due in found if due.messages]
    until = max([known.replaced_until, *(due.replaced_by for due in found)])
    told: dict[str, object] = {"replaced_until": until}
    if cut or known.messages_from is not None:
        first = min([*cut, *([known.messages_from] if known.messages_from is not None else [])])
        moment = at if cut else known.messages_at
        told |= {"messages_from": first, "messages_at": moment.isoformat() if moment else None}
    replace_json(home / FILE, told)


def drop(due: Due) -> None:
    """Take out what is due; the batch keeps its name, its order and its manifest, which says what stands there now."""
    manifest = due.manifest
    if due.messages:
        _rewrite(due.folder / "data.parquet", pl.read_parquet(due.folder / "data.parquet").clear())
        manifest = manifest.model_copy(update={"days": []})
    for part, cells in due.emptied.items():
        path = due.folder / f"{part}.parquet"
        frame = pl.read_parquet(path)
        for names, lines in cells:
            stays = ~pl.col("_line").is_in(lines.implode())
            frame = frame.with_columns(pl.when(stays).then(pl.col(name)).alias(name) for name in names)
        _rewrite(path, frame)
    if due.rejects:
        for path in sorted(due.folder.glob("*rejects.parquet")):
            frame = pl.read_parquet(path)
            _rewrite(path, frame.with_columns(original=_without_bytes(frame["original"])))
    for name in due.originals:
        (due.folder / name).unlink(missing_ok=True)
    write_truth(due.folder, manifest)


def _without_bytes(original: pl.Series) -> pl.Series:
    """A mark and the bytes' hash in the place of the bytes: the same row refused again stays the same issue."""
    hashes = original_hash(original).to_list()
    kept = [
        None if raw is None else raw if raw.startswith(DROPPED) else DROPPED + int(known).to_bytes(8, "big")
        for raw, known in zip(original.to_list(), hashes, strict=True)
    ]
    return pl.Series("original", kept, dtype=pl.Binary)


def _rewrite(path: Path, frame: pl.DataFrame) -> None:
    written = io.BytesIO()
    frame.write_parquet(written, compression="zstd", compression_level=1)
    replace_other(path, written.getvalue())
