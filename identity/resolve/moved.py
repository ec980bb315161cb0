"""Residents after a change: only clusters whose records moved are named again, all others bear what they bore.

Not here: which records were judged anew (identity/solution/again.py), the names themselves (identity/ids).
"""

import dataclasses
from datetime import datetime

import polars as pl

from identity.frames import REF
from identity.ids.kept import Kept, kept_after, recall_some, returning_to
from identity.log.decision import DECISION, read_decisions
from identity.log.identity_log import IdentityLog
from identity.resolve.named import Named, name_with
from identity.solution.rows import is_among
from identity.solution.solution import Judged, Solution

RESIDENT = "resident"
_PAIR = [name for name in DECISION if name.startswith(("left_", "right_"))]


def followed(kept: Kept, log: IdentityLog) -> Kept | None:
    """What is kept, with what people decided since; null where anything else happened to the log."""
    since = log.since(kept.mark)
    if since is None or not since["event"].is_in(["decided"]).all():
        return None
    if since.is_empty():
        return kept
    mark = dataclasses.replace(kept.mark, next_sequence=kept.mark.next_sequence + since.height)
    decisions = pl.concat([kept.decisions, read_decisions(since)]).unique(_PAIR, keep="last", maintain_order=True)
    return dataclasses.replace(kept, mark=mark, decisions=decisions)


def name_moved(solution: Solution, judged: Judged, kept: Kept, at: datetime, key: bytes) -> tuple[Named, Kept]:
    """Give identifiers to the clusters whose records moved: `placed` holds these alone. And what is to be kept then."""
    placed = _moved(solution, judged, kept)
    memory = recall_some(kept, RESIDENT, placed, judged.gone.rename({"resident_id": "last_id", "linked_at": "since"}))
    named = name_with(placed.drop("last_id", "since").with_columns(pl.col("cluster").cast(pl.Int64)), memory, at, key)
    return named, kept_after(kept, memory, named.placed)


def _moved(solution: Solution, judged: Judged, kept: Kept) -> pl.DataFrame:
    """Members of clusters that are not what they were, by ref, with `last_id` and `since`."""
    told = solution.members.select("no", *REF, "cluster", "linked_by", "resident_id", "linked_at")
    members = told.filter(pl.Series(is_among(told["no"], judged.numbers), dtype=pl.Boolean))
    both = members.select("no", "cluster").join(judged.clusters, "no", "left")
    several = pl.col("last_cluster").n_unique() > 1  # null, a new record, counts as one
    mixed = both.group_by("cluster").agg(several | pl.col("last_cluster").is_null().any())
    torn = both.drop_nulls().group_by("last_cluster").agg(pl.col("cluster").n_unique() > 1)
    mixed_clusters = mixed.filter("last_cluster")["cluster"]
    torn_clusters = pl.concat([torn.filter("cluster")["last_cluster"], judged.gone["cluster"]])
    is_moved = pl.col("cluster").is_in(mixed_clusters.implode()) | pl.col("last_cluster").is_in(torn_clusters.implode())
    moved = both.filter(is_moved.fill_null(value=True))["cluster"]
    placed = members.filter(pl.col("cluster").is_in(moved.unique().implode()))
    back = returning_to(kept, RESIDENT, placed)
    if back.len():
        holders = told.filter(pl.col("resident_id").is_in(back.implode()))["cluster"]
        clusters = pl.concat([holders, placed["cluster"]]).unique()
        placed = told.filter(pl.col("cluster").is_in(clusters.implode()))
    return placed.select("no", *REF, "cluster", "linked_by", last_id="resident_id", since="linked_at")
