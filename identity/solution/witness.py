"""Who must be asked about a number that several names claim: namesakes, who may be the ones that borrowed it.

Of those who only have to be young enough the youngest will do, so that a common name does not bring everybody who bears it.
Not here: whose number it is (identity/evidence/ownership.py).
"""

import polars as pl

from identity.evidence.numbers import LENGTH, embedded_birth
from identity.plan import done

_ALIKE = (
    "name_key",
    "source_system",
    "source_entity",
    "id_kind",
    "id_status",
    "is_long",
)  # of these, a birth date is read in one way
_YOUNGEST = 2  # one may stand under the very number that is asked about


def witnesses(claiming: pl.DataFrame, records: pl.DataFrame) -> pl.Series:
    """`no` of the records that bear on whose number it is.

    Args:
        claiming: All records of the numbers that are asked about, in the columns of RECORD.
        records: Everybody, in the columns of RECORD, and `no`.
    """
    names = claiming["name_key"].drop_nulls().unique()
    namesakes = records.lazy().filter(pl.col("name_key").is_in(names.implode()))
    namesakes = namesakes.select("no", *_ALIKE[:-1], "id_number", "birth_date", "dwelling_cluster", "mobile")
    known = done(namesakes.with_columns(is_long=pl.col("id_number").str.len_chars() == LENGTH))
    born = pl.when("is_long").then(embedded_birth(pl.col("id_number")))
    alike = known.select(_ALIKE).hash_rows().alias("alike")
    told = done(known.lazy().with_columns(alike, number=pl.col("id_number").hash(), born=born)).lazy()
    births = claiming.lazy().with_columns(born=embedded_birth(pl.col("id_number")))
    asked = {sign: _asked(births, sign) for sign in ("dwelling_cluster", "mobile", "born")}
    near = [told.join(values, ["name_key", sign], "semi") for sign, values in asked.items()]
    near.append(told.join(asked["born"], left_on=["name_key", "birth_date"], right_on=["name_key", "born"], how="semi"))
    found = [frame.select("no") for frame in (*near, _youngest(told, "born"), _youngest(told, "birth_date"))]
    return done(pl.concat(found).unique().sort("no"))["no"]


def _asked(claiming: pl.LazyFrame, sign: str) -> pl.LazyFrame:
    """Each name under a number with each value that any record of the number tells."""
    claims = claiming.select("id_kind", "id_number", "name_key").unique()
    values = claiming.select("id_kind", "id_number", sign).drop_nulls().unique()
    return claims.join(values, ["id_kind", "id_number"]).select("name_key", sign)


def _youngest(told: pl.LazyFrame, by: str) -> pl.LazyFrame:
    """The youngest of each name and way of telling a birth date, under different numbers; an unknown birth date may be any."""
    ranked = told.select("no", by, "alike", "number").sort(by, "no", descending=[True, False], nulls_last=False)
    return ranked.unique(["alike", "number"], keep="first", maintain_order=True).group_by("alike").head(_YOUNGEST)
