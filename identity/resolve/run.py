"""The one run of identity: records and places in, links with stable identifiers out.

Not here: the steps themselves (evidence, link, cluster, ids, review, token).
"""

from datetime import datetime

import polars as pl

from identity.frames import REF, RESIDENT_LINK, TOKEN, conform, utc
from identity.ids.events import numbered
from identity.ids.kept import Kept, kept_of
from identity.log.identity_log import IdentityLog
from identity.log.replay import IdentityState, replay, steps_after, to_the_end
from identity.resolve.moved import followed, name_moved
from identity.resolve.named import Named, name_clusters
from identity.resolve.places import name_places, place_changes
from identity.resolve.resolution import Resolution
from identity.rules.rule_book import RuleBook, load_rule_book
from identity.solution.again import solve_again
from identity.solution.named import with_names
from identity.solution.numbering import digested
from identity.solution.review import review_of
from identity.solution.solution import Solution
from identity.solution.solve import solve_all
from identity.solution.store import SolutionStore


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
    if not (kept and solution.judged) and history is None:
        history = log.events()
        state = replay(history)
    residents, kept = _name(solution, kept, state, at, key)
    located = name_places(places, state, at, key)
    events = numbered(pl.concat([residents.events, located.events]), at, last_sequence)
    is_news = bool(events.height) or kept is None or not solution.judged or bool(solution.judged.numbers.len())
    solution = with_names(solution, residents.placed, is_all=kept is None)
    if store and is_news:
        store.save(solution, kept_of(kept, state, events, log.mark(events)), key)
    return Resolution(
        resident_link=conform(solution.members, RESIDENT_LINK),
        place_link=located.placed,
        forward=to_the_end(steps_after(forwards, events)),
        review=review_of(solution, solution.members, decisions, book, key),
        token=conform(solution.tokens, TOKEN),
        place_change=place_changes([told for told in (history, events) if told is not None]),
        log_event=events,
    )


def _told(kept: Kept | None, state: IdentityState | None) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """What the log tells beside the residents' identifiers: decisions, forwards, and the number of its last event."""
    if kept:
        return kept.decisions, kept.steps, kept.mark.next_sequence - 1
    assert state is not None  # noqa: S101 - one of both is there
    return state.decisions, state.forwards, state.last_sequence


def _name(
    solution: Solution, kept: Kept | None, state: IdentityState | None, at: datetime, key: bytes
) -> tuple[Named, Kept | None]:
    """Identifiers of those who moved, against what is kept; or of everybody against the whole log, and then nothing was kept."""
    if kept and solution.judged:
        return name_moved(solution, solution.judged, kept, at, key)
    assert state is not None  # noqa: S101 - it was told, since nothing is kept
    clusters = solution.members.select("no", *REF, pl.col("cluster").cast(pl.Int64), "linked_by")
    return name_clusters(clusters, "resident", state, at, key), None


def _solve(
    records: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, key: bytes, last: Solution | None, *, is_kept: bool
) -> Solution:
    """What changed since the last solution, or everybody."""
    known = digested(records)
    again = solve_again(known, decisions, book, key, last) if last else None
    return again or solve_all(known.sort(*REF), decisions, book, key, is_kept=is_kept)
