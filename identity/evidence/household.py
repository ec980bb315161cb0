"""The dwelling of a record that tells none, as the others of its household tell it.

Not here: what such a dwelling is worth (identity/rules), the household's number itself (ingestion).
"""

import polars as pl


def with_household_dwelling(records: pl.DataFrame) -> pl.DataFrame:
    """Add `household_dwelling`: null where the record tells its own dwelling, or its household tells none or several."""
    told = records.drop_nulls(["household_no", "dwelling_cluster"]).group_by("source", "household_no")
    one = told.agg(homes=pl.col("dwelling_cluster").n_unique(), household_dwelling=pl.col("dwelling_cluster").min())
    one = one.filter(pl.col("homes") == 1).drop("homes")
    joined = records.join(one, ["source", "household_no"], "left", maintain_order="left")
    return joined.with_columns(household_dwelling=pl.when(pl.col("dwelling_cluster").is_null()).then("household_dwelling"))
