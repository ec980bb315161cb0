"""Who must be asked about a number that several names claim: namesakes, who may be the ones that borrowed it.

Of those who only have to be young enough the youngest will do, so that a common name does not bring everybody who bears it.
Not here: whose number it is (identity/evidence/ownership.py).
"""

import polars as pl

from identity.evidence.numbers import LENGTH, embedded_birth

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
    told = records.select("no", *_ALIKE[:-1], "id_number", "birth_date", "dwelling_cluster", "mobile")
    told = told.filter(pl.col("name_key").is_in(names.implode()))
    told = told.with_columns(is_long=pl.col("id_number").str.len_chars() == LENGTH)
    told = told.with_columns(
        told.select(_ALIKE).hash_rows().alias("alike"),
        number=pl.col("id_number").hash(),
        born=pl.when("is_long").then(embedded_birth(pl.col("id_number"))),
    )
    claims = claiming.select("id_kind", "id_number", "name_key").unique()
    births = claiming.with_columns(born=embedded_birth(pl.col("id_number")))
    near = [
        told.join(_asked(claims, births if sign == "born" else claiming, sign), ["name_key", sign], "semi")
        for sign in ("dwelling_cluster", "mobile", "born")
    ]
    near.append(
        told.join(_asked(claims, births, "born"), left_on=["name_key", "birth_date"], right_on=["name_key", "born"], how="semi")
    )
    found = [frame["no"] for frame in (*near, _youngest(told, "born"), _youngest(told, "birth_date"))]
    return pl.concat(found).unique().sort()


def _asked(claims: pl.DataFrame, claiming: pl.DataFrame, sign: str) -> pl.DataFrame:
    """Each name under a number with each value that any record of the number tells."""
    values = claiming.select("id_kind", "id_number", sign).drop_nulls().unique()
    return claims.join(values, ["id_kind", "id_number"]).select("name_key", sign).unique()


def _youngest(told: pl.DataFrame, by: str) -> pl.DataFrame:
    """The youngest of each name and way of telling a birth date, under different numbers; an unknown birth date may be any."""
    ranked = told.select("no", by, "alike", "number").sort(by, "no", descending=[True, False], nulls_last=False)
    return ranked.unique(["alike", "number"], keep="first", maintain_order=True).group_by("alike").head(_YOUNGEST)
