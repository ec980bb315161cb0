"""The keys of all records, so that who shares one is found by a search: its time follows what is asked, not how many there are.

Those of the last whole solving lie as they were written, sorted by key; what changed since lies beside them.
Not here: what a key is (identity/solution/keys.py), which are asked for (identity/solution/reach.py).
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Finds = Mapping[int, tuple[int, ...]]  # records that tell a key of one kind find those that tell it as another
Flags = npt.NDArray[np.bool_]
_KINDS = 16


@dataclass(frozen=True)
class KeyIndex:
    """Every key of every record.

    Attributes:
        base: Keys as they were when everybody was solved (columns of KEY), by `key`.
        since: Keys of the records that have changed since, by `key`.
        renewed: `no` of the records whose keys in `base` hold no more.
    """

    base: pl.DataFrame
    since: pl.DataFrame
    renewed: pl.Series

    def found_by(self, wanted: pl.DataFrame, finds: Finds) -> pl.Series:
        """`no` of every record that tells one of the `wanted` keys as one of the kinds that it finds."""
        is_found = np.zeros((_KINDS, _KINDS), dtype=bool)
        for asking, kinds in finds.items():
            is_found[asking, list(kinds)] = True
        asked = wanted.select("kind", "key").filter(pl.col("kind").is_in(list(finds))).unique().sort("key")
        return pl.concat([self._valid(_holders(self.base, asked, is_found)), _holders(self.since, asked, is_found)]).unique()

    def of(self, numbers: pl.Series) -> pl.DataFrame:
        """All keys of some records."""
        valid = numbers.filter(~numbers.is_in(self.renewed.implode()))
        return pl.concat([_of(self.base, valid), _of(self.since, numbers)])

    def renew(self, outdated: pl.Series, keys: pl.DataFrame) -> "KeyIndex":
        """The index when these records tell other keys, or are gone."""
        since = self.since.filter(~pl.col("no").is_in(outdated.implode()))
        renewed = pl.concat([self.renewed, outdated]).unique().sort()
        return dataclasses.replace(self, since=pl.concat([since, keys]).sort("key"), renewed=renewed)

    def _valid(self, numbers: pl.Series) -> pl.Series:
        return numbers.filter(~numbers.is_in(self.renewed.implode()))


def key_index(keys: pl.DataFrame) -> KeyIndex:
    """The index of a population."""
    return KeyIndex(keys.sort("key"), keys.clear(), pl.Series("no", [], dtype=pl.UInt32))


def _holders(keys: pl.DataFrame, asked: pl.DataFrame, is_found: Flags) -> pl.Series:
    """`no` of those who tell an asked key in a kind that finds it."""
    known, sought = keys["key"].to_numpy(), asked["key"].to_numpy()
    first = np.searchsorted(known, sought, "left")
    count = np.searchsorted(known, sought, "right") - first
    rows = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
    fits = is_found[np.repeat(asked["kind"].to_numpy(), count), keys["kind"].to_numpy()[rows]]
    return pl.Series("no", np.unique(keys["no"].to_numpy()[rows[fits]]), dtype=pl.UInt32)


def _of(keys: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    """The rows of these records."""
    told = keys["no"].to_numpy()
    if not told.size or not numbers.len():
        return keys.clear()
    is_asked = np.zeros(int(max(told.max(), numbers.max())) + 1, dtype=bool)
    is_asked[numbers.to_numpy()] = True
    return keys[np.flatnonzero(is_asked[told])]
