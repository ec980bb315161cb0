"""Messages that arrived more than once: found by numbers, decided by their own text.

A message is known by its device and its id. Two different messages may share a number, so a number that occurs twice only makes a
candidate. Devices are told apart by number, and that none shares it is checked (count). Not here: what is counted (count).
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

MESSAGE_BITS = np.uint64(32)


def repeated(part: pl.DataFrame) -> pl.Series:
    """Whether another message of the part has the same number, by row.

    The number of the message, some bits of its device's, and its place are sorted as one: neighbours that share all but the place
    are the candidates, and tell their places themselves.
    """
    width = np.uint64(part.height.bit_length())
    number = part["message"].to_numpy().astype(np.uint64) << MESSAGE_BITS | part["device"].to_numpy() & (1 << MESSAGE_BITS) - 1
    keys = number >> width << width | np.arange(part.height, dtype=np.uint64)
    keys.sort()
    bits = keys >> width
    is_same = np.flatnonzero(bits[1:] == bits[:-1])
    places = keys[np.concatenate([is_same, is_same + 1])] & (np.uint64(1) << width) - np.uint64(1)
    found = np.zeros(part.height, dtype=bool)
    found[places] = True
    return pl.Series("is_repeated", found)


def merged(copies: pl.DataFrame, known_by: Sequence[str], *more: pl.Expr) -> pl.DataFrame:
    """One row a message, from all its copies: the least of every value, and in `repeats` how many copies came after the first.

    `known_by`: the columns that tell a message. `more`: what else is wanted of the copies.
    """
    values = pl.exclude(known_by).min()
    once = copies.lazy().group_by(known_by).agg(values, *more, repeats=pl.len().cast(pl.UInt32) - 1)
    return once.collect(engine="streaming")
