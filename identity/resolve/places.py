"""Places with their identifiers: dwellings, buildings, estates, as the address engine has clustered them.

Not here: the clusters themselves (ingestion), people (identity/resolve/people.py).
"""

from datetime import datetime

import polars as pl

from identity.frames import LOG_EVENT, PLACE, PLACE_CHANGE, PLACE_LINK, REF, conform
from identity.log.replay import IdentityState
from identity.resolve.named import Named, name_clusters

PLACES = ("dwelling", "building", "estate")


def name_places(places: pl.DataFrame, state: IdentityState | None, at: datetime, key: bytes) -> Named:
    """All places, in the columns of PLACE_LINK, and what changed; null as a state: there are none, and never were."""
    if state is None:
        return Named(pl.DataFrame(schema=PLACE_LINK), pl.DataFrame(schema=LOG_EVENT))
    named = [_name_kind(places, kind, state, at, key) for kind in PLACES]
    placed = pl.concat([conform(one.placed, PLACE_LINK) for one in named]).sort("kind", *REF)
    return Named(placed, pl.concat([one.events for one in named]))


def _name_kind(places: pl.DataFrame, kind: str, state: IdentityState, at: datetime, key: bytes) -> Named:
    """Places of one kind with `place_id`; one that matched nothing at all (no cluster) has none."""
    mine = conform(places, PLACE).filter(pl.col("kind") == kind).drop_nulls(["cluster", *REF])
    if mine.is_empty() and state.members.filter(pl.col("kind") == kind).is_empty():
        return Named(mine.with_columns(place_id=pl.lit(None, pl.String)), pl.DataFrame(schema=LOG_EVENT))
    mine = mine.sort(*REF, "cluster").unique(list(REF), keep="first", maintain_order=True)
    labelled = mine.with_columns(
        text=pl.col("cluster"), cluster=pl.col("cluster").rank("dense").cast(pl.Int64), linked_by=pl.lit(None, pl.String)
    )
    named = name_clusters(labelled, kind, state, at, key)
    return Named(named.placed.with_columns(cluster="text", place_id="entity_id"), named.events)


def place_changes(events: list[pl.DataFrame]) -> pl.DataFrame:
    """Which place took records from which other (columns of PLACE_CHANGE), of all events in the columns of LOG_EVENT.

    An identifier may have been merged and split more than once.
    """
    is_parted = pl.col("event").is_in(["merged", "split"]) & pl.col("kind").is_in(PLACES)
    took = pl.col("event") == "merged"  # the one that is named first took the other's records; at a split it lost some
    told = pl.concat([frame.filter(is_parted) for frame in events]).with_columns(
        place_id=pl.when(took).then("entity_id").otherwise("other_id"),
        predecessor_id=pl.when(took).then("other_id").otherwise("entity_id"),
    )
    return conform(told, PLACE_CHANGE).unique().sort("kind", "place_id", "at", "predecessor_id", "reason")
