"""Places after a change: only clusters whose records moved are named again, all others bear what they bore.

Not here: naming all of them against the whole log (identity/resolve/places.py).
"""

from datetime import datetime

import polars as pl

from identity.frames import LOG_EVENT, PLACE, REF
from identity.ids.kept import PLACED, Kept, kept_after, recall_some, returning_to
from identity.resolve.named import Named, name_with
from identity.resolve.places import PLACES, as_placed, labelled, told_places

_RECORD = ["kind", *REF]
_LAST = {"cluster": "last_cluster", "place_id": "last_id", "linked_at": "since"}


def move_places(places: pl.DataFrame, kept: Kept, at: datetime, key: bytes) -> tuple[Named, Kept]:
    """All places, in the columns of PLACED, and what changed; and what is to be kept of them then."""
    told = told_places(places)
    if told.equals(kept.placed.select(list(PLACE))):
        return Named(kept.placed, pl.DataFrame(schema=LOG_EVENT)), kept
    both = told.join(kept.placed.rename(_LAST), _RECORD, "left", maintain_order="left")
    gone = kept.placed.join(told, _RECORD, "anti").rename(_LAST)
    moved = _moved(both, gone, kept)
    named, events = [], []
    for kind in PLACES:
        mine, left = (frame.filter(pl.col("kind") == kind) for frame in (moved, gone))
        if mine.is_empty() and left.is_empty():
            continue
        memory = recall_some(kept, kind, mine, left)
        one = name_with(labelled(mine.select(list(PLACE))), memory, at, key)
        kept = kept_after(kept, memory, one.placed)
        named.append(one.placed)
        events.append(one.events)
    stays = both.join(moved, _RECORD, "anti").select(*PLACE, place_id="last_id", linked_at="since")
    placed = pl.concat([stays.select(list(PLACED)), as_placed(named)]).sort(_RECORD)
    return Named(placed, pl.concat([pl.DataFrame(schema=LOG_EVENT), *events])), kept


def _moved(both: pl.DataFrame, gone: pl.DataFrame, kept: Kept) -> pl.DataFrame:
    """Records of the clusters that are not what they were, and of those to which one comes back; a cluster goes by its text."""
    other = both.filter(pl.col("cluster").ne_missing(pl.col("last_cluster")))
    texts = pl.concat([other["cluster"], other["last_cluster"].alias("cluster"), gone["last_cluster"].alias("cluster")])
    moved = _of_clusters(both, texts)
    back = [returning_to(kept, kind, moved.filter(pl.col("kind") == kind)) for kind in PLACES]
    holders = both.filter(pl.col("last_id").is_in(pl.concat(back).implode()))["cluster"]
    return _of_clusters(both, pl.concat([texts, holders])) if holders.len() else moved


def _of_clusters(both: pl.DataFrame, texts: pl.Series) -> pl.DataFrame:
    return both.filter(pl.col("cluster").is_in(texts.drop_nulls().unique().implode()))
