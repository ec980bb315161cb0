"""What is kept of the log's memory of residents and places, so that the next run need not tell the whole log again.

It says nothing that the log does not say, and holds only as long as the log goes on from its mark.
The identifiers that residents' records bear now stand beside the records themselves.
Not here: where it is kept (identity/solution/store.py).
"""

from dataclasses import dataclass, replace

import polars as pl

from identity.frames import FORWARD, HOLDER, PLACE_CHANGE, PLACE_LINK, REF, TIME, Columns
from identity.holder.events import read_passed
from identity.ids.given import ENTITY, given_of, with_hashes
from identity.ids.memory import Memory, forwarded_frame
from identity.log.decision import DECISION
from identity.log.identity_log import Mark
from identity.log.replay import IdentityState, ends_of

GIVEN: Columns = {"kind": pl.String, **ENTITY, "age": pl.Int64}
PAST: Columns = {"kind": pl.String, **dict.fromkeys(REF, pl.String), "entity_id": pl.String}
ABSENT: Columns = {**PAST, "at": TIME}
PLACED: Columns = {"no": pl.UInt32, **PLACE_LINK, "linked_at": TIME}  # `no` stays as long as the solution is carried on
KEPT = {
    "given": GIVEN,
    "past": PAST,
    "absent": ABSENT,
    "steps": FORWARD,
    "decisions": DECISION,
    "placed": PLACED,
    "parted": PLACE_CHANGE,
    "passed": HOLDER,
}
_RECORD = ("kind", *REF)


@dataclass(frozen=True)
class Places:
    """Places with their identifiers (columns of PLACED, by kind and ref), and who took records from whom (PLACE_CHANGE)."""

    placed: pl.DataFrame
    parted: pl.DataFrame


@dataclass(frozen=True)
class Kept:
    """The log's memory when a run's events are appended.

    Attributes:
        mark: Where the log stood, and which events were handed out.
        given: Every identifier ever given, of all kinds, with its hash and the sequence of its first event.
        past: Every identifier that a record once had, and that is not the one it bears now.
        absent: Records that are in no source, with the last identifier of each, and since when.
        steps: The forwards of all kinds, one step each.
        decisions: The last decision on each pair.
        placed: Places as they were last named, by kind and ref.
        parted: Which place took records from which other, whenever that was.
        passed: Versions by which a record's key passed to another person.
    """

    mark: Mark
    given: pl.DataFrame
    past: pl.DataFrame
    absent: pl.DataFrame
    steps: pl.DataFrame
    decisions: pl.DataFrame
    placed: pl.DataFrame
    parted: pl.DataFrame
    passed: pl.DataFrame


def kept_of(past: Kept | IdentityState, events: pl.DataFrame, steps: pl.DataFrame, places: Places, mark: Mark) -> Kept:
    """What is kept when a run has handed out these events.

    Args:
        past: What is kept of those whom the run named anew (`kept_after`); or what the log told before, where it named everybody.
        events: What the run changed.
        steps: The forwards behind it.
        places: Places as the run named them.
        mark: Where the log stands, and these events.
    """
    if isinstance(past, IdentityState):
        return _kept_of_all(past, events, steps, places, mark)
    given, passed = _given(past.given, events), _passed(past.passed, events)
    return replace(past, mark=mark, steps=steps, given=given, placed=places.placed, parted=places.parted, passed=passed)


def _kept_of_all(state: IdentityState, events: pl.DataFrame, steps: pl.DataFrame, places: Places, mark: Mark) -> Kept:
    """What is kept of a whole replay and the events that follow on it."""
    mine = events.filter(pl.col("event").is_in(["joined", "left"]))
    if state.members.is_empty():  # a first run: everybody bears what everybody first got
        absent, past = pl.DataFrame(schema=ABSENT), pl.DataFrame(schema=PAST)
    else:
        now = mine.select(*PAST, "at", is_present=pl.col("event") == "joined")
        before = state.members.select(*PAST, "at", "is_present")
        last = pl.concat([before, now]).unique(list(_RECORD), keep="last", maintain_order=True)
        absent = last.filter(~pl.col("is_present")).drop("is_present")
        held = pl.concat([state.held.select(*PAST), mine.select(*PAST)])
        past = held.join(last.filter("is_present"), list(PAST), "anti").unique()
    ever = with_hashes(state.entities.select("kind", "entity_id", age="first_sequence")).select(list(GIVEN))
    passed = _passed(state.passed, events)
    return Kept(mark, _given(ever, events), past, absent, steps, state.decisions, places.placed, places.parted, passed)


def kept_after(kept: Kept, memory: Memory, placed: pl.DataFrame) -> Kept:
    """What is kept of records when some were named anew.

    Args:
        kept: As it was.
        memory: What was recalled of these records and of those that are gone.
        placed: These records with `entity_id`.
    """
    kind = pl.lit(memory.kind).alias("kind")
    now = placed.select(kind, *REF, "entity_id")
    had = memory.members.select(kind, *REF, entity_id="last_id").join(now, list(PAST), "anti")
    gone = memory.members.filter("is_present").join(now, list(REF), "anti").select(kind, *REF, entity_id="last_id", at="since")
    return replace(
        kept,
        past=pl.concat([kept.past, had]).join(now, list(PAST), "anti").unique(),
        absent=pl.concat([kept.absent.join(now, list(_RECORD), "anti"), gone]),
    )


def recall_some(kept: Kept, kind: str, placed: pl.DataFrame, gone: pl.DataFrame) -> Memory:
    """The memory of some records, all that ever bore an identifier of theirs among them.

    Args:
        kept: What is kept.
        kind: resident, dwelling, building, estate.
        placed: ref, `last_id`, `since` (null: not among those who were named last).
        gone: The same of records that are no more.
    """
    final = _final(kept, kind)
    mine = pl.col("kind") == kind
    present = pl.concat([frame.select(*REF, "last_id", "since") for frame in (placed, gone)]).drop_nulls("last_id")
    back = kept.absent.filter(mine).join(placed, list(REF), "semi").select(*REF, last_id="entity_id", since="at")
    told = [frame.with_columns(is_present=pl.lit(value)) for frame, value in ((present, True), (back, False))]
    members = pl.concat(told).with_row_index("known")
    members = members.with_columns(old_id=pl.col("last_id").replace(final) if final else pl.col("last_id"))
    held = kept.past.filter(mine).drop("kind").join(placed, list(REF), "semi")
    had = pl.concat([members["old_id"], held["entity_id"]]).unique()
    given = given_of(kept.given, had).select("entity_id", "age")
    return Memory(kind, members, held, given, kept.given, forwarded_frame(final))


def returning_to(kept: Kept, kind: str, placed: pl.DataFrame) -> pl.Series:
    """The living identifiers of records that come back to a source."""
    back = kept.absent.filter(pl.col("kind") == kind).join(placed, list(REF), "semi")["entity_id"]
    final = _final(kept, kind)
    return back.replace(final).unique() if final and back.len() else back


def _final(kept: Kept, kind: str) -> dict[str, str]:
    return ends_of(kept.steps.filter(pl.col("kind") == kind))


def _passed(passed: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """With the versions by which these events say that a key passed on; as it was where they say none."""
    since = read_passed(events)
    return pl.concat([passed, since]) if since.height else passed


def _given(given: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """With the identifiers that these events create, those that come back left as old as they are."""
    created = events.filter(pl.col("event") == "created").select("kind", "entity_id", age="sequence")
    if created.is_empty():
        return given
    again = given_of(given, created["entity_id"])["entity_id"]
    fresh = with_hashes(created.filter(~pl.col("entity_id").is_in(again.implode())))
    return pl.concat([given, fresh.select(given.columns)])
