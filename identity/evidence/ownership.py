"""Whose number it is: one valid number typed for several names belongs to one of them at most.

A child is filed under a parent's number, a twin under the other's, a clerk's placeholder under everybody. The name whose own
birth date agrees keeps the number; the others' records lose it as a key (it stays a weak trace: `shared_number`).
Not here: the judgement on one number (identity/evidence/claim.py), linking (identity/link).
"""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import polars as pl

from identity.evidence.claim import Claim, judge
from identity.rules.rule_book import RuleBook

_LOST = {"number": pl.String, "name_key": pl.String, "borrow": pl.String}
_DISPUTE = {"left": pl.Int64, "right": pl.Int64, "why": pl.String}


@dataclass(frozen=True)
class Owned:
    """Outcome of the look at numbers.

    Attributes:
        records: As prepared, with `number`, `slot` only where the record owns it; `birth`, `sex` (firm: the owned number's, else
            what the source says); `shared_number` where it is another's or nobody's.
        disputes: `left`, `right` (rid), `why` (borrowed, contested): one row for each name that lost a number.
    """

    records: pl.DataFrame
    disputes: pl.DataFrame


def settle_ownership(records: pl.DataFrame, book: RuleBook) -> Owned:
    """Decide for every valid number which of its names it belongs to."""
    lost: list[tuple[str, str | None, str]] = []
    disputes: list[tuple[int, int, str]] = []
    # Rows, not a frame a number: a frame costs more than the judgement.
    for number, rows in groupby(_disputed(records, book).iter_rows(named=True), key=itemgetter("number")):
        claims = [Claim(**{name: value for name, value in row.items() if name != "number"}) for row in rows]
        for loser in judge(claims, book):
            lost.append((number, loser.name, loser.why))
            if loser.against is not None and loser.name is not None:
                disputes.append((*sorted((loser.against, loser.rid)), loser.why))  # type: ignore[arg-type]
    settled = _apply(records, pl.DataFrame(lost, schema=_LOST, orient="row"), book)
    return Owned(settled, pl.DataFrame(disputes, schema=_DISPUTE, orient="row").unique().sort("left", "right"))


def _disputed(records: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """One row for each (number, name) of the numbers that need a judgement: several names, or another generation's birth date."""
    says_birth = pl.col("source").is_in(list(book.vetoes.own_birth)) & pl.col("birth_date").is_not_null()
    years = (pl.col("birth_date").dt.year() - pl.col("number_birth").dt.year()).abs()
    agrees = says_birth & (pl.col("birth_date") == pl.col("number_birth"))
    claims = (
        records.filter(pl.col("number").is_not_null())
        .group_by("number", "name_key")
        .agg(
            rid=pl.col("rid").min(),
            records=pl.len(),
            agreeing=agrees.sum(),
            is_far=(says_birth & (years > book.vetoes.generation_years)).any() & ~agrees.any(),
            is_other_sex=(pl.col("source").is_in(list(book.vetoes.own_sex)) & (pl.col("own_sex") != pl.col("number_sex"))).any(),
            formers=pl.col("former_name_key").drop_nulls().unique().sort(),
            phones=pl.col("mobile").drop_nulls().unique().sort(),
            is_grown=pl.col("source").is_in(list(book.vetoes.grown)).all(),
        )
        .with_columns(name=pl.col("name_key"))
    )
    claims = claims.filter((pl.col("name").n_unique().over("number") > 1) | pl.col("is_far").any().over("number"))
    for known in (_known_elsewhere(records, claims), _borne(records, claims, book), _companions(records, claims)):
        claims = claims.join(known, ["number", "name_key"], "left", nulls_equal=True)
    flags = pl.col("is_far", "is_other_sex", "is_elsewhere", "is_borne").fill_null(value=False)
    lists = pl.col("formers", "companions", "phones").fill_null([])
    return claims.select("number", "rid", "name", "records", "agreeing", "is_grown", flags, lists).sort("number", "rid")


def _known_elsewhere(records: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The (number, name) whose name stands under another valid number with the same birth date, or in the same dwelling.

    That is the twin, or the child: another person, and no slip of the pen.
    """
    known = (
        records.filter(pl.col("number").is_not_null()).select("name_key", "number", "number_birth", "dwelling_cluster").unique()
    )
    found = []
    for sign in ("number_birth", "dwelling_cluster"):
        signs = known.select("name_key", "number", sign).drop_nulls().unique()
        asked = claims.select("number", "name_key").join(signs.select("number", sign).unique(), "number")
        others = asked.join(signs.rename({"number": "other"}), ["name_key", sign]).filter(pl.col("number") != pl.col("other"))
        found.append(others.select("number", "name_key"))
    return pl.concat(found).unique().with_columns(is_elsewhere=pl.lit(value=True))


def _borne(records: pl.DataFrame, claims: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """The (number, name) whose name another bears who may have borrowed the number.

    The other is told by another number, or by a birth date without one, and is a generation younger, of an unknown birth date, or
    at the dwelling, on the phone, of the birth date of the number.
    """
    birth = pl.coalesce("number_birth", "own_birth")
    signs = ("dwelling_cluster", "mobile")
    told = records.filter(pl.col("number").is_not_null() | pl.col("own_birth").is_not_null())
    others = told.select("name_key", *signs, other="number", other_birth=birth).unique()
    disputed = records.filter(pl.col("number").is_not_null()).join(claims.select("number").unique(), "number", "semi")
    beside = claims.select("number", "name_key").join(others, "name_key")
    beside = beside.filter(pl.col("other").ne_missing(pl.col("number")))
    beside = beside.join(disputed.group_by("number").agg(birth=pl.col("number_birth").first()), "number", "left")
    years = pl.col("other_birth").dt.year() - pl.col("birth").dt.year()
    near = [beside.join(disputed.select("number", sign).drop_nulls().unique(), ["number", sign], "semi") for sign in signs]
    of_age = beside.filter(
        (years >= book.vetoes.generation_years).fill_null(value=True) | (pl.col("other_birth") == pl.col("birth"))
    )
    borne = pl.concat([of_age, *near]).select("number", "name_key").unique()
    return borne.with_columns(is_borne=pl.lit(value=True))


def _companions(records: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The other names on the lists on which the records of each (number, name) stand."""
    listed = records.select("name_key", "filing").drop_nulls().unique().rename({"name_key": "companion"})
    mine = records.select("number", "name_key", "filing").drop_nulls(["number", "filing"])
    beside = mine.join(claims.select("number").unique(), "number", "semi").join(listed, "filing")
    beside = beside.filter(pl.col("companion").ne_missing(pl.col("name_key")))
    return beside.group_by("number", "name_key").agg(companions=pl.col("companion").unique().sort())


def _apply(records: pl.DataFrame, lost: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Take the number from those who lost it, and with it what was only read from it."""
    joined = records.join(lost, ["number", "name_key"], "left", nulls_equal=True, maintain_order="left")
    owns = pl.col("borrow").is_null()
    says_birth = pl.col("source").is_in(list(book.vetoes.own_birth))
    says_sex = pl.col("source").is_in(list(book.vetoes.own_sex))
    return joined.with_columns(
        shared_number=pl.when(~owns).then(pl.col("number")),
        number=pl.when(owns).then(pl.col("number")),
        slot=pl.when(owns).then(pl.col("slot")),
        birth=pl.coalesce(pl.when(owns).then(pl.col("number_birth")), pl.when(owns | says_birth).then(pl.col("own_birth"))),
        sex=pl.coalesce(pl.when(owns).then(pl.col("number_sex")), pl.when(owns | says_sex).then(pl.col("own_sex"))),
    )
