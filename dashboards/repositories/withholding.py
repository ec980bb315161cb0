"""Small counts that a role must not see. Not here: which role (policy.yaml), and how a withheld cell looks (services/text.py)."""

import polars as pl


def withhold(frame: pl.DataFrame, counts: tuple[str, ...], below: int) -> pl.DataFrame:
    """Null every count from 1 to `below` - 1, and where only one cell of a column falls, its smallest neighbour with it.

    The neighbour goes so that the column's total does not give the one cell away. `below` 0 withholds nothing.
    Adds `is_withheld`: at least one count of the row is gone.
    """
    frame = frame.with_columns(pl.lit(value=False).alias("is_withheld"))
    for name in counts if below else ():
        small = pl.col(name).is_between(1, below - 1)
        fallen = frame.select(small.sum()).item() or 0
        if fallen == 1:
            smallest = frame.filter(pl.col(name) >= below).get_column(name).min()
            small = small | (pl.col(name) == smallest) if smallest is not None else small
        frame = frame.with_columns(
            pl.when(small).then(None).otherwise(pl.col(name)).alias(name),
            (pl.col("is_withheld") | small.fill_null(value=False)).alias("is_withheld"),
        )
    return frame
