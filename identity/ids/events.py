"""What changed, as events of the log: created, merged, split, forwarded, left, joined.

Not here: which identifier a cluster bears (identity/ids/assign.py), writing (identity/log).
"""

from datetime import datetime

import polars as pl

from identity.frames import LOG_EVENT, REF, conform
from identity.ids.memory import Memory
from identity.plan import done


def change_events(placed: pl.DataFrame, assigned: pl.DataFrame, memory: Memory) -> pl.DataFrame:
    """Events of one kind, without number and time: by kind of event, then by identifier; who joined, by ref.

    Args:
        placed: One row a record, sorted by ref: ref, `entity_id` (now), and what the log remembers of it (null: nothing).
        assigned: Every identifier that lives: `entity_id`, `came`.
        memory: What the log remembers.
    """
    now, ids = placed.lazy(), assigned.lazy()
    vanished = done(_vanished(now, ids, memory)).lazy()
    plans = {
        "created": _created(ids),
        "merged": vanished.select(entity_id="new_id", other_id="old_id", reason="reason").sort("entity_id", "other_id"),
        "split": _split(now, vanished),
        "forwarded": vanished.select(entity_id="old_id", other_id="new_id", reason="reason").sort("entity_id"),
        "left": _left(now, memory, vanished),
        "joined": _joined(now),
    }
    kind = pl.lit(memory.kind).alias("kind")
    return done(pl.concat(conform(plan.with_columns(kind, event=pl.lit(event)), LOG_EVENT) for event, plan in plans.items()))


def numbered(events: pl.DataFrame, at: datetime, last_sequence: int) -> pl.DataFrame:
    """The events with their numbers and the time of the run."""
    sequence = pl.int_range(last_sequence + 1, last_sequence + 1 + events.height, eager=True)
    return conform(events.with_columns(sequence=sequence, at=pl.lit(at, dtype=LOG_EVENT["at"])), LOG_EVENT)


def _created(assigned: pl.LazyFrame) -> pl.LazyFrame:
    """Identifiers that are new, or live again."""
    return assigned.filter(pl.col("came") != "kept").select("entity_id", reason="came").sort("entity_id")


def _vanished(placed: pl.LazyFrame, assigned: pl.LazyFrame, memory: Memory) -> pl.LazyFrame:
    """`old_id`, `new_id`, `reason`: identifiers whose records bear others now; each forwards to where most of them went."""
    moved = placed.filter(pl.col("old_id") != pl.col("entity_id")).group_by("old_id", "entity_id").agg(votes=pl.len())
    gone = moved.join(assigned, left_on="old_id", right_on="entity_id", how="anti").join(memory.given.lazy(), "entity_id", "left")
    ranked = gone.with_columns(parts=pl.len().over("old_id"))
    ranked = ranked.sort("old_id", "votes", "age", "entity_id", descending=[False, True, False, False], nulls_last=True)
    first = ranked.unique("old_id", keep="first", maintain_order=True)
    reason = pl.when(pl.col("parts") == 1).then(pl.lit("merge")).otherwise(pl.lit("split"))
    return first.select("old_id", new_id="entity_id", reason=reason)


def _split(placed: pl.LazyFrame, vanished: pl.LazyFrame) -> pl.LazyFrame:
    """Pairs of a living identifier and another that took records from it."""
    moved = placed.filter(pl.col("old_id") != pl.col("entity_id")).select(entity_id="old_id", other_id="entity_id").unique()
    pairs = moved.join(vanished, left_on="entity_id", right_on="old_id", how="anti").with_columns(reason=pl.lit("split"))
    return pairs.sort("entity_id", "other_id")


def _left(placed: pl.LazyFrame, memory: Memory, vanished: pl.LazyFrame) -> pl.LazyFrame:
    """Records that are gone from their source, or went to another identifier while theirs lives on."""
    absent = memory.members.lazy().filter(pl.col("is_present")).join(placed.select("known").drop_nulls(), "known", "anti")
    absent = absent.select(*REF, entity_id="last_id", reason=pl.lit("absent"))
    moved = placed.filter(pl.col("is_present") & (pl.col("old_id") != pl.col("entity_id"))).join(vanished, "old_id", "anti")
    moved = moved.select(*REF, entity_id="last_id", reason=pl.lit("moved"))
    return pl.concat([absent, moved]).sort("entity_id", *REF)


def _joined(placed: pl.LazyFrame) -> pl.LazyFrame:
    """Records that bear another identifier than the log last said, or are new or back."""
    stays = ((pl.col("last_id") == pl.col("entity_id")) & pl.col("is_present")).fill_null(value=False)
    return placed.filter(~stays).select(*REF, "entity_id", reason="linked_by")
