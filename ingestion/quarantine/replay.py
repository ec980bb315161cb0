"""Rows that were refused are read and cleaned again by the rules of today; what passes now lands as a batch that names the first.

A row is replayed once: the new batch says which lines of which batch it holds, and its name follows from them, so that a second
replay finds nothing to do and one that was killed leaves nothing half done. Rows keep the file, the time and the order in which
they first came, so that a newer version of a row still goes before its replayed one. Rows nested in a record come again with it.
Not here: the rules (cleaning, contracts), how the rows reach a version (the next run).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ingestion.atomic import locked
from ingestion.cleaning.entity import clean
from ingestion.cleaning.schema import load_schema
from ingestion.contracts.model import Entity, SourceContract
from ingestion.landing.delivery import Delivery
from ingestion.landing.landing import Landing, with_row_key
from ingestion.landing.manifest import Manifest
from ingestion.pulling.files import admit_file
from ingestion.pulling.rest import read_records
from ingestion.readers.ndjson import read_ndjson
from ingestion.readers.reading import Reading
from ingestion.telemetry.passage import tells_passages


@dataclass(frozen=True)
class Replayed:
    """One batch: how many of its refused rows were tried, how many of them loaded now, and whether their bytes are still kept."""

    source: str
    entity: str
    batch_id: str
    tried: int
    loaded: int
    is_kept: bool = True


def replay(landing: Landing, contract: SourceContract, entity: str | None = None, rule: str | None = None) -> list[Replayed]:
    """Replay a source's refused rows; one answer a batch that still has any, the oldest first.

    Args:
        landing: Where they lie, and the moment of the replay.
        contract: The source.
        entity: One feed alone; null: all of the source.
        rule: Rows that this rule refused; null: all.
    """
    with locked(landing.home, f"pull-{contract.source}"):
        wanted = [each for each in contract.entities if entity in {None, each.name}]
        return [found for each in wanted for found in _replay_feed(landing, contract, each, rule)]


def _replay_feed(landing: Landing, contract: SourceContract, entity: Entity, rule: str | None) -> Iterator[Replayed]:
    known = list(landing.known(contract.source, entity.name))
    for batch in (batch for batch in known if batch.counts.rejected_rows and batch.replays is None):
        folder = landing.home / "landing" / batch.source / batch.entity / f"batch={batch.batch_id}"
        done = {line for other in known if other.replays == batch.batch_id for line in other.replayed_lines}
        rejects = pl.read_parquet(folder / "rejects.parquet", columns=["line", "rule"])
        mine = rejects if rule is None else rejects.filter(pl.col("rule") == rule)
        lines = set(mine["line"].to_list()) - done
        if lines and not _is_kept(folder):
            yield Replayed(batch.source, batch.entity, batch.batch_id, len(lines), 0, is_kept=False)
        elif lines:
            yield Replayed(batch.source, batch.entity, batch.batch_id, len(lines), _land(landing, contract, batch, folder, lines))


def _is_kept(folder: Path) -> bool:
    """Whether the delivered bytes are there: they are dropped after their time (ingestion/retention)."""
    return any(path.is_file() for path in (folder / "original").rglob("*.*"))


def _land(landing: Landing, contract: SourceContract, batch: Manifest, folder: Path, lines: set[int]) -> int:
    """Land those of the lines that pass now; how many that are."""
    entity = contract.entity(batch.entity)
    reading = _read_again(contract, entity, folder)
    raw = with_row_key(reading.frame.filter(pl.col("_line").is_in(list(lines))), entity, batch.digest)
    passed = clean(load_schema(contract.source, entity.name), raw, landing.context).rows["_line"].sort().to_list()
    if not passed:
        return 0
    named = f"replay:{batch.batch_id}:{','.join(str(line) for line in passed)}"
    landing.land(
        Delivery(
            contract=contract,
            entity=entity,
            file=batch.file,
            digest=batch.digest,
            identity=hashlib.sha256(named.encode()).hexdigest(),
            reading=Reading(reading.frame.filter(pl.col("_line").is_in(passed)), reading.original_of),
            originals={},
            replays=batch,
        )
    )
    return len(passed)


def _read_again(contract: SourceContract, entity: Entity, folder: Path) -> Reading:
    """The kept bytes of a batch, read by the contract of today."""
    if tells_passages(contract.source, entity.name):
        return _refused_again(folder, entity)
    kept = sorted((folder / "original").rglob("*.*"))
    if kept and all(path.suffix == ".json" for path in kept):
        pages = (json.loads(path.read_bytes()) for path in kept)
        return read_records([record for page in pages for record in page.get("data") or []], entity)
    (path,) = kept  # a file, or the changed rows of a table, is one
    return admit_file(contract, entity, path.name, path.read_bytes()).reading


def _refused_again(folder: Path, entity: Entity) -> Reading:
    """The refused lines of a batch themselves, under their numbers: its other lines were kept without their places."""
    refused = pl.read_parquet(folder / "rejects.parquet", columns=["line", "original"])
    found = read_ndjson(b"\n".join(line.replace(b"\n", b" ") for line in refused["original"]), entity.fields)
    lines = refused["line"].to_list()
    numbers = [lines[place - 1] for place in found.frame["_line"]]
    original = dict(refused.iter_rows())
    return Reading(
        found.frame.with_columns(_line=pl.Series(numbers, dtype=pl.Int64)), lambda asked: [original[line] for line in asked]
    )
