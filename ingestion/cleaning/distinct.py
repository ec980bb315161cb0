"""Cleaning each different text once. Not here: any rule."""

from collections.abc import Callable

import polars as pl


def by_distinct(text: pl.Series, clean: Callable[[pl.LazyFrame], pl.LazyFrame]) -> pl.DataFrame:
    """Runs `clean` on the different values only, in parallel morsels, and gives every row its result.

    Args:
        text: Values with repeats; whole numbers, too, are shown to `clean` as text.
        clean: From a lazy frame with the column ``text`` to one with that column and the results, row by row.

    Returns:
        The result columns without ``text``, as long as `text` and in its order.
    """
    rows = pl.DataFrame({"text": text})
    distinct = rows.unique("text", maintain_order=False)
    cleaned = clean(distinct.lazy().cast(pl.String)).collect(engine="streaming")
    if distinct.height == 1:
        return pl.DataFrame([column.new_from_index(0, text.len()) for column in cleaned.drop("text")])
    known = cleaned.cast({"text": text.dtype})
    return rows.join(known, on="text", how="left", nulls_equal=True, maintain_order="left").drop("text")
