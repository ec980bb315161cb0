"""What is kept of the log's memory of residents, so that the next run need not tell the whole log again.

It says nothing that the log does not say, and holds only as long as the log goes on from its mark.
The identifiers that records bear now stand beside the records themselves.
Not here: where it is kept (identity/solution/store.py).
"""

from dataclasses import dataclass, replace

import polars as pl

from identity.frames import FORWARD, REF, TIME, Columns
from identity.ids.memory import Memory, forwarded_frame
from identity.log.decision import DECISION
from identity.log.identity_log import Mark
from identity.log.replay import IdentityState, ends_of, steps_after

KIND = "resident"
GIVEN: Columns = {"entity_id": pl.String, "age": pl.Int64}
PAST: Columns = {**dict.fromkeys(REF, pl.String), "entity_id": pl.String}
ABSENT: Columns = {**PAST, "at": TIME}
KEPT = {"given": GIVEN, "past": PAST, "absent": ABSENT, "steps": FORWARD, "decisions": DECISION}


@dataclass(frozen=True)
class Kept:
    """The log's memory when a run's events are appended.

    Attributes:
        mark: Where the log stood, and which events were handed out.
        given: Every identifier ever given, with the sequence of its first event.
        past: Every identifier that a record once had, and that is not the one it bears now.
        absent: Records that are in no source, with the last identifier of each, and since when.
        steps: The forwards of all kinds, one step each.
        decisions: The last decision on each pair.
        has_places: Whether the log tells of places.
    """

    mark: Mark
    given: pl.DataFrame
    past: pl.DataFrame
    absent: pl.DataFrame
    steps: pl.DataFrame
    decisions: pl.DataFrame
    has_places: bool


def kept_of(kept: Kept | None, state: IdentityState | None, events: pl.DataFrame, mark: Mark) -> Kept:
    """What is kept when a run has handed out these events.

    Args:
        kept: What is kept of the residents whom the run named anew (`kept_after`); null: it named everybody.
        state: What the log told before; null where `kept` is there.
        events: What the run changed.
        mark: Where the log stands, and these events.
    """
    has_places = bool((events["kind"] != KIND).any())
    if kept is None:
        assert state is not None  # noqa: S101 - who names everybody has told the whole log
        return _kept_of_all(state, events, mark, has_places=has_places or bool((state.entities["kind"] != KIND).any()))
    steps, given = steps_after(kept.steps, events), _given(kept.given, events)
    return replace(kept, mark=mark, steps=steps, given=given, has_places=has_places or kept.has_places)


def _kept_of_all(state: IdentityState, events: pl.DataFrame, mark: Mark, *, has_places: bool) -> Kept:
    """What is kept of a whole replay and the events that follow on it."""
    named = pl.col("event").is_in(["joined", "left"])
    mine = events.filter((pl.col("kind") == KIND) & named)
    before = state.members.filter(pl.col("kind") == KIND)
    held = state.held.filter(pl.col("kind") == KIND).select(*PAST)
    if before.is_empty():  # a first run: everybody bears what everybody first got
        absent, past = pl.DataFrame(schema=ABSENT), held
    else:
        now = mine.select(*PAST, "at", is_present=pl.col("event") == "joined")
        last = pl.concat([before.select(*PAST, "at", "is_present"), now]).unique(list(REF), keep="last", maintain_order=True)
        absent = last.filter(~pl.col("is_present")).drop("is_present")
        past = pl.concat([held, mine.select(*PAST)]).join(last.filter("is_present"), list(PAST), "anti").unique()
    given = state.entities.filter(pl.col("kind") == KIND).select("entity_id", age="first_sequence")
    return Kept(mark, _given(given, events), past, absent, steps_after(state.forwards, events), state.decisions, has_places)


def kept_after(kept: Kept, memory: Memory, placed: pl.DataFrame) -> Kept:
    """What is kept of records when some were named anew.

    Args:
        kept: As it was.
        memory: What was recalled of these records and of those that are gone.
        placed: These records with `entity_id`.
    """
    now = placed.select(*PAST)
    had = memory.members.select(*REF, entity_id="last_id").join(now, list(PAST), "anti")
    gone = memory.members.filter("is_present").join(now, list(REF), "anti").select(*REF, entity_id="last_id", at="since")
    return replace(
        kept,
        past=pl.concat([kept.past, had]).join(now, list(PAST), "anti").unique(),
        absent=pl.concat([kept.absent.join(now, list(REF), "anti"), gone]),
    )


def recall_some(kept: Kept, placed: pl.DataFrame, gone: pl.DataFrame) -> Memory:
    """The memory of some records, all that ever bore an identifier of theirs among them.

    Args:
        kept: What is kept.
        placed: ref, `last_id`, `since` (null: not among those who were named last).
        gone: The same of records that are no more.
    """
    final = _final(kept)
    present = pl.concat([frame.select(*REF, "last_id", "since") for frame in (placed, gone)]).drop_nulls("last_id")
    back = kept.absent.join(placed, list(REF), "semi").select(*REF, last_id="entity_id", since="at")
    told = [frame.with_columns(is_present=pl.lit(value)) for frame, value in ((present, True), (back, False))]
    members = pl.concat(told).with_row_index("known")
    members = members.with_columns(old_id=pl.col("last_id").replace(final) if final else pl.col("last_id"))
    held = kept.past.join(placed, list(REF), "semi")
    had = pl.concat([members["old_id"], held["entity_id"]]).unique()
    given = kept.given.filter(pl.col("entity_id").is_in(had.implode()))
    return Memory(KIND, members, held, given, kept.given["entity_id"], forwarded_frame(final))


def returning_to(kept: Kept, placed: pl.DataFrame) -> pl.Series:
    """The living identifiers of records that come back to a source."""
    back = kept.absent.join(placed, list(REF), "semi")["entity_id"]
    final = _final(kept)
    return back.replace(final).unique() if final and back.len() else back


def _final(kept: Kept) -> dict[str, str]:
    return ends_of(kept.steps.filter(pl.col("kind") == KIND))


def _given(given: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """With the identifiers that these events create, those that come back left as old as they are."""
    created = events.filter((pl.col("kind") == KIND) & (pl.col("event") == "created")).select("entity_id", age="sequence")
    if created.is_empty():
        return given
    again = given.filter(pl.col("entity_id").is_in(created["entity_id"].implode()))["entity_id"]
    return pl.concat([given, created.filter(~pl.col("entity_id").is_in(again.implode()))])
