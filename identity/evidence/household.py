"""The dwelling of a record that tells none, as the others of its household tell it.

Not here: what such a dwelling is worth (identity/rules), the household's number itself (ingestion).
"""

import polars as pl


def with_household_dwelling(records: pl.DataFrame) -> pl.DataFrame:
    """Add `household_dwelling`: null where the record tells its own dwelling, or its household (coded) tells none or several."""
    asked = records.filter(pl.col("dwelling_cluster").is_null()).select(pl.col("household").drop_nulls().unique())
    told = records.select("household", household_dwelling="dwelling_cluster").drop_nulls().join(asked, "household", "semi")
    one = told.unique().filter(pl.len().over("household") == 1)
    joined = records.join(one, "household", "left", maintain_order="left")
    return joined.with_columns(household_dwelling=pl.when(pl.col("dwelling_cluster").is_null()).then("household_dwelling"))
