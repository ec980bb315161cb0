"""Clusters of records and their identifiers, against what the log remembers.

Not here: clustering (identity/resolve/people.py), the choice itself (identity/ids).
"""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from identity.frames import REF
from identity.ids.assign import assign_ids
from identity.ids.events import change_events
from identity.ids.memory import Memory, recall
from identity.log.replay import IdentityState


@dataclass(frozen=True)
class Named:
    """Records with identifiers.

    Attributes:
        placed: As given, and `entity_id`, `linked_at` (since when the record bears it).
        events: What changed; without number and time.
    """

    placed: pl.DataFrame
    events: pl.DataFrame


def name_clusters(clustered: pl.DataFrame, kind: str, state: IdentityState, at: datetime, key: bytes) -> Named:
    """Give every cluster its identifier.

    Args:
        clustered: One row a record, sorted by ref: ref, `cluster` (integer), `linked_by`.
        kind: resident, dwelling, building, estate.
        state: The log's state.
        at: The time of this run (UTC, no zone).
        key: The configured key.
    """
    return name_with(clustered, recall(state, kind), at, key)


def name_with(clustered: pl.DataFrame, memory: Memory, at: datetime, key: bytes) -> Named:
    """The same against what is remembered of these records."""
    # Clusters in the order of their refs, since their numbers hang on the past.
    first = pl.col("row").cast(pl.Int64).min().over("cluster")
    placed = clustered.with_row_index("row").with_columns(cluster=first).drop("row")
    placed = placed.join(memory.members, list(REF), "left", maintain_order="left")
    assigned = assign_ids(placed, memory, key)
    placed = placed.join(assigned.drop("came"), "cluster", maintain_order="left")
    stays = ((pl.col("last_id") == pl.col("entity_id")) & pl.col("is_present")).fill_null(value=False)
    events = change_events(placed, assigned, memory)
    return Named(
        placed.with_columns(linked_at=pl.when(stays).then(pl.col("since")).otherwise(pl.lit(at, dtype=pl.Datetime("us")))), events
    )
