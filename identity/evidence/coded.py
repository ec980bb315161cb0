"""Text that is only compared: each value is kept once, and a number stands for it wherever records tell it.

Polars calls such a column categorical. The numbers are those of one run: what leaves the run is text again. Sorted, such a column
goes by its text. Not here: which columns are coded (identity/evidence/records.py, identity/link/nodes.py).
"""

from functools import cache

import numpy as np
import polars as pl

CODED = pl.Categorical
RID = pl.UInt32  # the number of a record, and of the node it stands for
SPAN = 2**32  # a code has 32 bits
NOTHING = pl.DataFrame(schema={"node": RID, "value": CODED})


def coded(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every text coded."""
    return frame.with_columns(pl.col(pl.String).cast(CODED))


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every coded column as text again."""
    return frame.with_columns(pl.col(CODED).cast(pl.String))


@cache
def as_text(column: str) -> pl.Expr:
    """A coded column as text."""
    return pl.col(column).cast(pl.String)


@cache
def together(first: str, second: str) -> pl.Expr:
    """Two columns of codes, dates or record numbers as one number, equal only where both are; it is sorted and joined sooner."""
    high, low = (pl.col(column).to_physical().cast(pl.Int64) for column in (first, second))
    return high * SPAN + low


def told_once(statements: pl.DataFrame) -> pl.DataFrame:
    """`node`, `value` (coded), each pair once and none null, by node.

    Everything told of nodes is kept in this order, since two frames in one order are joined soonest.
    """
    both = np.sort(statements.select(both=together("node", "value").drop_nulls())["both"].to_numpy())
    if not both.size:
        return NOTHING
    is_other = np.ones(both.size, dtype=np.bool_)
    np.not_equal(both[1:], both[:-1], out=is_other[1:])
    once = both[is_other]
    node, code = (once // SPAN).astype(np.uint32), (once % SPAN).astype(np.uint32)
    told = pl.DataFrame({"node": node, "value": code})
    return told.with_columns(pl.col("node").set_sorted(), pl.col("value").cat.to(CODED))


def by_node(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame, which is in the order of its nodes, marked as such."""
    return frame.with_columns(pl.col("node").set_sorted())


def coded_dates(statements: pl.DataFrame) -> pl.DataFrame:
    """The frame with the dates in `value` coded as text (2001-02-03); each date is written once."""
    dates = statements.select(pl.col("value").drop_nulls().unique())
    dates = dates.with_columns(written=pl.col("value").cast(pl.String).cast(CODED))
    return statements.join(dates, "value", "left", maintain_order="left").select(pl.exclude("value", "written"), value="written")
