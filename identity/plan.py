"""Steps on frames of which each by itself costs more than it does: several asked for at once, hundreds in a thread of Polars.

In memory, where rows keep the order that they have step by step; little is rearranged, since that costs as much as it saves.
Not here: the steps.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

import polars as pl

Outcome = TypeVar("Outcome")
_ARRANGED = pl.QueryOptFlags.none(projection_pushdown=True)


def done(plan: pl.LazyFrame) -> pl.DataFrame:
    """The outcome of these steps."""
    # One plan of several that could be: so its steps are taken in a thread of Polars, where none waits to be handed to another.
    return pl.collect_all([plan], engine="in-memory", optimizations=_ARRANGED)[0]


def in_polars(work: Callable[[], Outcome]) -> Outcome:
    """What this work returns or raises, done in a thread of Polars: no step is handed over, and wakes the others, each time.

    Only where nothing else is at work here: another thread of Python may hold the interpreter while it waits for a thread of
    Polars, which would wait for the interpreter. Then, and where Polars has one thread, the work is done as it is. It must start
    no thread that asks Polars for something. Ctrl-C is heard at its next step.
    """
    if threading.active_count() > 1 or pl.thread_pool_size() == 1:
        return work()
    outcome: list[Outcome] = []
    errors: list[BaseException] = []

    def told(nothing: pl.DataFrame) -> pl.DataFrame:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001 - raised below: Polars would make another of it
            errors.append(error)
        return nothing

    nothing = pl.LazyFrame({"nothing": [0]})
    done(nothing.map_batches(told, schema={"nothing": pl.Int64}))
    if errors:
        raise errors[0]
    return outcome[0]
