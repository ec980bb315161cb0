"""The one run of identity: records and places in, links with stable identifiers out.

Not here: the steps themselves (evidence, link, cluster, ids, review, token).
"""

from datetime import datetime

import polars as pl

from identity.frames import FORWARD, PLACE, PLACE_LINK, REF, RESIDENT_LINK, conform, utc
from identity.ids.events import numbered
from identity.log.identity_log import IdentityLog
from identity.log.replay import IdentityState, replay
from identity.resolve.named import Named, name_clusters
from identity.resolve.people import find_people
from identity.resolve.resolution import Resolution
from identity.review.queue import build_review
from identity.rules.rule_book import RuleBook, load_rule_book
from identity.token.frame import token_frame

PLACES = ("dwelling", "building", "estate")


def resolve(records: pl.DataFrame, places: pl.DataFrame, log: IdentityLog, at: datetime, key: bytes) -> Resolution:
    """Tell who is who, and name everybody and every place.

    Args:
        records: int_person__record; any column may be missing or null, except the ref.
        places: int_place__matched.
        log: The identity log; it is read, not written.
        at: The time of this run.
        key: The configured key; identifiers and tokens are made from it.

    Raises:
        IdentityLogError: The log cannot be trusted.
        ValueError: The key is empty.
    """
    book, at = load_rule_book(), utc(at)
    history = log.events()
    state = replay(history)
    people = find_people(records, state.decisions, book)
    residents = name_clusters(people.members, "resident", state, at, key)
    named_places = [_name_places(places, kind, state, at, key) for kind in PLACES]
    events = numbered(pl.concat([residents.events, *(named.events for named in named_places)]), at, state.last_sequence)
    members = residents.placed.rename({"entity_id": "resident_id"})
    return Resolution(
        resident_link=conform(members, RESIDENT_LINK).sort(*REF),
        place_link=pl.concat([conform(named.placed, PLACE_LINK) for named in named_places]).sort("kind", *REF),
        forward=_forwards(replay(pl.concat([history, events]).filter(pl.col("event").is_in(["created", "forwarded"])))),
        review=build_review(members, people.refusals, people.disputes, book, key),
        token=token_frame(_token_input(members, book), key),
        log_event=events,
    )


def _name_places(places: pl.DataFrame, kind: str, state: IdentityState, at: datetime, key: bytes) -> Named:
    """Places of one kind with `place_id`; one that matched nothing at all (no cluster) has none."""
    mine = conform(places, PLACE).filter(pl.col("kind") == kind).drop_nulls(["cluster", *REF])
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


def _token_input(members: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Owned numbers ranked by kind (as vetoes.yaml lists them; others last), and phones."""
    rank = {slot.slot: place for place, slot in enumerate(book.vetoes.slots)}
    ranks = pl.col("token_slot").replace_strict(rank, default=len(rank), return_dtype=pl.Int32)
    return members.select(
        "resident_id", "mobile", "source_updated_at", "rid", number="token_number", slot_rank=ranks
    )  # fmt: skip
