"""Names of the places a person may see. Not here: figures about them."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader


def read_streets(reader: Reader, purpose: str) -> pl.DataFrame:
    """One row a street: `area_code`, `area_name`."""
    streets = reader.read(Query("area.street", purpose, "select * from street"))
    return streets.select(
        pl.col("street_code").alias("area_code"), _name(streets, ("street", "street_code"), pl.format("街道 {}", "street_code"))
    )


def read_committees(reader: Reader, purpose: str) -> pl.DataFrame:
    """One row a committee by code: `area_code`, `area_name`."""
    committees = reader.read(Query("area.committee", purpose, "select * from committee")).sort("committee_code")
    within = pl.col("committee_code").str.strip_prefix(pl.col("street_code").fill_null(""))
    return committees.select(
        pl.col("committee_code").alias("area_code"),
        _name(committees, ("committee", "committee_code"), pl.format("居委 {}", within)),
    )


def read_estates(reader: Reader, purpose: str) -> pl.DataFrame:
    """One row an estate by name: `area_code`, `area_name`, `committee_code`."""
    estates = reader.read(Query("area.estate", purpose, "select * from estate"))
    name = _name(estates, ("estate", "estate_id"), pl.format("小区 {}", "estate_id"))
    return estates.select(pl.col("estate_id").alias("area_code"), name, "committee_code").sort("area_name", "area_code")


def _name(frame: pl.DataFrame, place: tuple[str, str], otherwise: pl.Expr) -> pl.Expr:
    """The place's name; what it is called by its code where no source tells a name, or tells only the code again."""
    table, code = place
    told = [
        pl.when(pl.col(column) != pl.col(code)).then(pl.col(column))
        for column in (f"{table}_name", "name_zh", "name")
        if column in frame.columns
    ]
    return pl.coalesce(*told, otherwise).alias("area_name")
