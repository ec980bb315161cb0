"""Whose number it is: one valid number typed for several names belongs to one of them at most.

A child is filed under a parent's number, a twin under the other's, a clerk's placeholder under everybody. The name whose own
birth date agrees keeps the number; the others' records lose it as a key (it stays a weak trace: `shared_number`).
Not here: the judgement on one number (identity/evidence/claim.py), linking (identity/link).
"""

from dataclasses import dataclass, fields
from itertools import groupby
from operator import itemgetter

import polars as pl

from identity.evidence.claim import Claim, judge
from identity.evidence.coded import RID, as_text, plain, together
from identity.evidence.numbers import is_nearly
from identity.plan import done
from identity.rules.rule_book import RuleBook

_LOST = {"number": pl.String, "name_key": pl.String}
_DISPUTE = {"left": RID, "right": RID, "why": pl.String}


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


@dataclass(frozen=True)
class Settled:
    """What is known already of whose number it is, as `rid`.

    Attributes:
        asked: The records of the numbers that are to be judged.
        lost: Those of other numbers that tell another's.
    """

    asked: pl.Series
    lost: pl.Series


def settle_ownership(records: pl.DataFrame, book: RuleBook, known: Settled | None = None) -> Owned:
    """Decide for every valid number which of its names it belongs to.

    Args:
        records: As prepared (identity/evidence/records.py).
        book: The rule book.
        known: What need not be decided again; null: nothing.
    """
    asked = records.filter(pl.col("rid").is_in(known.asked.implode())) if known else records
    disputed = _disputed(asked, book)
    lost_before = known.lost if known else records["rid"].clear()
    if disputed.is_empty():
        return Owned(_apply(records, lost_before, book), pl.DataFrame(schema=_DISPUTE))
    lost: list[tuple[str, str | None]] = []
    disputes: list[tuple[int, int, str]] = []
    # Rows, not a frame a number: a frame costs more than the judgement.
    for number, rows in groupby(_claims(records, disputed, book).iter_rows(), key=itemgetter(0)):
        claims = [Claim(*row[1:]) for row in rows]
        for loser in judge(claims, book):
            lost.append((number, loser.name))
            if loser.against is not None and loser.name is not None:
                disputes.append((*sorted((loser.against, loser.rid)), loser.why))  # type: ignore[arg-type]
    names = plain(disputed.select("rid", "number", "name_key"))
    losing = names.join(pl.DataFrame(lost, schema=_LOST, orient="row"), ["number", "name_key"], "semi", nulls_equal=True)
    settled = _apply(records, pl.concat([losing["rid"], lost_before]), book)
    return Owned(settled, pl.DataFrame(disputes, schema=_DISPUTE, orient="row").unique().sort("left", "right"))


def _says_birth(book: RuleBook) -> pl.Expr:
    return pl.col("source").is_in(list(book.vetoes.own_birth)) & pl.col("birth_date").is_not_null()


def _is_far(book: RuleBook) -> pl.Expr:
    """Whether the record's own birth date is another generation's."""
    years = (pl.col("birth_date").dt.year() - pl.col("number_birth").dt.year()).abs()
    return _says_birth(book) & (years > book.vetoes.generation_years)


def _disputed(records: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """The records of numbers that may need a judgement: several names, or another generation's birth date."""
    name = pl.col("name").to_physical()
    several = (name.min() != name.max()) | (name.null_count().is_between(1, pl.len() - 1))
    told = records.lazy().select("number", name="name_key", is_far=_is_far(book)).drop_nulls("number")
    wanted = told.group_by("number").agg(is_disputed=several | pl.col("is_far").any()).filter("is_disputed")
    return done(records.lazy().join(wanted, "number", "semi"))


def _claims(records: pl.DataFrame, disputed: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """One row for each (number, name) of the numbers that need a judgement: the number, then what Claim tells; in plain text."""
    agrees = _says_birth(book) & (pl.col("birth_date") == pl.col("number_birth"))
    claims = disputed.group_by("number", "name_key").agg(
        rid=pl.col("rid").min(),
        records=pl.len(),
        agreeing=agrees.sum(),
        is_far=_is_far(book).any() & ~agrees.any(),
        is_other_sex=(pl.col("source").is_in(list(book.vetoes.own_sex)) & (pl.col("own_sex") != pl.col("number_sex"))).any(),
        formers=as_text("former_name_key").drop_nulls().unique().sort(),
        phones=as_text("mobile").drop_nulls().unique().sort(),
        homes=as_text("dwelling_cluster").drop_nulls(),
        titles=pl.col("dwelling_cluster").filter(pl.col("source").is_in(list(book.vetoes.titles))).cast(pl.String).drop_nulls(),
        is_grown=pl.col("source").is_in(list(book.vetoes.grown)).all(),
    )
    claims = claims.filter((pl.len().over("number") > 1) | pl.col("is_far").any().over("number"))
    for known in (
        _known_elsewhere(records, disputed, claims),
        _borne(records, disputed, claims, book),
        _companions(records, disputed),
        _shadowed(records, disputed),
    ):
        claims = claims.join(known, ["number", "name_key"], "left", nulls_equal=True)
    flags = pl.col("is_far", "is_other_sex", "is_elsewhere", "is_borne", "is_beside", "is_shadowed").fill_null(value=False)
    lists = pl.col("formers", "companions", "phones", "homes", "titles").fill_null([])
    told = plain(claims.with_columns(flags, lists, name="name_key"))
    return told.select("number", *(field.name for field in fields(Claim))).sort("number", "rid")


def _beside(others: pl.DataFrame, disputed: pl.DataFrame, claims: pl.DataFrame, sign: str) -> pl.DataFrame:
    """The (number, name) of which the name stands under another number (or none), with a sign that the number has too.

    Args:
        others: `name_key`, `other` (number), and the sign.
        disputed: Records under the numbers.
        claims: The (number, name) that are asked about.
        sign: A birth date, a dwelling, a phone.
    """
    signs = disputed.lazy().select("number", sign).unique()
    asked = claims.lazy().select("number", "name_key").join(signs, "number")
    asked = asked.select("number", "name_key", both=together("name_key", sign)).drop_nulls()
    found = others.lazy().select("other", both=together("name_key", sign)).drop_nulls("both").join(asked, "both")
    return done(found.filter(pl.col("other").ne_missing(pl.col("number"))).select("number", "name_key"))


def _known_elsewhere(records: pl.DataFrame, disputed: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The (number, name) whose name stands under another valid number with the same birth date, or in the same dwelling.

    That is the twin, or the child: another person, and no slip of the pen.
    """
    signs = ("number_birth", "dwelling_cluster")
    others = records.select("name_key", *signs, other="number").drop_nulls("other").join(claims, "name_key", "semi")
    found = [_beside(others, disputed, claims, sign) for sign in signs]
    return pl.concat(found).unique().with_columns(is_elsewhere=pl.lit(value=True))


def _borne(records: pl.DataFrame, disputed: pl.DataFrame, claims: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """The (number, name) whose name another bears who may have borrowed the number.

    The other is told by another number, or by a birth date without one, and is a generation younger, of an unknown birth date, or
    at the dwelling, on the phone, of the birth date of the number.
    """
    told = records.filter(pl.col("number").is_not_null() | pl.col("own_birth").is_not_null()).join(claims, "name_key", "semi")
    birth = pl.coalesce("number_birth", "own_birth")
    others = told.select("name_key", "dwelling_cluster", "mobile", other="number", number_birth=birth)
    near = [_beside(others, disputed, claims, sign) for sign in ("dwelling_cluster", "mobile", "number_birth")]
    # Of all who bear a name the two youngest say whether another is younger: one of them may stand under the number itself.
    year = pl.col("number_birth").dt.year()
    youngest = others.group_by("name_key", "other").agg(year=pl.when(year.null_count() == 0).then(year.max()))
    youngest = youngest.sort("year", descending=True, nulls_last=False).group_by("name_key").head(2)
    births = disputed.group_by("number").agg(birth=pl.col("number_birth").first())
    beside = claims.select("number", "name_key").join(youngest, "name_key").join(births, "number")
    is_younger = (pl.col("year") - pl.col("birth").dt.year() >= book.vetoes.generation_years).fill_null(value=True)
    younger = beside.filter(is_younger & pl.col("other").ne_missing(pl.col("number"))).select("number", "name_key")
    found = [part.with_columns(is_beside=pl.lit(part is not younger)) for part in (*near, younger)]
    return pl.concat(found).group_by("number", "name_key").agg(pl.col("is_beside").any(), is_borne=pl.lit(value=True))


def _companions(records: pl.DataFrame, disputed: pl.DataFrame) -> pl.DataFrame:
    """The other names on the lists on which the records of each (number, name) stand."""
    mine = disputed.select("number", "name_key", "filing").drop_nulls("filing")
    listed = records.select("filing", companion="name_key").drop_nulls().join(mine, "filing", "semi")
    beside = mine.join(listed, "filing").filter(pl.col("companion").ne_missing(pl.col("name_key")))
    return beside.group_by("number", "name_key").agg(companions=as_text("companion").unique().sort())


def _shadowed(records: pl.DataFrame, disputed: pl.DataFrame) -> pl.DataFrame:
    """The (number, name) beside which another name of the same list tells what is left of the same number: that one's it is."""
    mine = disputed.select("number", "name_key", "filing", whole="id_number").drop_nulls()
    damaged = records.select("filing", other="name_key", left=pl.coalesce("id_evidence", "id_visible")).drop_nulls()
    beside = mine.join(damaged, "filing").filter(pl.col("other") != pl.col("name_key"))
    nearly = [is_nearly(left, whole) for left, whole in plain(beside.select("left", "whole")).iter_rows()]
    found = beside.filter(pl.Series(nearly, dtype=pl.Boolean))
    return found.select("number", "name_key", is_shadowed=pl.lit(value=True)).unique()


def _apply(records: pl.DataFrame, losing: pl.Series, book: RuleBook) -> pl.DataFrame:
    """Take the number from the records that lost it, and with it what was only read from it."""
    owns = ~pl.col("rid").is_in(losing.implode())
    says_birth = pl.col("source").is_in(list(book.vetoes.own_birth))
    says_sex = pl.col("source").is_in(list(book.vetoes.own_sex))
    return records.with_columns(
        shared_number=pl.when(~owns).then(pl.col("number")),
        number=pl.when(owns).then(pl.col("number")),
        slot=pl.when(owns).then(pl.col("slot")),
        birth=pl.coalesce(pl.when(owns).then(pl.col("number_birth")), pl.when(owns | says_birth).then(pl.col("own_birth"))),
        sex=pl.coalesce(pl.when(owns).then(pl.col("number_sex")), pl.when(owns | says_sex).then(pl.col("own_sex"))),
    )
