"""Who may have borrowed a number that several names claim, and which of these disputes hang on a change to somebody else.

A number is judged by its own records, by their lists, and by the bearers of its names under other numbers: those at its dwelling,
on its phone or of its birth date, and the youngest of a name, who may be a generation younger (identity/evidence/ownership.py).
Who is none of these decides nothing, so that a common name does not bring everybody who bears it. Not here: the judgement.
"""

from datetime import date

import polars as pl

from identity.evidence.hashed import DWELLING, PHONE, hashed_key, hashed_name
from identity.evidence.names import claimed_name
from identity.evidence.numbers import embedded_birth
from identity.plan import done
from identity.rules.rule_book import NameBook
from identity.solution.index import Finds, KeyIndex
from identity.solution.keys import BLANK, HELD
from identity.solution.rows import is_among

UNKNOWN_BIRTH = date(9999, 12, 31)  # of a record that tells a number and no birth date: it may be the youngest
HOLDERS: Finds = {HELD: (HELD, BLANK), BLANK: (HELD, BLANK)}  # everybody at a dwelling or a phone
_YOUNGEST = 2  # under different numbers: one may stand under the very number that is asked about
_NAME, _NUMBER, _BORN = "told_name", "number", "born"


def told_name(names: NameBook) -> pl.Expr:
    """`told_name`: a hash of the name of a record as it is written; null where it names nobody."""
    return hashed_name(claimed_name(pl.col("name_key"), names)).alias(_NAME)


def told_number() -> pl.Expr:
    """`number`: a hash of the document number that a record tells, whosever it is."""
    return hashed_key("n", pl.concat_str("id_kind", "id_number", separator="\x1f")).alias(_NUMBER)


def read_birth(born: pl.Expr) -> pl.Expr:
    """`born`: the birth date that a record is read with; UNKNOWN_BIRTH for a number without one, null where neither is told."""
    return pl.coalesce(born, pl.when(pl.col("id_number").is_not_null()).then(pl.lit(UNKNOWN_BIRTH))).alias(_BORN)


def latest_birth() -> pl.Expr:
    """The same of a record that was not read yet: UNKNOWN_BIRTH also where it could be read in two ways."""
    embedded, told = embedded_birth(pl.col("id_number")), pl.col("birth_date")
    is_open = (embedded != told).fill_null(value=False)
    return read_birth(pl.when(is_open).then(pl.lit(UNKNOWN_BIRTH)).otherwise(pl.coalesce(embedded, told)))


def borrowers(claiming: pl.DataFrame, members: pl.DataFrame, index: KeyIndex) -> pl.Series:
    """`no` of the members that bear on whose number it is, beyond those that stand under it or on its lists.

    Args:
        claiming: All records of the numbers that are asked about: `no`, `told_name`, `id_number`.
        members: Everybody: `no`, `told_name`, `number`, `born`.
        index: Their keys.
    """
    names = claiming[_NAME].drop_nulls().unique()
    bearers = members.filter(pl.col(_NAME).is_in(names.implode()))
    holders = index.found_by(index.of(claiming["no"], HELD, BLANK), HOLDERS)
    beside = bearers.filter(pl.Series(is_among(bearers["no"], holders), dtype=pl.Boolean))
    births = claiming.lazy().select(_NAME, born=embedded_birth(pl.col("id_number"))).drop_nulls().unique()
    alike = bearers.lazy().join(births, [_NAME, _BORN], "semi")
    ranked = (
        bearers.lazy().drop_nulls(_BORN).sort(_BORN, descending=True).unique([_NAME, _NUMBER], keep="first", maintain_order=True)
    )
    found = [beside.lazy(), alike, ranked.group_by(_NAME).head(_YOUNGEST)]
    return done(pl.concat([part.select("no") for part in found]).unique())["no"]


def disputed_anew(
    claiming: pl.DataFrame, changed: pl.DataFrame, touched: pl.DataFrame, members: pl.DataFrame, years: int
) -> pl.Series:
    """`no` of the claiming records whose number may be judged otherwise because a namesake changed.

    Args:
        claiming: All records of numbers that several names claim: as above, `number`, `dwelling_cluster`, `mobile`.
        changed: What changed records say, and what they said: `no`, `told_name`, `born`.
        touched: The keys that they tell and told (columns of KEY).
        members: Everybody as they were: `no`, `told_name`, `number`, `born`.
        years: Between two generations.
    """
    namesakes = changed.drop_nulls(_NAME).unique()
    borne = claiming.lazy().filter(pl.col(_NAME).is_in(namesakes[_NAME].unique().implode()))
    claims = done(borne.select("no", _NAME, _NUMBER, birth=embedded_birth(pl.col("id_number"))))
    return pl.concat([_beside(claims, claiming, namesakes, touched), _younger(claims, namesakes, members, years)]).unique()


def _beside(claims: pl.DataFrame, claiming: pl.DataFrame, namesakes: pl.DataFrame, touched: pl.DataFrame) -> pl.Series:
    """Those with whose number a changed namesake has or had a dwelling, a phone or the birth date in common."""
    held = touched.lazy().filter(pl.col("kind").is_in([HELD, BLANK])).select("no", sign="key")
    told = pl.concat([held, namesakes.lazy().select("no", sign=_birth_key(pl.col(_BORN)))])
    told = told.join(namesakes.lazy().select("no", _NAME), "no").select(both=pl.col(_NAME) ^ pl.col("sign"))
    homes, phones = hashed_key(DWELLING, pl.col("dwelling_cluster")), hashed_key(PHONE, pl.col("mobile"))
    births = _birth_key(embedded_birth(pl.col("id_number")))
    mine = claiming.lazy().join(claims.lazy().select(_NUMBER).unique(), _NUMBER, "semi")
    under = pl.concat([mine.select(_NUMBER, sign=sign) for sign in (homes, phones, births)]).drop_nulls().unique()
    asked = claims.lazy().join(under, _NUMBER).select("no", both=pl.col(_NAME) ^ pl.col("sign"))
    return done(asked.join(told, "both", "semi").select("no"))["no"]


def _younger(claims: pl.DataFrame, namesakes: pl.DataFrame, members: pl.DataFrame, years: int) -> pl.Series:
    """Those of whose name a changed bearer is or was a generation younger, and may be or have been among the youngest."""
    latest = namesakes.drop_nulls(_BORN).group_by(_NAME).agg(latest=_year(pl.col(_BORN).max()))
    late = claims.join(latest, _NAME).filter((pl.col("latest") - _year(pl.col("birth")) >= years).fill_null(value=True))
    told = members.select("no", _NAME, _NUMBER, _BORN)
    known = told.filter(pl.col(_NAME).is_in(late[_NAME].unique().implode())).drop_nulls(_BORN)
    unchanged = known.filter(pl.Series(~is_among(known["no"], namesakes["no"]), dtype=pl.Boolean)).lazy()
    by_number = unchanged.group_by(_NAME, _NUMBER).agg(_year(pl.col(_BORN).max()))
    youngest = by_number.group_by(_NAME).agg(second=pl.col(_BORN).top_k(_YOUNGEST).min(), count=pl.len())
    settled = done(
        youngest.filter(pl.col("count") >= _YOUNGEST).join(latest.lazy(), _NAME).filter(pl.col("latest") < pl.col("second"))
    )
    return late.join(settled, _NAME, "anti")["no"]


def _birth_key(birth: pl.Expr) -> pl.Expr:
    return hashed_key("b", birth.cast(pl.String))


def _year(birth: pl.Expr) -> pl.Expr:
    return birth.dt.year()
