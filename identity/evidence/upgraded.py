"""A 15-digit number has no check digit: a slip in it makes another valid number when it is upgraded.

So one that no second record tells is only a trace of a number: it may link, and its place in a veto is a trace's.
"""

import polars as pl


def demote_unconfirmed(records: pl.DataFrame) -> pl.DataFrame:
    """Turn upgraded numbers that only one record tells into `id_evidence`; `token_number` keeps every owned number."""
    is_alone = pl.col("number").is_not_null() & (pl.len().over("number") == 1) & (pl.col("id_status") == "upgraded")
    is_alone = is_alone.fill_null(value=False)
    return records.with_columns(
        token_number=pl.when(pl.col("number").is_not_null()).then(pl.col("id_number")),
        token_slot=pl.col("slot"),
        id_evidence=pl.when(is_alone).then(pl.col("id_number")).otherwise(pl.col("id_evidence")),
        number=pl.when(~is_alone).then(pl.col("number")),
        slot=pl.when(~is_alone).then(pl.col("slot")),
    )
