"""Keys in order, each with the rows of those who tell it, found by its first bits: sooner than by halving, with millions of keys.

Not here: what the rows hold (identity/solution/index.py), hashes in no order (identity/solution/slots.py).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.ordered import Flags, Rows

Keys = npt.NDArray[np.uint64]
_BITS = 64


@dataclass(frozen=True)
class Spans:
    """Where the rows of each key stand, of rows that are in the order of their keys.

    Attributes:
        keys: Each key once, in order, and behind which row its last one stands (`key`, `end`).
        firsts: `first`: of each beginning that a key may have, the place of the first key that is not before it. A power of
            two, as many as there are keys or half of it: one or two keys share a beginning, since they are hashes.
    """

    keys: pl.DataFrame
    firsts: pl.DataFrame

    def rows_of(self, asked: Keys) -> tuple[Rows, Rows, Flags]:
        """From which row on, and in how many, each key that is told stands; and which of the asked ones these are."""
        place, is_told = self._find(asked)
        end, place = self.keys["end"].to_numpy(), place[is_told]
        first = np.where(place > 0, end[place - 1], 0).astype(np.int64)
        return first, end[place] - first, is_told

    def _find(self, asked: Keys) -> tuple[Rows, Flags]:
        """The place of each key, and whether it is there."""
        known = self.keys["key"].to_numpy()
        if not known.size:
            return np.zeros(asked.size, dtype=np.int64), np.zeros(asked.size, dtype=np.bool_)
        last = known.size - 1
        place = np.minimum(self.firsts["first"].to_numpy()[_beginning(asked, self.firsts.height)], last).astype(np.int64)
        behind = np.flatnonzero(known[place] < asked)
        while behind.size:
            place[behind] += 1
            behind = behind[place[behind] <= last]
            behind = behind[known[place[behind]] < asked[behind]]
        place = np.minimum(place, last)
        return place, known[place] == asked


def spans_of(key: Keys) -> Spans:
    """The spans of rows with these keys, which are in order."""
    is_last = np.ones(key.size, dtype=bool)
    np.not_equal(key[1:], key[:-1], out=is_last[:-1])
    end = np.flatnonzero(is_last).astype(np.uint32)
    end += 1
    once = key[is_last]
    beginnings = 1 << max(once.size.bit_length() - 1, 0)
    counts = np.bincount(_beginning(once, beginnings), minlength=beginnings)
    firsts = np.zeros(beginnings, dtype=np.uint32)
    np.cumsum(counts[:-1], out=firsts[1:])
    return Spans(pl.DataFrame({"key": once, "end": end}), pl.DataFrame({"first": firsts}))


def _beginning(keys: Keys, beginnings: int) -> Rows:
    """The first bits of each key, of which there are so many values."""
    bits = beginnings.bit_length() - 1
    return (keys >> np.uint64(_BITS - bits) if bits else np.zeros_like(keys)).astype(np.int64)
