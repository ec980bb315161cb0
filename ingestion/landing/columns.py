"""The columns that landing adds to cleaned rows, and their types. Not here: what cleaning writes (cleaning.schema)."""

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from ingestion.cleaning.schema import load_schema
from ingestion.contracts.model import Entity
from ingestion.landing.delivery import Snapshot
from ingestion.telemetry.passage import passage_dtypes

LANDED: dict[str, pl.DataType] = {
    "_batch_id": pl.String(),
    "_received_at": pl.Datetime("us"),
    "_sequence": pl.Int64(),
    "_file": pl.String(),
    "_is_full": pl.Boolean(),
    "_snapshot_id": pl.String(),
    "_snapshot_part": pl.Int32(),
    "_snapshot_parts": pl.Int32(),
}


def landed_dtypes(source: str, entity: str) -> dict[str, pl.DataType]:
    """Names and types of every column of a landed `data.parquet` (or, for `entity.child`, of the child's file)."""
    return load_schema(source, entity).output_dtypes() | passage_dtypes(source, entity) | LANDED


def parts_of(entity: Entity) -> dict[str, str]:
    """File name without suffix to schema name: `data` for the entity itself, and one for each child."""
    return {"data": entity.name} | {child.name: f"{entity.name}.{child.name}" for child in entity.children}


@dataclass(frozen=True)
class Stamp:
    """What all rows of one batch have in common; `received_at` in UTC, `snapshot` null for an increment."""

    batch_id: str
    received_at: datetime
    sequence: int
    file: str
    snapshot: Snapshot | None


def add_landed(rows: pl.DataFrame, stamp: Stamp) -> pl.DataFrame:
    """The rows with the columns of their batch; times without zone, in UTC."""
    values = {
        "_batch_id": stamp.batch_id,
        "_received_at": stamp.received_at.astimezone(UTC).replace(tzinfo=None),
        "_sequence": stamp.sequence,
        "_file": stamp.file,
        "_is_full": stamp.snapshot is not None,
        "_snapshot_id": stamp.snapshot.id if stamp.snapshot else None,
        "_snapshot_part": stamp.snapshot.part if stamp.snapshot else None,
        "_snapshot_parts": stamp.snapshot.parts if stamp.snapshot else None,
    }
    return rows.with_columns(pl.lit(values[name], dtype=dtype).alias(name) for name, dtype in LANDED.items())
