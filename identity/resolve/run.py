"""The one run of identity: records and places in, links with stable identifiers out.

Not here: the steps themselves (evidence, link, cluster, ids, review, token).
"""

from datetime import datetime

import polars as pl

from identity.frames import FORWARD, LOG_EVENT, PLACE, PLACE_LINK, REF, RESIDENT_LINK, TOKEN, conform, utc
from identity.ids.events import numbered
from identity.log.identity_log import IdentityLog
from identity.log.replay import IdentityState, forwards_after, replay
from identity.resolve.named import Named, name_clusters
from identity.resolve.resolution import Resolution
from identity.rules.rule_book import RuleBook, load_rule_book
from identity.solution.again import solve_again
from identity.solution.numbering import digested
from identity.solution.review import review_of
from identity.solution.solution import NO, Solution
from identity.solution.solve import solve_all
from identity.solution.store import SolutionStore

PLACES = ("dwelling", "building", "estate")


def resolve(
    records: pl.DataFrame,
    places: pl.DataFrame,
    log: IdentityLog,
    at: datetime,
    key: bytes,
    *,
    store: SolutionStore | None = None,
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
    book, at = load_rule_book(), utc(at)
    history = log.events()
    state = replay(history)
    solution = _solve(records, state.decisions, book, key, store)
    residents = name_clusters(solution.members.with_columns(pl.col("cluster").cast(pl.Int64)), "resident", state, at, key)
    named_places = [_name_places(places, kind, state, at, key) for kind in PLACES]
    events = numbered(pl.concat([residents.events, *(named.events for named in named_places)]), at, state.last_sequence)
    members = residents.placed.rename({"entity_id": "resident_id"})
    return Resolution(
        resident_link=conform(members, RESIDENT_LINK).sort(*REF),
        place_link=pl.concat([conform(named.placed, PLACE_LINK) for named in named_places]).sort("kind", *REF),
        forward=forwards_after(state, events),
        review=review_of(solution, members, state.decisions, book, key),
        token=_tokens(solution, members),
        log_event=events,
    )


def _solve(records: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, key: bytes, store: SolutionStore | None) -> Solution:
    """What changed since the stored solution, or everybody; stored again."""
    if not key:
        raise ValueError("the key is empty: set [security] key")
    known = digested(records)
    last = store.load(key) if store else None
    again = solve_again(known, decisions, book, key, last) if last else None
    solution = again or solve_all(known.sort(*REF), decisions, book, key)
    if store and solution is not last:
        store.save(solution, key)
    return solution


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


def _forwards(state: IdentityState) -> pl.DataFrame:
    """Every identifier that lives no more, with the one at the end of its chain."""
    kinds = state.forwards["kind"].unique(maintain_order=True).to_list()
    parts = [
        state.forwards.filter(pl.col("kind") == kind).with_columns(pl.col("old_id").replace(state.final(kind)).alias("new_id"))
        for kind in kinds
    ]
    return conform(pl.concat(parts) if parts else state.forwards, FORWARD).sort("kind", "old_id")


def _tokens(solution: Solution, members: pl.DataFrame) -> pl.DataFrame:
    """The tokens of each cluster under its identifier."""
    named = members.select("resident_id", cluster=pl.col("cluster").cast(NO)).unique("cluster")
    return conform(solution.tokens.join(named, "cluster"), TOKEN).sort("resident_id")
