"""The canonical form of an estate's name. Not here: estates inside an address (anchor)."""

import polars as pl

from ingestion.cleaning.address.area import without_area
from ingestion.cleaning.address.numerals import with_plain_numerals
from ingestion.cleaning.address.signs import restore
from ingestion.cleaning.address.tidy import body, tidy
from ingestion.cleaning.text.tidy import compact, is_nothing, normal


def read_estate_names(text: pl.Series) -> pl.DataFrame:
    """Reads estate names.

    Returns:
        `name` (NFKC, single spaces) and `key`: without spaces, brackets and area names, numerals before 村, 期, 区, 弄 in
        Arabic digits, the ending (小区, 花园) kept; both null where nothing is said.
    """
    rows = pl.DataFrame({"raw": text})
    distinct = rows.unique().with_columns(
        name=pl.when(~is_nothing(compact(pl.col("raw")))).then(normal(pl.col("raw"))),
    )
    bodies = distinct.with_columns(body=body(tidy(pl.col("name"))))
    plain = bodies.with_columns(with_plain_numerals(bodies["body"])).with_columns(body=without_area(pl.col("body")))
    keyed = plain.with_columns(key=pl.when(pl.col("body").str.len_chars() > 0).then(restore(pl.col("body"))))
    return rows.join(keyed.select("raw", "name", "key"), on="raw", how="left", nulls_equal=True, maintain_order="left").drop(
        "raw"
    )
