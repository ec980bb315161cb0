"""Places after a change: only clusters whose records moved are named again, all others bear what they bore.

Most rows are as they were and stand where they stood: only the others are looked for by their ref, and none is sorted.
Not here: naming all of them against the whole log (identity/resolve/places.py).
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl

from identity.frames import LOG_EVENT, PLACE, REF
from identity.ids.kept import Kept, kept_after, recall_some, returning_to
from identity.resolve.named import name_with
from identity.resolve.places import PLACES, Located, labelled, told_places
from identity.solution.carry import carried
from identity.solution.slots import Hashes, Slots

_RECORD = ["kind", *REF]
_PLACE = list(PLACE)
_LAST = {"cluster": "last_cluster", "place_id": "last_id", "linked_at": "since"}


@dataclass(frozen=True)
class _Difference:
    """Rows of the last run (columns of PLACED) beside those that are told now.

    Attributes:
        last: All rows of the last run.
        stays: Which of them are told again as they were.
        other: Rows that are told now and were not: PLACE, `no` (beyond all others: a new record), and what it bore then.
        gone: `no` and ref of those whose record is told no more, and what it bore.
    """

    last: pl.DataFrame
    stays: pl.Series
    other: pl.DataFrame
    gone: pl.DataFrame


def move_places(places: pl.DataFrame, kept: Kept, at: datetime, key: bytes) -> tuple[Located, Kept]:
    """All places, and what is to be kept of them then."""
    found = _difference(told_places(places), kept.placed)
    events = [pl.DataFrame(schema=LOG_EVENT)]
    if found.other.is_empty() and found.gone.is_empty():
        return Located(kept.placed, events[0], kept.placed["no"].clear()), kept
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
    anew = pl.concat(named)
    placed = carried(found.last, anew, found.gone["no"], _RECORD)
    return Located(placed, pl.concat(events), anew["no"]), kept


def _difference(told: pl.DataFrame, placed: pl.DataFrame) -> _Difference:
    is_same, stays = _told_again(*(frame.select(_PLACE).hash_rows().to_numpy() for frame in (told, placed)))
    missed = placed.filter(~stays).rename(_LAST)
    other = told.filter(~is_same).join(missed, _RECORD, "left", maintain_order="left")
    gone = missed.join(other, _RECORD, "anti")
    first = int(placed["no"].max() or 0) + 1  # type: ignore[arg-type]
    fresh = other.filter(pl.col("no").is_null()).with_columns(no=first + pl.int_range(pl.len(), dtype=pl.UInt32))
    return _Difference(placed, stays, pl.concat([other.drop_nulls("no"), fresh]), gone)


def _told_again(now: Hashes, before: Hashes) -> tuple[pl.Series, pl.Series]:
    """Which rows of either side are on the other; none where two rows have one hash, so that all are looked at."""
    places = Slots(before).find(now)
    is_same, stays = places >= 0, np.zeros(before.size, dtype=np.bool_)
    stays[places[is_same]] = True
    is_sure = np.count_nonzero(is_same) == np.count_nonzero(stays)
    return pl.Series(is_same & is_sure), pl.Series(stays & is_sure)


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
