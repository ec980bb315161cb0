"""Landing: rows that arrived are cleaned, accounted for and kept for ever, with the bytes they came in.

Called by the pulls. Not here: how a folder appears (batch_folder), what is known of earlier batches (ledger, row_index).
"""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.entity import Cleaned, clean
from ingestion.cleaning.schema import load_schema
from ingestion.contracts.model import Entity
from ingestion.drift.history import Earlier, earlier_batches
from ingestion.drift.look import FILE as LOOKS
from ingestion.drift.look import to_json
from ingestion.drift.profile import PROFILE, SAMPLE
from ingestion.erasure.door import keep_out
from ingestion.erasure.tombstone import read_tombstones
from ingestion.landing.batch_folder import BatchFolder, sweep
from ingestion.landing.children import child_rows
from ingestion.landing.code_version import cleaning_version
from ingestion.landing.columns import Stamp, add_landed
from ingestion.landing.delivery import BatchReceipt, Delivery
from ingestion.landing.ledger import read_manifests
from ingestion.landing.manifest import Counts, Manifest, Newest
from ingestion.landing.rejects import rejects_of
from ingestion.landing.row_index import FILE as ROW_DIGESTS
from ingestion.landing.row_index import without_repeats
from ingestion.landing.sequence import next_sequence
from ingestion.telemetry.moment import days_of
from ingestion.telemetry.passage import by_hour, tells_passages
from ingestion.telemetry.passage_line import storable_line

ROW_KEY = "_row_key"  # for rows that have no key of their own


class AccountingError(AssertionError):
    """Rows were lost or made on the way: a mistake of ours, and the batch is not shown."""


class Landing:
    """The landing area of one home, as seen by one pull that began at `received_at` (UTC)."""

    def __init__(self, home: Path, received_at: datetime, as_of: date, key: bytes) -> None:
        """Sweep what a crash left behind."""
        self.home = home
        self.received_at = received_at.astimezone(UTC)
        self.context = CleaningContext(key=key, as_of=as_of, received_at=self.received_at.replace(tzinfo=None))
        self._known: dict[tuple[str, str], list[Manifest]] = {}
        sweep(home)

    def known(self, source: str, entity: str) -> list[Manifest]:
        """The batches landed so far, in the order of arrival; this pull's own included."""
        if (source, entity) not in self._known:
            self._known[source, entity] = read_manifests(self.home, source, entity)
        return self._known[source, entity]

    def earlier(self, source: str, entity: str) -> list[Earlier]:
        """What the batches of earlier pulls looked like, newest first."""
        folder = self.home / "landing" / source / entity
        return earlier_batches(self.known(source, entity), lambda found: folder / f"batch={found.batch_id}", self.received_at)

    def find(self, source: str, entity: str, identity: str) -> Manifest | None:
        """The batch that holds these bytes already; null when they are new."""
        return next((found for found in self.known(source, entity) if found.identity == identity), None)

    def land(self, delivery: Delivery) -> BatchReceipt:
        """Keep a delivery as one batch; the same bytes again make none, and give the first one's receipt."""
        source, entity = delivery.contract.source, delivery.entity.name
        identity = delivery.identity or delivery.digest
        earlier = self.find(source, entity, identity)
        if earlier:
            return _receipt(earlier, is_new=False)
        folder = BatchFolder(self.home)
        try:
            manifest = self._fill(folder, delivery, f"{self.received_at:%Y%m%dT%H%M%SZ}-{identity[:16]}", identity)
            if stones := read_tombstones(self.home):
                manifest = keep_out(folder.path, manifest.model_copy(update={"files": folder.files}), stones, self.context.key)
                folder.files = dict(manifest.files)
            folder.show(manifest, self.home / "landing" / source / entity / f"batch={manifest.batch_id}")
        except BaseException:
            folder.discard()
            raise
        self.known(source, entity).append(manifest)
        return _receipt(manifest, is_new=True)

    def _fill(self, folder: BatchFolder, delivery: Delivery, batch_id: str, identity: str) -> Manifest:
        """Write every file but the manifest."""
        source, entity, reading = delivery.contract.source, delivery.entity, delivery.reading
        snapshot, sequence = delivery.snapshot, next_sequence(self.home, self.known(source, entity.name))
        raw = without_repeats(reading.frame) if entity.is_deduplicated else reading.frame
        raw = with_row_key(raw, entity, delivery.digest)
        schema = load_schema(source, entity.name)
        cleaned = clean(schema, raw, self.context)
        rows, rejects = cleaned.rows, rejects_of(cleaned.rejects, reading)
        if tells_passages(source, entity.name):
            rows, rejects = by_hour(rows, raw, self.context.key), self._storable(rejects)
        repeats = reading.frame.height - raw.height + delivery.earlier_rows
        counts = _counts(reading.read_rows + delivery.earlier_rows, cleaned, rejects.height, repeats)
        came_at, came_as = _arrival(delivery.replays) or (self.received_at, sequence)
        stamp = Stamp(batch_id, came_at, came_as, delivery.file, snapshot)
        folder.add_frame("data.parquet", add_landed(rows, stamp))
        folder.add_frame("rejects.parquet", rejects)
        children = {}
        for child in entity.children:
            parents = raw.filter(pl.col("_line").is_in(cleaned.rows["_line"].implode()))
            nested = child_rows(parents, child, schema.children[child.name])
            found = clean(load_schema(source, f"{entity.name}.{child.name}"), nested, self.context)
            children[child.name] = _counts(nested.height, found, found.rejects.height, 0)
            folder.add_frame(f"{child.name}.parquet", add_landed(found.rows, stamp))
            folder.add_frame(f"{child.name}.rejects.parquet", rejects_of(found.rejects, reading, with_broken=False))
        _keep_delivered(folder, delivery)
        return Manifest(
            source=source,
            entity=entity.name,
            batch_id=batch_id,
            file=delivery.file,
            digest=delivery.digest,
            identity=identity,
            received_at=self.received_at,
            sequence=sequence,
            counts=counts,
            children=children,
            is_full=snapshot is not None,
            snapshot_id=snapshot.id if snapshot else None,
            snapshot_part=snapshot.part if snapshot else None,
            snapshot_parts=snapshot.parts if snapshot else None,
            dropped_columns=delivery.dropped,
            newest=_newest(delivery, raw, cleaned.rows),
            days=days_of(cleaned.rows) if "sent_at" in cleaned.rows.columns else [],
            replays=delivery.replays.batch_id if delivery.replays else None,
            replayed_lines=sorted(cleaned.rows["_line"].to_list()) if delivery.replays else [],
            contract_version=delivery.contract.version,
            cleaning_version=cleaning_version(),
        )

    def _storable(self, rejects: pl.DataFrame) -> pl.DataFrame:
        """Refused messages as they may be kept: nothing in them tells when somebody passed."""
        originals = [storable_line(original, self.context.key) for original in rejects["original"]]
        return rejects.with_columns(pl.Series("original", originals, dtype=pl.Binary))


def with_row_key(raw: pl.DataFrame, entity: Entity, digest: str) -> pl.DataFrame:
    """The rows, with a key made of the delivery's digest and the line where the feed has none of its own."""
    if entity.key is not None:
        return raw
    return raw.with_columns(pl.format("{}#{}", pl.lit(digest[:16]), "_line").alias(ROW_KEY))


def _arrival(batch: Manifest | None) -> tuple[datetime, int] | None:
    """When and in which order a batch came; null for none."""
    return (batch.received_at, batch.sequence) if batch else None


def _keep_delivered(folder: BatchFolder, delivery: Delivery) -> None:
    """The bytes as they came, and what later deliveries are compared with."""
    for name, data in delivery.originals.items():
        folder.add_bytes(f"original/{name}", data)
    if delivery.row_digests is not None:
        folder.add_frame(ROW_DIGESTS, delivery.row_digests)
    if delivery.profile is not None:
        folder.add_bytes(PROFILE, delivery.profile.to_json())
        folder.add_frame(SAMPLE, delivery.profile.sample)
        folder.add_bytes(LOOKS, to_json(delivery.looks))


def _counts(read: int, cleaned: Cleaned, rejected: int, repeats: int) -> Counts:
    counts = Counts(read_rows=read, loaded_rows=cleaned.rows.height, rejected_rows=rejected, deduplicated_rows=repeats)
    if not counts.adds_up():
        raise AccountingError(f"read {read} is not loaded {cleaned.rows.height} + rejected {rejected} + deduplicated {repeats}")
    return counts


def _newest(delivery: Delivery, raw: pl.DataFrame, rows: pl.DataFrame) -> Newest | None:
    """The newest update time up to `newest_until`: where the next pull begins."""
    column = delivery.entity.updated
    if delivery.newest_until is None or column is None:
        return None
    limit = delivery.newest_until.astimezone(UTC).replace(tzinfo=None)
    newest = rows.filter(pl.col("source_updated_at") <= limit).sort("source_updated_at").tail(1)
    if newest.is_empty():
        return None
    text = raw.filter(pl.col("_line") == newest["_line"].item())[column].item()
    return Newest(at=newest["source_updated_at"].item().replace(tzinfo=UTC), text=text)


def _receipt(manifest: Manifest, *, is_new: bool) -> BatchReceipt:
    counts = manifest.counts.model_dump()
    return BatchReceipt(
        source=manifest.source,
        entity=manifest.entity,
        batch_id=manifest.batch_id,
        file=manifest.file,
        digest=manifest.digest,
        received_at=manifest.received_at,
        dropped=manifest.dropped_columns,
        is_new=is_new,
        **counts,
    )
