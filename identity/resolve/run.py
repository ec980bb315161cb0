"""The one run of identity: records and places in, links with stable identifiers out.

Not here: the steps themselves (evidence, link, cluster, ids, review, token).
"""

from datetime import datetime

import polars as pl

from identity.frames import PLACE_CHANGE, PLACE_LINK, REF, RESIDENT_LINK, TOKEN, conform, utc
from identity.holder.events import passed_on
from identity.holder.holders import find_holders
from identity.holder.ref import with_holders, without_holders
from identity.ids.events import numbered
from identity.ids.kept import Kept, Places, kept_of
from identity.log.identity_log import IdentityLog
from identity.log.replay import IdentityState, replay, steps_after, to_the_end
from identity.resolve.moved import RESIDENT, followed, name_moved
from identity.resolve.moved_places import move_places
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
    records: pl.DataFrame, places: pl.DataFrame, log: IdentityLog, at: datetime, key: bytes, *,
    store: SolutionStore | None = None, tellings: pl.DataFrame | None = None,
) -> Resolution:  # fmt: skip
    """Tell who is who, and name everybody and every place.

    Args:
        records: int_person__record; any column may be missing or null, except the ref.
        places: int_place__matched.
        log: The identity log; it is read, not written.
        at: The time of this run.
        key: The configured key; identifiers and tokens are made from it.
        store: Where the last solution is kept, so that only what changed is solved again; null: everything is.
        tellings: Every version of those records that said more than one thing of a person (columns of TELLING); null: none did.

    Raises:
        IdentityLogError: The log cannot be trusted.
        ValueError: The key is empty.
    """
    if not key:
        raise ValueError("the key is empty: set [security] key")
    book, at, stored = load_rule_book(), utc(at), store.load(key) if store else None
    kept = followed(stored[1], log) if stored else None
    past, parted = (kept, kept.parted) if kept else _retold(log)
    decisions, forwards, last_sequence = _told(past)
    holders = find_holders(tellings, past.passed, book)
    told, last = with_holders(records, holders.now), stored[0] if stored else None
    solution = _solve(told, decisions, book, key, last, is_kept=store is not None)
    if isinstance(past, Kept) and solution.judged:
        residents, past = name_moved(solution, solution.judged, past, at, key)
        located, past = move_places(places, past, at, key)
    else:  # everybody was solved anew, and is named against the whole log
        past, parted = _retold(log) if isinstance(past, Kept) else (past, parted)
        residents, located = _name_all(solution, places, past, at, key)
    events = numbered(pl.concat([passed_on(residents.events, holders, book), located.events]), at, last_sequence)
    solution = with_names(solution, residents.placed, is_all=not isinstance(past, Kept))
    parted = place_changes(parted, events)
    if store and _is_news(solution, past, events):
        store.save(solution, _kept(past, events, located, parted, log), key, _changed(solution, residents, past))
    return Resolution(
        resident_link=without_holders(conform(solution.members, RESIDENT_LINK), holders.now),
        place_link=conform(located.placed, PLACE_LINK),
        forward=to_the_end(steps_after(forwards, events)),
        review=without_holders(review_of(solution, solution.members, decisions, book, key), holders.now),
        token=conform(solution.tokens, TOKEN),
        place_change=parted,
        other_telling=holders.others,
        log_event=events,
    )


def _is_news(solution: Solution, past: Kept | IdentityState, events: pl.DataFrame) -> bool:
    """Whether anything is other than it was kept."""
    judged = solution.judged
    return bool(events.height) or not isinstance(past, Kept) or not judged or bool(judged.numbers.len())


def _kept(past: Kept | IdentityState, events: pl.DataFrame, located: Named, parted: pl.DataFrame, log: IdentityLog) -> Kept:
    """What is kept of the log's memory for the next run."""
    return kept_of(past, events, Places(located.placed, parted), log.mark(events))


def _changed(solution: Solution, residents: Named, past: Kept | IdentityState) -> pl.Series | None:
    """`no` of the members that may be other than they were; null: all may be."""
    if not isinstance(past, Kept) or not solution.judged:
        return None
    return pl.concat([solution.judged.numbers, residents.placed["no"]]).unique()


def _retold(log: IdentityLog) -> tuple[IdentityState, pl.DataFrame]:
    """What the whole log tells: its state, and which place took records from which other."""
    history = log.events()
    return replay(history), place_changes(pl.DataFrame(schema=PLACE_CHANGE), history)


def _told(past: Kept | IdentityState) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """What the log tells beside identifiers: decisions, forwards, and the number of its last event."""
    if isinstance(past, Kept):
        return past.decisions, past.steps, past.mark.next_sequence - 1
    return past.decisions, past.forwards, past.last_sequence


def _name_all(solution: Solution, places: pl.DataFrame, past: IdentityState, at: datetime, key: bytes) -> tuple[Named, Named]:
    """Identifiers of everybody and every place against the whole log."""
    clusters = solution.members.select("no", *REF, pl.col("cluster").cast(pl.Int64), "linked_by")
    return name_clusters(clusters, RESIDENT, past, at, key), name_places(places, past, at, key)


def _solve(
    records: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, key: bytes, last: Solution | None, *, is_kept: bool
) -> Solution:
    """What changed since the last solution, or everybody."""
    known = digested(records)
    again = solve_again(known, decisions, book, key, last) if last else None
    return again or solve_all(known.sort(*REF), decisions, book, key, is_kept=is_kept)
