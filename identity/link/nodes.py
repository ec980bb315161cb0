"""Nodes: records that share an owned number are one node from the start; every other record is its own.

Not here: who owns a number (identity/evidence/ownership.py), edges between nodes (identity/link/candidates.py).
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from identity.evidence.coded import CODED, NOTHING, by_node, coded_dates, told_once
from identity.evidence.names import sound_form
from identity.evidence.numbers import LENGTH
from identity.link.lost_names import fitting_names
from identity.rules.rule_book import RuleBook


def claims_of_phones(listed: pl.DataFrame) -> pl.DataFrame:
    """`value`, `names`: how many names tell each phone (`listed`: `rid`, `node`, `name_token`, `value`)."""
    shared = pl.col("value").is_duplicated()
    alone = listed.filter(~shared).select("value", names=pl.col("name_token").is_not_null().cast(pl.UInt32))
    several = listed.filter(shared).group_by("value").agg(names=pl.col("name_token").drop_nulls().n_unique())
    return pl.concat([alone, several])


@dataclass(frozen=True)
class Nodes:
    """What each node says, in long form, by node; every value is coded. A node's name is the smallest `rid` in it.

    Attributes:
        members: One row a record, by `rid`: `node`, and what was prepared.
        names: `node`, `value` (name or former name).
        sounds: `node`, `value` (sound forms of the name, with tones and without).
        likes: `node`, `value` (the same, and sound forms of names that a lost one may have been).
        births: `node`, `value` (2001-02-03).
        phones: `node`, `value`; numbers that many names share are left out.
        dwellings: `node`, `value`.
        homes: `node`, `value` (the dwelling as only the others of the household tell it).
        buildings: `node`, `value` (the building of the dwelling, or all that the address tells).
        phone_claims: `value`, `names`: by how many names a phone is told.
        unnamed: `node`; no record of it holds a name.
        numbers: `node`, `slot`, `value` (the plain number), `is_long` (of a citizen's length).
        masks: `node`, `value` (18 characters, `*` where hidden).
        traces: `node`, `value` (a number that failed, or is another's), `kind` (evidence, upgraded, shared).
        sexes: `node`, `value`, `is_firm` (told by a number, not by a column of the source alone).
        filings: `node`, `value` (a list of different people on which it stands).
        registered: `node`; it stands in a register that lists everybody once.
    """

    members: pl.DataFrame
    names: pl.DataFrame
    sounds: pl.DataFrame
    likes: pl.DataFrame
    births: pl.DataFrame
    phones: pl.DataFrame
    dwellings: pl.DataFrame
    homes: pl.DataFrame
    buildings: pl.DataFrame
    phone_claims: pl.DataFrame
    unnamed: pl.DataFrame
    numbers: pl.DataFrame
    masks: pl.DataFrame
    traces: pl.DataFrame
    sexes: pl.DataFrame
    filings: pl.DataFrame
    registered: pl.DataFrame


def build_nodes(
    records: pl.DataFrame,
    apart: list[int],
    book: RuleBook,
    claims_of: Callable[[pl.DataFrame], pl.DataFrame] = claims_of_phones,
) -> Nodes:
    """Group records by owned number.

    Args:
        records: Settled records, by `rid`.
        apart: Records (rid) that people set apart from another: each stays its own node.
        book: The rule book.
        claims_of: Counts the names that tell each phone; in another way where these records are a part of a population.
    """
    members = _grouped(records, apart)
    without = members.filter(pl.col("number").is_null())
    sounds = _long(members, "sound", "toneless", "lost_name")
    listed = _listed_phones(members)
    claims = claims_of(listed)
    return Nodes(
        members=members,
        names=_long(members, "name_token", "former_token"),
        sounds=sounds,
        likes=_likes(members, sounds, book),
        births=told_once(coded_dates(members.select("node", value="birth"))),
        phones=_phones(listed, claims, book),
        dwellings=_long(members, "dwelling_cluster"),
        homes=_long(members, "household_dwelling"),
        buildings=_long(members, "building_cluster"),
        phone_claims=claims,
        unnamed=_unnamed(members),
        numbers=_numbers(members),
        masks=_long(without, "id_visible"),
        traces=_traces(without),
        sexes=_sexes(members),
        filings=_long(members, "filing"),
        registered=_nodes_of(members, pl.col("source").is_in(list(book.vetoes.registers))),
    )


def first_holders(members: pl.DataFrame) -> pl.DataFrame:
    """Of each node with a number the first record."""
    return members.filter(pl.col("number").is_not_null() & (pl.col("rid") == pl.col("node")))


def _numbers(members: pl.DataFrame) -> pl.DataFrame:
    is_long = pl.col("id_number").cat.len_chars() == LENGTH
    return by_node(first_holders(members).select("node", "slot", value="id_number", is_long=is_long))


def _grouped(records: pl.DataFrame, apart: list[int]) -> pl.DataFrame:
    """Add `node`."""
    alone = pl.col("rid").is_in(apart) if apart else pl.lit(value=False)
    held = records.with_columns(_held=pl.when(~alone).then("number"))
    first = pl.when(pl.col("_held").is_not_null()).then(pl.col("rid").min().over("_held")).otherwise("rid")
    return held.with_columns(node=first).drop("_held")


def _long(members: pl.DataFrame, *columns: str) -> pl.DataFrame:
    told = [column for column in columns if members[column].null_count() < members.height]
    return told_once(pl.concat([members.select("node", value=column) for column in told])) if told else NOTHING


def _nodes_of(members: pl.DataFrame, which: pl.Expr) -> pl.DataFrame:
    return by_node(members.filter(which).select(pl.col("node").unique().sort()))


def _likes(members: pl.DataFrame, sounds: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Sound forms, also of every name that a lost one may have been."""
    lost = _long(members, "lost_name")
    if lost.is_empty():
        return sounds
    fitting = fitting_names(lost, members["name_token"].unique())
    guesses = fitting.select("node", value=sound_form(pl.col("value"), book.names).cast(CODED))
    return told_once(pl.concat([sounds, guesses]))


def _unnamed(members: pl.DataFrame) -> pl.DataFrame:
    """Nodes of which no record holds a name."""
    bare = _nodes_of(members, pl.col("is_unnamed"))
    named = members.filter(~pl.col("is_unnamed")).join(bare, "node", "semi")
    return by_node(bare.filter(~pl.col("node").is_in(named["node"].unique().implode())))


def _sexes(members: pl.DataFrame) -> pl.DataFrame:
    is_firm = pl.col("number_sex").is_not_null()
    return pl.concat(
        [_long(members.filter(is_firm == firm), "sex").with_columns(is_firm=pl.lit(value=firm)) for firm in (True, False)]
    )


def _listed_phones(members: pl.DataFrame) -> pl.DataFrame:
    """`rid`, `node`, `name_token`, `value`: each phone that a record tells, once."""
    phones = members.select(node="rid", value="phones").explode("value").with_columns(pl.col("value").cast(CODED))
    told = told_once(pl.concat([phones, members.select(node="rid", value="mobile")])).rename({"node": "rid"})
    return told.join(members.select("rid", "node", "name_token"), "rid", "left", maintain_order="left")


def _phones(listed: pl.DataFrame, claims: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Phones of a node; an office's or an agent's, which many names share, is nobody's."""
    crowd = claims.filter(pl.col("names") > book.weights.guards.names_per_phone)["value"]
    return by_node(told_once(listed).filter(~pl.col("value").is_in(crowd.implode())))


def _traces(without: pl.DataFrame) -> pl.DataFrame:
    """Numbers that are no keys: failed ones, unconfirmed upgrades, and those that belong to another."""
    is_upgraded = (pl.col("id_status") == "upgraded").fill_null(value=False)
    failed = without.filter(pl.col("shared_number").is_null())
    kinds = {
        "evidence": _long(failed.filter(~is_upgraded), "id_evidence"),
        "upgraded": _long(failed.filter(is_upgraded), "id_evidence"),
        "shared": _long(without, "shared_number"),
    }
    return pl.concat([told.with_columns(kind=pl.lit(kind)) for kind, told in kinds.items()])
