"""What a pull hands to landing, and what it gets back. Not here: how it is kept (landing)."""

from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from ingestion.contracts.model import Entity, SourceContract
from ingestion.drift.look import Look
from ingestion.drift.profile import Profile
from ingestion.landing.manifest import Manifest
from ingestion.readers.reading import Reading


@dataclass(frozen=True)
class Snapshot:
    """The place of a delivery in a full snapshot: `part` of `parts` (from 1) of the snapshot of this id."""

    id: str
    part: int = 1
    parts: int = 1


@dataclass(frozen=True)
class Delivery:
    """Rows of one entity that arrived together.

    `file`: the name it came under. `digest`: SHA-256 of what arrived. `identity`: what names the batch; the digest, except for a
    part of a newer snapshot with the bytes of an older one. `originals`: bytes to keep, by file name. `snapshot` null: an
    increment. `earlier_rows`: rows of this delivery that were landed before and are not in `reading`. `row_digests`: what
    `row_index` needs to know them again. `newest_until`: an update time after this moment (UTC) is no watermark. `profile`:
    what it looks like, kept for those that come after it; `looks`: its figures beside what is usual. `replays`: the batch that
    refused these rows before; they keep its time and order of arrival.
    """

    contract: SourceContract
    entity: Entity
    file: str
    digest: str
    reading: Reading
    originals: dict[str, bytes]
    identity: str = ""
    snapshot: Snapshot | None = None
    dropped: list[str] = field(default_factory=list)
    earlier_rows: int = 0
    row_digests: pl.DataFrame | None = None
    newest_until: datetime | None = None
    profile: Profile | None = None
    looks: list[Look] = field(default_factory=list)
    replays: Manifest | None = None


@dataclass(frozen=True)
class BatchReceipt:
    """One landed batch: read = loaded + rejected + deduplicated rows. `is_new` false: it had been landed before."""

    source: str
    entity: str
    batch_id: str
    file: str
    digest: str
    received_at: datetime
    read_rows: int
    loaded_rows: int
    rejected_rows: int
    deduplicated_rows: int
    dropped: list[str] = field(default_factory=list)
    is_new: bool = True
