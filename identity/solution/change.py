"""What a change takes away or brings: the records that say something else, and the keys that they told and tell now.

Not here: how far that reaches (identity/solution/reach.py).
"""

import polars as pl

from identity.frames import REF
from identity.rules.rule_book import RuleBook
from identity.solution.borrowers import disputed_anew, latest_birth, told_name, told_number
from identity.solution.claims import claimed_anew
from identity.solution.frequencies import nobodys_phones
from identity.solution.keys import may_be_damaged, record_keys
from identity.solution.reach import MATES, NODES, Change
from identity.solution.rows import Rows, is_among
from identity.solution.solution import Solution


def gone_since(numbered: pl.DataFrame, told: pl.DataFrame, last: Solution) -> pl.Series:
    """`no` of the members that are no more; counted before they are looked for."""
    members = last.members["no"]
    if numbered.height - told["last_digest"].null_count() == members.len():
        return members.clear()
    return members.filter(~pl.Series(is_among(members, numbered["no"])))


def decided_since(numbered: pl.DataFrame, decisions: pl.DataFrame, last: Solution) -> pl.Series:
    """`no` of the records on which people have decided since."""
    fresh = decisions.filter(pl.col("sequence") > last.decided)
    if fresh.is_empty():
        return numbered["no"].clear()
    refs = [
        fresh.select(pl.col(f"{side}_{part}").alias(f"source_{part}") for part in ("system", "entity", "key"))
        for side in ("left", "right")
    ]
    return numbered.join(pl.concat(refs), list(REF), "semi")["no"]


def change_of(people: Rows, told: pl.DataFrame, gone: pl.Series, book: RuleBook, last: Solution) -> Change:
    """What a change takes away or brings.

    Args:
        people: Everybody as they are now, in the columns of RECORD, and `no`.
        told: Those who say something else, or are new.
        gone: `no` of those who are no more.
        book: The rule book.
        last: The solution of an earlier run.
    """
    outdated, members = pl.concat([told["no"], gone]), Rows(last.members)
    keys = record_keys(told, book)
    index = last.index.renew(outdated, keys)
    touched = pl.concat([last.index.of(outdated), keys])
    before = last.claimed.filter(~pl.Series(is_among(last.claimed, outdated)))
    claimed = claimed_anew(before, touched, index, people)
    namesakes, years = _namesakes(told, outdated, book, last.members), book.vetoes.generation_years
    borrowed = disputed_anew(claims_of(people, claimed, book), namesakes, touched, last.members, years)
    listed = index.found_by(touched, MATES)
    guards = book.weights.guards
    return Change(
        told=told["no"],
        gone=gone,
        touched=touched,
        index=index,
        members=members,
        claimed=claimed,
        disputing=pl.concat([borrowed, claimed.filter(pl.Series(is_among(claimed, listed)))]).unique(),
        nobodys=nobodys_phones(last.frequencies, touched, guards.names_per_phone),
        crowd=guards.largest_block,
    )


def claims_of(people: Rows, numbers: pl.Series, book: RuleBook) -> pl.DataFrame:
    """What these records say of a number that several names claim."""
    told = people.of(numbers, "no", "name_key", "id_kind", "id_number", "dwelling_cluster", "mobile")
    return told.with_columns(told_name(book.names), told_number())


def _namesakes(told: pl.DataFrame, outdated: pl.Series, book: RuleBook, members: pl.DataFrame) -> pl.DataFrame:
    """What changed records say of name and birth, and what they said: `no`, `told_name`, `born`."""
    now = told.select("no", told_name(book.names), latest_birth())
    before = members.select(now.columns).filter(pl.Series(is_among(members["no"], outdated), dtype=pl.Boolean))
    return pl.concat([now, before])


def doubted(people: Rows, change: Change) -> pl.Series:
    """`no` of the records of touched numbers that may be another's, or wrong."""
    told = people.of(change.index.found_by(change.touched, NODES), "no", "id_status", "id_number")
    is_claimed = pl.Series(is_among(told["no"], change.claimed), dtype=pl.Boolean)
    return pl.concat([told.filter(may_be_damaged() | is_claimed)["no"], change.disputing]).unique()
