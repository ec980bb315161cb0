"""Places after a change: only clusters whose records moved are named again, all others bear what they bore.

Not here: naming all of them against the whole log (identity/resolve/places.py).
"""

from datetime import datetime

import polars as pl

from identity.frames import LOG_EVENT, PLACE, REF, conform
from identity.ids.kept import PLACED, Kept, kept_after, recall_some, returning_to
from identity.resolve.named import Named, name_with
from identity.resolve.places import PLACES, labelled, told_places

_RECORD = ["kind", *REF]
_PLACE = list(PLACE)
_LAST = {"cluster": "last_cluster", "place_id": "last_id", "linked_at": "since"}


def move_places(places: pl.DataFrame, kept: Kept, at: datetime, key: bytes) -> tuple[Named, Kept]:
    """All places, in the columns of PLACED, and what changed; and what is to be kept of them then."""
    told = told_places(places)
    none = pl.DataFrame(schema=LOG_EVENT)
    if told.equals(kept.placed.select(_PLACE)):
        return Named(kept.placed, none), kept
    both, gone = _both(told.with_row_index("turn"), kept.placed)
    is_moved = _is_moved(both, gone, kept)
    moved = both.filter(is_moved)
    named, events = [both.filter(~is_moved).select(*_PLACE, "turn", place_id="last_id", linked_at="since")], [none]
    for kind in PLACES:
        mine, left = (frame.filter(pl.col("kind") == kind) for frame in (moved, gone))
        if mine.is_empty() and left.is_empty():
            continue
        memory = recall_some(kept, kind, mine, left)
        one = name_with(labelled(mine.select(*_PLACE, "turn")), memory, at, key)
        kept = kept_after(kept, memory, one.placed)
        named.append(one.placed.with_columns(cluster="text", place_id="entity_id"))
        events.append(one.events)
    placed = pl.concat([conform(one, {**PLACED, "turn": pl.UInt32}) for one in named]).sort("turn").drop("turn")
    return Named(placed, pl.concat(events)), kept


def _both(told: pl.DataFrame, placed: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records that are told, by `turn`, with `last_cluster`, `last_id`, `since` (null: new ones), and those that are gone.

    Most rows are as they were, and stand in the order in which they stood: only the others are looked for by their ref.
    """
    now, before = (frame.select(_PLACE).hash_rows() for frame in (told, placed))
    is_same, was_same = now.is_in(before.implode()), before.is_in(now.implode())
    same, last = told.filter(is_same), placed.filter(was_same)
    if not same.select(_PLACE).equals(last.select(_PLACE)):  # two rows of one hash
        is_same, was_same = (pl.repeat(value=False, n=frame.height, eager=True) for frame in (told, placed))
        same, last = told.clear(), placed.clear()
    other, missed = told.filter(~is_same), placed.filter(~was_same).rename(_LAST)
    same = same.with_columns(last.select(last_cluster="cluster", last_id="place_id", since="linked_at").get_columns())
    other = other.join(missed, _RECORD, "left", maintain_order="left")
    return pl.concat([same, other.select(same.columns)]).sort("turn"), missed.join(other, _RECORD, "anti")


def _is_moved(both: pl.DataFrame, gone: pl.DataFrame, kept: Kept) -> pl.Series:
    """Whether a record's cluster is not what it was, or one that comes back belongs to it; the text of a cluster is its name."""
    other = both.filter(pl.col("cluster").ne_missing(pl.col("last_cluster")))
    texts = pl.concat([frame.alias("cluster") for frame in (other["cluster"], other["last_cluster"], gone["last_cluster"])])
    is_moved = both["cluster"].is_in(texts.drop_nulls().unique().implode())
    moved = both.filter(is_moved)
    back = pl.concat([returning_to(kept, kind, moved.filter(pl.col("kind") == kind)) for kind in PLACES])
    holders = both.filter(pl.col("last_id").is_in(back.implode()))["cluster"] if back.len() else texts.clear()
    return is_moved | both["cluster"].is_in(holders.implode())
