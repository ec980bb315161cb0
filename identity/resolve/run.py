"""The one run of identity: records and places in, links with stable identifiers out.

Not here: the steps themselves (evidence, link, cluster, ids, review, token).
"""

from datetime import datetime

import polars as pl

from identity.frames import LOG_EVENT, PLACE, PLACE_CHANGE, PLACE_LINK, REF, RESIDENT_LINK, TOKEN, conform, utc
from identity.ids.events import numbered
from identity.ids.kept import Kept, kept_of
from identity.log.identity_log import IdentityLog
from identity.log.replay import IdentityState, replay, steps_after, to_the_end
from identity.resolve.moved import followed, name_moved
from identity.resolve.named import Named, name_clusters
from identity.resolve.resolution import Resolution
from identity.rules.rule_book import RuleBook, load_rule_book
from identity.solution.again import solve_again
from identity.solution.named import with_names
from identity.solution.numbering import digested
from identity.solution.review import review_of
from identity.solution.solution import Solution
from identity.solution.solve import solve_all
from identity.solution.store import SolutionStore

PLACES = ("dwelling", "building", "estate")


def resolve(
    records: pl.DataFrame, places: pl.DataFrame, log: IdentityLog, at: datetime, key: bytes, *, store: SolutionStore | None = None
) -> Resolution:
    """Tell who is who, and name everybody and every place.

    Args:
        records: int_person__record; any column may be missing or null, except the ref.
        places: int_place__matched.
        log: The identity log; it is read, not written.
        at: The time of this run.
        key: The configured key; identifiers and tokens are made from it.
        store: Where the last solution is kept, so that only what changed is solved again; null: everything is.

    Raises:
        IdentityLogError: The log cannot be trusted.
        ValueError: The key is empty.
    """
    if not key:
        raise ValueError("the key is empty: set [security] key")
    book, at = load_rule_book(), utc(at)
    stored = store.load(key) if store else None
    kept = followed(stored[1], log) if stored else None
    history = None if kept and places.is_empty() and not kept.has_places else log.events()
    state = None if history is None else replay(history)
    decisions, forwards, last_sequence = _told(kept, state)
    solution = _solve(records, decisions, book, key, stored[0] if stored else None, is_kept=store is not None)
    if kept and solution.judged:
        residents, kept = name_moved(solution, solution.judged, kept, at, key)
    else:
        history = log.events() if history is None else history
        state, kept = state or replay(history), None
        clusters = solution.members.select("no", *REF, pl.col("cluster").cast(pl.Int64), "linked_by")
        residents = name_clusters(clusters, "resident", state, at, key)
    named_places = [_name_places(places, kind, state, at, key) for kind in PLACES] if state else [_no_place()]
    events = numbered(pl.concat([residents.events, *(named.events for named in named_places)]), at, last_sequence)
    is_news = bool(events.height) or kept is None or not solution.judged or bool(solution.judged.numbers.len())
    solution = with_names(solution, residents.placed, is_all=kept is None)
    if store and is_news:
        store.save(solution, kept_of(kept, state, events, log.mark(events)), key)
    return Resolution(
        resident_link=conform(solution.members, RESIDENT_LINK),
        place_link=pl.concat([conform(named.placed, PLACE_LINK) for named in named_places]).sort("kind", *REF),
        forward=to_the_end(steps_after(forwards, events)),
        review=review_of(solution, solution.members, decisions, book, key),
        token=conform(solution.tokens, TOKEN),
        place_change=_place_changes(pl.concat([_parted(told) for told in (history, events) if told is not None])),
        log_event=events,
    )


def _told(kept: Kept | None, state: IdentityState | None) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """What the log tells beside the residents' identifiers: decisions, forwards, and the number of its last event."""
    if kept:
        return kept.decisions, kept.steps, kept.mark.next_sequence - 1
    assert state is not None  # noqa: S101 - one of both is there
    return state.decisions, state.forwards, state.last_sequence


def _solve(
    records: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, key: bytes, last: Solution | None, *, is_kept: bool
) -> Solution:
    """What changed since the last solution, or everybody."""
    known = digested(records)
    again = solve_again(known, decisions, book, key, last) if last else None
    return again or solve_all(known.sort(*REF), decisions, book, key, is_kept=is_kept)


def _no_place() -> Named:
    return Named(pl.DataFrame(schema=PLACE_LINK), pl.DataFrame(schema=LOG_EVENT))


def _name_places(places: pl.DataFrame, kind: str, state: IdentityState, at: datetime, key: bytes) -> Named:
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


def _parted(events: pl.DataFrame) -> pl.DataFrame:
    """The events by which places were merged or split."""
    return events.filter(pl.col("event").is_in(["merged", "split"]) & pl.col("kind").is_in(PLACES))


def _place_changes(parted: pl.DataFrame) -> pl.DataFrame:
    """Which place took records from which other; an identifier may have been merged and split more than once."""
    took = pl.col("event") == "merged"  # the one that is named first took the other's records; at a split it lost some
    told = parted.with_columns(
        place_id=pl.when(took).then("entity_id").otherwise("other_id"),
        predecessor_id=pl.when(took).then("other_id").otherwise("entity_id"),
    )
    return conform(told, PLACE_CHANGE).unique().sort("kind", "place_id", "at", "predecessor_id", "reason")
