"""Messages that arrived more than once: found by numbers, decided by their own text.

A message is known by its device and its id. Two different messages may share a number, so a number that occurs twice only makes a
candidate. Not here: what is counted (count).
"""

import numpy as np
import numpy.typing as npt
import polars as pl

KEY_SEED, DEVICE_SEED = 20261120, 20261121  # any numbers will do: they name nothing outside of one count

# The same for the copies of one message, and almost never for anything else.
MESSAGE_NUMBER = pl.col("source_key").hash(seed=KEY_SEED) ^ pl.col("device_id").hash(seed=DEVICE_SEED)


def repeated_numbers(numbers: list[pl.Series]) -> pl.Series:
    """The numbers (UInt64) that occur more than once, each once; sorts a copy, which needs no table of all of them."""
    joined: npt.NDArray[np.uint64] = np.concatenate([part.to_numpy() for part in numbers] or [np.zeros(0, np.uint64)])
    joined.sort()
    return pl.Series("number", np.unique(joined[1:][joined[1:] == joined[:-1]]), dtype=pl.UInt64)


def merged(copies: pl.DataFrame, *more: pl.Expr) -> pl.DataFrame:
    """One row a message, from all its copies: the least of every value, and in `repeats` how many copies came after the first.

    `more`: what else is wanted of the copies.
    """
    values = pl.exclude("device_id", "source_key").min()
    return copies.group_by("device_id", "source_key").agg(values, *more, repeats=pl.len().cast(pl.UInt32) - 1)
