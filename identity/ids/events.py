"""What changed, as events of the log: created, merged, split, forwarded, left, joined.

Not here: which identifier a cluster bears (identity/ids/assign.py), writing (identity/log).
"""

from datetime import datetime

import polars as pl

from identity.frames import LOG_EVENT, REF, conform
from identity.ids.memory import Memory

_ORDER = {"created": 0, "merged": 1, "split": 2, "forwarded": 3, "left": 4, "joined": 5}


def change_events(placed: pl.DataFrame, memory: Memory) -> pl.DataFrame:
    """Events of one kind, without number and time.

    Args:
        placed: One row a record: ref, `entity_id` (now), `old_id`, `last_id`, `is_present` (null: never seen).
        memory: What the log remembers.
    """
    vanished = _vanished(placed, memory)
    frames = [
        _entity_events(_created(placed, memory), "created"),
        _entity_events(vanished.select(entity_id="new_id", other_id="old_id", reason="reason"), "merged"),
        _entity_events(vanished.select(entity_id="old_id", other_id="new_id", reason="reason"), "forwarded"),
        _entity_events(_split(placed, vanished), "split"),
        _left(placed, memory, vanished),
        _joined(placed),
    ]
    events = pl.concat([conform(frame, LOG_EVENT) for frame in frames]).with_columns(kind=pl.lit(memory.kind))
    order = pl.col("event").replace_strict(_ORDER)
    return events.sort(order, "entity_id", "other_id", *REF, nulls_last=True)


def numbered(events: pl.DataFrame, at: datetime, last_sequence: int) -> pl.DataFrame:
    """The events with their numbers and the time of the run."""
    sequence = pl.int_range(last_sequence + 1, last_sequence + 1 + events.height, eager=True)
    return conform(events.with_columns(sequence=sequence, at=pl.lit(at, dtype=LOG_EVENT["at"])), LOG_EVENT)


def _created(placed: pl.DataFrame, memory: Memory) -> pl.DataFrame:
    """Identifiers that are new, or live again."""
    now = placed.select("entity_id").unique()
    known = pl.col("entity_id").is_in(list(memory.age))
    again = pl.col("entity_id").is_in(list(memory.forwarded))
    return now.filter(~known | again).with_columns(reason=pl.when(again).then(pl.lit("returned")).otherwise(pl.lit("new")))


def _vanished(placed: pl.DataFrame, memory: Memory) -> pl.DataFrame:
    """`old_id`, `new_id`, `reason`: identifiers whose records bear others now; each forwards to where most of them went."""
    bearing = placed.drop_nulls("old_id")
    gone = bearing.join(placed.select("entity_id").unique(), left_on="old_id", right_on="entity_id", how="anti")
    moved = gone.group_by("old_id", "entity_id").agg(votes=pl.len())
    age = pl.col("entity_id").replace_strict(memory.age, default=2**62, return_dtype=pl.Int64)
    ranked = moved.with_columns(age=age, parts=pl.len().over("old_id")).sort(
        "old_id", "votes", "age", "entity_id", descending=[False, True, False, False]
    )
    first = ranked.unique("old_id", keep="first", maintain_order=True)
    reason = pl.when(pl.col("parts") == 1).then(pl.lit("merge")).otherwise(pl.lit("split"))
    return first.select("old_id", new_id="entity_id", reason=reason)


def _split(placed: pl.DataFrame, vanished: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a living identifier and another that took records from it."""
    moved = placed.filter(pl.col("old_id") != pl.col("entity_id")).select(entity_id="old_id", other_id="entity_id").unique()
    return moved.join(vanished, left_on="entity_id", right_on="old_id", how="anti").with_columns(reason=pl.lit("split"))


def _left(placed: pl.DataFrame, memory: Memory, vanished: pl.DataFrame) -> pl.DataFrame:
    """Records that are gone from their source, or went to another identifier while theirs lives on."""
    absent = memory.members.filter(pl.col("is_present")).join(placed, list(REF), "anti")
    absent = absent.select(*REF, entity_id="last_id", reason=pl.lit("absent"))
    moved = placed.filter(pl.col("is_present") & (pl.col("old_id") != pl.col("entity_id"))).join(vanished, "old_id", "anti")
    moved = moved.select(*REF, entity_id="last_id", reason=pl.lit("moved"))
    return pl.concat([absent, moved]).with_columns(event=pl.lit("left"))


def _joined(placed: pl.DataFrame) -> pl.DataFrame:
    """Records that bear another identifier than the log last said, or are new or back."""
    stays = (pl.col("last_id") == pl.col("entity_id")) & pl.col("is_present")
    return (
        placed.filter(~stays.fill_null(value=False))
        .select(*REF, "entity_id", reason="linked_by")
        .with_columns(event=pl.lit("joined"))
    )


def _entity_events(rows: pl.DataFrame, event: str) -> pl.DataFrame:
    return rows.with_columns(event=pl.lit(event))
