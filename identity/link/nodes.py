"""Nodes: records that share an owned number are one node from the start; every other record is its own.

Not here: who owns a number (identity/evidence/ownership.py), edges between nodes (identity/link/candidates.py).
"""

from dataclasses import dataclass

import polars as pl

from identity.evidence.names import sound_form
from identity.link.lost_names import fitting_names
from identity.rules.rule_book import RuleBook


@dataclass(frozen=True)
class Nodes:
    """What each node says, in long form. A node's name is the smallest `rid` in it.

    Attributes:
        members: One row a record: everything prepared, and `node`.
        names: `node`, `value` (name or former name).
        sounds: `node`, `value` (sound forms of the name, with tones and without).
        guesses: `node`, `value` (sound form of a name that a lost one may have been).
        births: `node`, `value`.
        phones: `node`, `value`; numbers that many names share are left out.
        dwellings: `node`, `value`.
        homes: `node`, `value` (the dwelling as only the others of the household tell it).
        buildings: `node`, `value` (the building of the dwelling, or all that the address tells).
        phone_claims: `value`, `names`, `sounds`, `records`: by how many names and named records a phone is told.
        own_phones: `value`; numbers that several records tell, all of one name.
        unnamed: `node`; no record of it holds a name.
        numbers: `node`, `slot`, `value` (the plain number).
        masks: `node`, `value` (18 characters, `*` where hidden).
        traces: `node`, `value` (a number that failed, or is another's), `kind` (evidence, upgraded, shared).
        sexes: `node`, `value`, `is_firm` (told by a number, not by a column of the source alone).
        filings: `node`, `value` (a list of different people on which it stands).
        registered: `node`; it stands in a register that lists everybody once.
    """

    members: pl.DataFrame
    names: pl.DataFrame
    sounds: pl.DataFrame
    guesses: pl.DataFrame
    births: pl.DataFrame
    phones: pl.DataFrame
    dwellings: pl.DataFrame
    homes: pl.DataFrame
    buildings: pl.DataFrame
    phone_claims: pl.DataFrame
    own_phones: pl.DataFrame
    unnamed: pl.DataFrame
    numbers: pl.DataFrame
    masks: pl.DataFrame
    traces: pl.DataFrame
    sexes: pl.DataFrame
    filings: pl.DataFrame
    registered: pl.DataFrame


def build_nodes(records: pl.DataFrame, apart: list[int], book: RuleBook, phone_claims: pl.DataFrame | None = None) -> Nodes:
    """Group records by owned number.

    Args:
        records: Settled records.
        apart: Records (rid) that people set apart from another: each stays its own node.
        book: The rule book.
        phone_claims: As counted among the whole population (Frequencies.phones), where these records are a part of it.
    """
    grouped = pl.col("number").is_not_null() & ~pl.col("rid").is_in(apart)
    members = records.with_columns(
        node=pl.when(grouped).then(pl.col("rid").min().over("number", grouped)).otherwise(pl.col("rid"))
    )
    named = pl.concat([_long(members, "name_token"), _long(members, "former_token")]).unique()
    listed = _listed_phones(members)
    claims = _phone_claims(listed) if phone_claims is None else phone_claims
    return Nodes(
        members=members,
        names=named,
        sounds=pl.concat([_long(members, name) for name in ("sound", "toneless", "lost_name")]),
        guesses=fitting_names(_long(members, "lost_name"), _long(members, "name_token")).with_columns(
            sound_form(pl.col("value"), book.names)
        ),
        births=_long(members, "birth"),
        phones=_phones(listed, claims, book),
        dwellings=_long(members, "dwelling_cluster"),
        homes=_long(members, "household_dwelling"),
        buildings=_long(members, "building_cluster"),
        phone_claims=claims,
        own_phones=_own_phones(claims, book),
        unnamed=members.group_by("node").agg(pl.col("is_unnamed").all()).filter("is_unnamed").select("node"),
        numbers=members.filter(pl.col("number").is_not_null()).select("node", "slot", value="id_number").unique(),
        masks=_long(members.filter(pl.col("number").is_null()), "id_visible"),
        traces=_traces(members),
        sexes=members.select("node", value="sex", is_firm=pl.col("number_sex").is_not_null()).drop_nulls("value").unique(),
        filings=_long(members, "filing"),
        registered=members.filter(pl.col("source").is_in(list(book.vetoes.registers))).select("node").unique(),
    )


def _long(members: pl.DataFrame, column: str) -> pl.DataFrame:
    return members.select("node", value=column).drop_nulls().unique()


def _listed_phones(members: pl.DataFrame) -> pl.DataFrame:
    """`rid`, `node`, `name_token`, `toneless`, `value`: one row a phone that a record tells."""
    told = pl.concat_list(pl.col("phones").fill_null([]), "mobile")
    return members.select("rid", "node", "name_token", "toneless", value=told).explode("value").drop_nulls("value")


def _phone_claims(listed: pl.DataFrame) -> pl.DataFrame:
    """How many names, sounds of names and named records tell each phone."""
    named = pl.col("name_token").is_not_null()
    claims = listed.group_by("value").agg(
        names=pl.col("name_token").filter(named).n_unique(),
        sounds=pl.col("toneless").filter(named).n_unique(),
        records=pl.col("rid").filter(named).n_unique(),
    )
    return claims.sort("value")


def _phones(listed: pl.DataFrame, claims: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Phones of a node; an office's or an agent's, which many names share, is nobody's."""
    crowd = claims.filter(pl.col("names") > book.weights.guards.names_per_phone)
    return listed.select("node", "value").unique().join(crowd, "value", "anti")


def _own_phones(claims: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Phones that several named records tell, all of one name (as far as it sounds)."""
    least = book.weights.guards.records_per_own_phone
    return claims.filter((pl.col("sounds") == 1) & (pl.col("records") >= least)).select("value")


def _traces(members: pl.DataFrame) -> pl.DataFrame:
    """Numbers that are no keys: failed ones, unconfirmed upgrades, and those that belong to another."""
    without = members.filter(pl.col("number").is_null())
    upgraded = pl.col("id_status") == "upgraded"
    failed = without.filter(pl.col("shared_number").is_null()).select(
        "node", value="id_evidence", kind=pl.when(upgraded).then(pl.lit("upgraded")).otherwise(pl.lit("evidence"))
    )
    shared = without.select("node", value="shared_number", kind=pl.lit("shared"))
    return pl.concat([failed, shared]).drop_nulls().unique()
