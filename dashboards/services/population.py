"""Ages and sexes in the shape of a pyramid and its table. Not here: counting (repositories/population.py)."""

import polars as pl

from dashboards.repositories.population import read_age_sex
from dashboards.repositories.reader import Reader
from dashboards.services.language import say
from dashboards.services.memo import remembered
from dashboards.services.place import Place
from dashboards.services.text import count

SCOPES = {"living": "实有人口", "registered": "户籍人口"}
_SEX = {"1": "男", "2": "女"}
_OLDEST = 90
_BAND = 5


def load_pyramid(reader: Reader, place: Place, scope: str, year: int) -> pl.DataFrame:
    """One row an age band × sex: `age_from`, `age_band`, `sex`, `person_count` (null: withheld)."""
    return remembered(reader, ("pyramid", place, scope, year), lambda: _pyramid(reader, place, scope, year))


def _pyramid(reader: Reader, place: Place, scope: str, year: int) -> pl.DataFrame:
    counted = read_age_sex(reader, place.filters, scope, year).filter(
        pl.col("age_from") >= 0, pl.col("sex_code").is_in(list(_SEX))
    )
    bands = pl.DataFrame({"age_from": range(0, _OLDEST + 1, _BAND)}, schema={"age_from": pl.Int32})
    sexes = pl.DataFrame({"sex_code": list(_SEX)})
    whole = bands.join(sexes, how="cross").join(counted.cast({"age_from": pl.Int32}), on=["age_from", "sex_code"], how="left")
    is_empty = pl.col("is_withheld").is_null()
    return whole.select(
        "age_from",
        pl.when(pl.col("age_from") == _OLDEST)
        .then(pl.lit(say("90岁及以上")))
        .otherwise(pl.format(say("{}–{}岁"), pl.col("age_from"), pl.col("age_from") + _BAND - 1))
        .alias("age_band"),
        pl.col("sex_code").replace_strict(_SEX).alias("sex"),
        pl.when(is_empty).then(0).otherwise(pl.col("person_count")).alias("person_count"),
        pl.col("is_withheld").fill_null(value=False),
    ).sort("age_from", "sex", descending=[True, False])


def load_unknown(reader: Reader, place: Place, scope: str, year: int) -> tuple[int, bool]:
    """People whose birth year or sex nobody knows, who are not in the pyramid; and whether a part of them is withheld."""
    counted = read_age_sex(reader, place.filters, scope, year)
    is_known = pl.col("age_from").is_not_null() & (pl.col("age_from") >= 0) & pl.col("sex_code").is_in(list(_SEX))
    unknown = counted.filter(~is_known.fill_null(value=False))
    return int(unknown["person_count"].sum() or 0), bool(unknown["is_withheld"].any())


def by_band(pyramid: pl.DataFrame) -> pl.DataFrame:
    """The pyramid as a table, oldest first: `age_band`, `men`, `women` as texts."""
    text = [count(value, is_withheld=hidden) for value, hidden in pyramid.select("person_count", "is_withheld").iter_rows()]
    cells = pyramid.with_columns(pl.Series("text", text, dtype=pl.String))
    sides = [pl.col("text").filter(pl.col("sex") == sex).first().alias(name) for sex, name in (("男", "men"), ("女", "women"))]
    return cells.group_by("age_band", maintain_order=True).agg(*sides)
