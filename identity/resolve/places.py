"""Places with their identifiers: dwellings, buildings, estates, as the address engine has clustered them.

Not here: the clusters themselves (ingestion), people (identity/resolve/people.py), places of which few changed (moved_places.py).
"""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from identity.frames import LOG_EVENT, PLACE, PLACE_CHANGE, REF, conform
from identity.ids.kept import PLACED
from identity.log.replay import IdentityState
from identity.ordered import is_each_once
from identity.resolve.named import Named, name_clusters

PLACES = ("dwelling", "building", "estate")


@dataclass(frozen=True)
class Located:
    """All places with their identifiers.

    Attributes:
        placed: In the columns of PLACED, by kind and ref.
        events: What changed; without number and time.
        moved: `no` of those that were named anew; null: all.
    """

    placed: pl.DataFrame
    events: pl.DataFrame
    moved: pl.Series | None


def name_places(places: pl.DataFrame, state: IdentityState, at: datetime, key: bytes) -> Located:
    """Name all places."""
    told = told_places(places).sort("kind", *REF)
    named = [_name_kind(told.filter(pl.col("kind") == kind), kind, state, at, key) for kind in PLACES]
    return Located(as_placed([one.placed for one in named]), pl.concat([one.events for one in named]), None)


def told_places(places: pl.DataFrame) -> pl.DataFrame:
    """Place records in the columns of PLACE, each once, in any order; without those that matched nothing (no cluster)."""
    told = conform(places, PLACE).filter(pl.col("kind").is_in(PLACES)).drop_nulls(["cluster", *REF])
    if is_each_once(told.select("kind", *REF).hash_rows().to_numpy()):
        return told
    return told.sort("kind", *REF, "cluster").unique(["kind", *REF], keep="first", maintain_order=True)


def labelled(told: pl.DataFrame) -> pl.DataFrame:
    """Place records with a number for their cluster; its text stands beside it."""
    number = pl.col("cluster").rank("dense").cast(pl.Int64)
    return told.with_columns(text=pl.col("cluster"), cluster=number, linked_by=pl.lit(None, pl.String))


def as_placed(named: list[pl.DataFrame]) -> pl.DataFrame:
    """Named places of all kinds in the columns of PLACED."""
    texts = [conform(one.with_columns(cluster="text", place_id="entity_id"), PLACED) for one in named]
    placed = pl.concat([pl.DataFrame(schema=PLACED), *texts]).sort("kind", *REF)
    return placed.with_columns(no=pl.int_range(pl.len(), dtype=pl.UInt32))


def _name_kind(mine: pl.DataFrame, kind: str, state: IdentityState, at: datetime, key: bytes) -> Named:
    """Places of one kind."""
    if mine.is_empty() and state.members.filter(pl.col("kind") == kind).is_empty():
        none = pl.lit(None, pl.String)
        return Named(labelled(mine).with_columns(entity_id=none), pl.DataFrame(schema=LOG_EVENT))
    return name_clusters(labelled(mine), kind, state, at, key)


def place_changes(before: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Which place took records from which other (columns of PLACE_CHANGE): what was told before, and these events (LOG_EVENT).

    An identifier may have been merged and split more than once.
    """
    parted = events.filter(pl.col("event").is_in(["merged", "split"]) & pl.col("kind").is_in(PLACES))
    if parted.is_empty():
        return before
    took = pl.col("event") == "merged"  # the one that is named first took the other's records; at a split it lost some
    told = parted.with_columns(
        place_id=pl.when(took).then("entity_id").otherwise("other_id"),
        predecessor_id=pl.when(took).then("other_id").otherwise("entity_id"),
    )
    changes = pl.concat([before, conform(told, PLACE_CHANGE)])
    return changes.unique().sort("kind", "place_id", "at", "predecessor_id", "reason")
