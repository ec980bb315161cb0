"""The one run of identity: records and places in, links with stable identifiers out.

Not here: the steps themselves (evidence, link, cluster, ids, review, token).
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import polars as pl

from identity.frames import PLACE_CHANGE, PLACE_LINK, RESIDENT_LINK, TOKEN, conform, utc
from identity.holder.events import passed_on
from identity.holder.holders import Holders, find_holders
from identity.holder.ref import with_holders, without_holders
from identity.ids.events import numbered
from identity.ids.kept import Kept, Places, kept_of
from identity.log.identity_log import IdentityLog
from identity.log.replay import IdentityState, replay, steps_after, to_the_end
from identity.plan import in_polars
from identity.resolve.found import Asked, Found, find_again, find_anew
from identity.resolve.moved import followed
from identity.resolve.places import place_changes
from identity.resolve.resolution import Resolution
from identity.rules.rule_book import load_rule_book
from identity.solution.review import review_of
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
    holders = find_holders(tellings, past.passed, book)
    asked = Asked(with_holders(records, holders.now), places, past.decisions, book, at, key)
    found = in_polars(partial(find_again, asked, stored[0], kept)) if stored and kept else None
    if not found:
        whole, parted = (past, parted) if isinstance(past, IdentityState) else _retold(log)
        found = in_polars(partial(find_anew, asked, whole, is_kept=store is not None))
    events = pl.concat([passed_on(found.residents.events, holders, book), found.located.events])
    events = numbered(events, at, _last_sequence(past))
    news = _News(events, steps_after(_forwards(past), events), place_changes(parted, events))
    with ThreadPoolExecutor(max_workers=1) as beside:
        saved = beside.submit(_save, store, found, news, log, key) if store and (found.is_news or news.events.height) else None
        resolution = _handed_out(asked, found, news, holders)
        if saved:
            saved.result()
    return resolution


@dataclass(frozen=True)
class _News:
    """What a run tells the log: its events; and with them all forwards, step by step, and which place took records from which."""

    events: pl.DataFrame
    steps: pl.DataFrame
    parted: pl.DataFrame


def _handed_out(asked: Asked, found: Found, news: _News, holders: Holders) -> Resolution:
    """The frames that are published."""
    members = found.solution.members
    return Resolution(
        resident_link=without_holders(conform(members, RESIDENT_LINK), holders.now),
        place_link=conform(found.located.placed, PLACE_LINK),
        forward=to_the_end(news.steps),
        review=without_holders(review_of(found.solution, members, asked.decisions, asked.book, asked.key), holders.now),
        token=conform(found.solution.tokens, TOKEN),
        place_change=news.parted,
        other_telling=holders.others,
        log_event=news.events,
    )


def _save(store: SolutionStore, found: Found, news: _News, log: IdentityLog, key: bytes) -> None:
    """Keep the solution for the next run, and what it needs of the log's memory."""
    places = Places(found.located.placed, news.parted)
    kept = kept_of(found.past, news.events, news.steps, places, log.mark(news.events))
    store.save(found.solution, kept, key, found.changed)


def _retold(log: IdentityLog) -> tuple[IdentityState, pl.DataFrame]:
    """What the whole log tells: its state, and which place took records from which other."""
    history = log.events()
    return replay(history), place_changes(pl.DataFrame(schema=PLACE_CHANGE), history)


def _forwards(past: Kept | IdentityState) -> pl.DataFrame:
    return past.steps if isinstance(past, Kept) else past.forwards


def _last_sequence(past: Kept | IdentityState) -> int:
    """The number of the log's last event."""
    return past.mark.next_sequence - 1 if isinstance(past, Kept) else past.last_sequence
