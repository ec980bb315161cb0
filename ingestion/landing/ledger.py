"""Every landed batch, read from the manifests. Not here: checking that they tell the truth (verify)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path

import polars as pl

from ingestion.landing.manifest import Manifest, read_manifest

SCHEMA: dict[str, pl.DataType] = {
    "source": pl.String(),
    "entity": pl.String(),
    "batch_id": pl.String(),
    "received_at": pl.Datetime("us"),
    "read_rows": pl.Int64(),
    "loaded_rows": pl.Int64(),
    "rejected_rows": pl.Int64(),
    "deduplicated_rows": pl.Int64(),
    "file": pl.String(),
    "digest": pl.String(),
    "is_full": pl.Boolean(),
}
REJECTED: dict[str, pl.DataType] = {
    "source": pl.String(),
    "entity": pl.String(),
    "batch_id": pl.String(),
    "line": pl.Int64(),
    "rule": pl.String(),
    "detail_masked": pl.String(),
    "row_digest": pl.UInt64(),
    "is_replayed": pl.Boolean(),
}
SEED = 20261121  # any number will do, as long as it stays
DROPPED = b"\x00dropped:"  # and eight bytes of hash: what stands where refused bytes were, after their time of keeping


def batch_folders(home: Path, source: str = "*", entity: str = "*") -> list[Path]:
    """The folders of all batches, or of those of one source or entity, by name."""
    return sorted((home / "landing").glob(f"{source}/{entity}/batch=*"))


def read_manifests(home: Path, source: str = "*", entity: str = "*") -> list[Manifest]:
    """Their manifests in the order of arrival; raises ValueError when one is damaged."""
    return sorted((read_manifest(folder) for folder in batch_folders(home, source, entity)), key=lambda found: found.sequence)


def read_ledger(home: Path) -> pl.DataFrame:
    """One row a landed batch, in the order of arrival; times are UTC without a zone."""
    rows = [
        {
            **manifest.model_dump(include={"source", "entity", "batch_id", "file", "digest", "is_full"}),
            **manifest.counts.model_dump(),
            "received_at": manifest.received_at.astimezone(UTC).replace(tzinfo=None),
        }
        for manifest in read_manifests(home)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def inputs_digest(home: Path, settings: Mapping[str, str]) -> str:
    """SHA-256 over all landed batches and those settings that show in the tables: the same when none of them changed."""
    digest = hashlib.sha256(json.dumps(sorted(settings.items())).encode())
    for manifest in read_manifests(home):
        digest.update(manifest.to_bytes())
    return digest.hexdigest()


def rejected_rows(home: Path) -> pl.DataFrame:
    """One row a rejected row of any batch; a child's entity is `entity.child`. Details hold no personal values.

    `row_digest` is the same for the same bytes within one answer; `is_replayed`: a later batch holds the row after all.
    """
    frames = [pl.DataFrame(schema=REJECTED)]
    manifests = read_manifests(home)
    replayed = {found.replays: set[int]() for found in manifests if found.replays}
    for found in manifests:
        if found.replays:
            replayed[found.replays].update(found.replayed_lines)
    for manifest in manifests:
        folder = home / "landing" / manifest.source / manifest.entity / f"batch={manifest.batch_id}"
        parts = {"rejects.parquet": (manifest.entity, manifest.counts)}
        parts |= {f"{name}.rejects.parquet": (f"{manifest.entity}.{name}", counts) for name, counts in manifest.children.items()}
        for file, (entity, counts) in parts.items():
            if counts.rejected_rows:
                lines = replayed.get(manifest.batch_id, set()) if entity == manifest.entity else set()
                frames.append(_rejected(folder / file, manifest, entity, lines))
    return pl.concat(frames)


def _rejected(path: Path, manifest: Manifest, entity: str, replayed: set[int]) -> pl.DataFrame:
    where = {"source": manifest.source, "entity": entity, "batch_id": manifest.batch_id}
    frame = pl.read_parquet(path).rename({"detail": "detail_masked"})
    told = (original_hash(frame["original"]).alias("row_digest"), pl.col("line").is_in(list(replayed)).alias("is_replayed"))
    return frame.with_columns(*(pl.lit(value).alias(name) for name, value in where.items()), *told).select(*REJECTED)


def original_hash(original: pl.Series) -> pl.Series:
    """The hash of refused bytes; of those that were dropped, the one that stands in their place."""
    hashes = original.hash(seed=SEED)
    dropped = original.bin.starts_with(DROPPED).fill_null(value=False)
    if not dropped.any():
        return hashes
    place = len(DROPPED)
    kept = [
        int.from_bytes(raw[place:], "big") if gone else known
        for raw, gone, known in zip(original.to_list(), dropped.to_list(), hashes.to_list(), strict=True)
    ]
    return pl.Series(hashes.name, kept, dtype=pl.UInt64)
