"""Several steps on frames that are asked for at once: of small frames, each step by itself costs more than what it does.

In memory, where rows keep the order that they have step by step; little is rearranged, since that costs as much as it saves.
Not here: the steps.
"""

import polars as pl

_ARRANGED = pl.QueryOptFlags.none(projection_pushdown=True)


def done(plan: pl.LazyFrame) -> pl.DataFrame:
    """The outcome of these steps."""
    # One plan of several that could be: so its steps are taken in a thread of Polars, where none waits to be handed to another.
    return pl.collect_all([plan], engine="in-memory", optimizations=_ARRANGED)[0]
