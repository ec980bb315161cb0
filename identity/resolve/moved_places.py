"""Places after a change: only clusters whose records moved are named again, all others bear what they bore.

Most rows are as they were and stand where they stood: only the others are looked for by their ref, and none is sorted.
Not here: naming all of them against the whole log (identity/resolve/places.py).
"""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from identity.frames import LOG_EVENT, PLACE, REF
from identity.ids.kept import Kept, kept_after, recall_some, returning_to
from identity.resolve.named import Named, name_with
from identity.resolve.places import PLACES, labelled, told_places
from identity.solution.carry import carried

_RECORD = ["kind", *REF]
_PLACE = list(PLACE)
_LAST = {"cluster": "last_cluster", "place_id": "last_id", "linked_at": "since"}


@dataclass(frozen=True)
class _Difference:
    """Rows of the last run (columns of PLACED, `no`: their place there) beside those that are told now.

    Attributes:
        last: All rows of the last run.
        stays: Which of them are told again as they were.
        other: Rows that are told now and were not: PLACE, `no` (beyond the last ones: a new record), and what it bore then.
        gone: `no` and ref of those whose record is told no more, and what it bore.
    """

    last: pl.DataFrame
    stays: pl.Series
    other: pl.DataFrame
    gone: pl.DataFrame


def move_places(places: pl.DataFrame, kept: Kept, at: datetime, key: bytes) -> tuple[Named, Kept]:
    """All places, in the columns of PLACED, and what changed; and what is to be kept of them then."""
    found = _difference(told_places(places), kept.placed)
    events = [pl.DataFrame(schema=LOG_EVENT)]
    if found.other.is_empty() and found.gone.is_empty():
        return Named(kept.placed, events[0]), kept
    moved, named = _moved(found, kept), []
    for kind in PLACES:
        mine, left = (frame.filter(pl.col("kind") == kind) for frame in (moved, found.gone))
        if mine.is_empty() and left.is_empty():
            continue
        memory = recall_some(kept, kind, mine, left)
        one = name_with(labelled(mine.select("no", *_PLACE)), memory, at, key)
        kept = kept_after(kept, memory, one.placed)
        named.append(one.placed.select("no", *_RECORD, "linked_at", cluster="text", place_id="entity_id"))
        events.append(one.events)
    placed = carried(found.last, pl.concat(named), found.gone["no"], _RECORD)
    return Named(placed.drop("no"), pl.concat(events)), kept


def _difference(told: pl.DataFrame, placed: pl.DataFrame) -> _Difference:
    last = placed.with_row_index("no")
    now, before = (frame.select(_PLACE).hash_rows() for frame in (told, placed))
    is_same, stays = now.is_in(before.implode()), before.is_in(now.implode())
    if is_same.sum() != stays.sum():  # two rows of one hash
        is_same, stays = (pl.repeat(value=False, n=side.len(), dtype=pl.Boolean, eager=True) for side in (now, before))
    missed = last.filter(~stays).rename(_LAST)
    other = told.filter(~is_same).join(missed, _RECORD, "left", maintain_order="left")
    gone = missed.join(other, _RECORD, "anti")
    fresh = other.filter(pl.col("no").is_null()).with_columns(no=last.height + pl.int_range(pl.len(), dtype=pl.UInt32))
    return _Difference(last, stays, pl.concat([other.drop_nulls("no"), fresh]), gone)


def _moved(found: _Difference, kept: Kept) -> pl.DataFrame:
    """The records whose cluster is not what it was, or to which one that comes back belongs, by kind and ref.

    The text of a cluster is its name.
    """
    texts = pl.concat(
        [found.other["cluster"], found.other["last_cluster"].alias("cluster"), found.gone["last_cluster"].alias("cluster")]
    )
    moved = _with(texts, found)
    back = pl.concat([returning_to(kept, kind, moved.filter(pl.col("kind") == kind)) for kind in PLACES])
    if back.len():
        holders = found.last.filter(found.stays & found.last["place_id"].is_in(back.implode()))["cluster"]
        moved = _with(pl.concat([texts, holders]), found)
    return moved.sort(_RECORD)


def _with(texts: pl.Series, found: _Difference) -> pl.DataFrame:
    """The records that are told otherwise, and those of these clusters."""
    beside = found.last.filter(found.stays & found.last["cluster"].is_in(texts.drop_nulls().unique().implode()))
    beside = beside.select(*_PLACE, "no", last_cluster="cluster", last_id="place_id", since="linked_at")
    return pl.concat([beside, found.other.select(beside.columns)])
