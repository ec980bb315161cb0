"""The keys of all records, so that who shares one is found by a search: its time follows what is asked, not how many there are.

Those of the last whole solving lie as they were written, once by key and once by record; what changed since lies beside them.
Not here: what a key is (identity/solution/keys.py), which are asked for (identity/solution/reach.py).
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.ordered import Flags, runs
from identity.solution.keys import KEY
from identity.solution.rows import is_among
from identity.solution.spans import Keys, Spans, spans_of

Finds = Mapping[int, tuple[int, ...]]  # records that tell a key of one kind find those that tell it as another
Numbers = npt.NDArray[np.uint32]
Kinds = npt.NDArray[np.uint8]
_KINDS = 16


@dataclass(frozen=True)
class KeyIndex:
    """Every key of every record.

    Attributes:
        base: Who told keys when everybody was solved, and as which kind (`no`, `kind`), by key.
        spans: Each of these keys once, in order, and behind which row of `base` its holders end (`key`, `end`).
        firsts: By which these are found (`first`: identity/solution/spans.py).
        listed: The same keys by record (`kind`, `key`); the records are 0, 1, 2 ...
        ends: `end`: of each of these records, behind which row of `listed` its keys end.
        since: Keys of the records that have changed since (columns of KEY), by `key`.
        renewed: `no` of the records whose keys in `base` hold no more.
    """

    base: pl.DataFrame
    spans: pl.DataFrame
    firsts: pl.DataFrame
    listed: pl.DataFrame
    ends: pl.DataFrame
    since: pl.DataFrame
    renewed: pl.Series

    @cached_property
    def _base_spans(self) -> Spans:
        """Spans of `base`."""
        return Spans(self.spans, self.firsts)

    @cached_property
    def _since_spans(self) -> Spans:
        """Spans of `since`."""
        return spans_of(self.since["key"].to_numpy())

    def found_by(self, wanted: pl.DataFrame, finds: Finds) -> pl.Series:
        """`no` of every record that tells one of the `wanted` keys as one of the kinds that it finds, in their order."""
        is_found = np.zeros((_KINDS, _KINDS), dtype=bool)
        for asking, kinds in finds.items():
            is_found[asking, list(kinds)] = True
        asked = _asked(wanted, is_found)
        others = (int(part.max() or 0) for part in (self.since["no"], self.renewed))  # type: ignore[arg-type]
        is_holder = np.zeros(1 + max(self.ends.height, *others), dtype=bool)
        is_holder[_holders(self.base, self._base_spans, *asked, is_found)] = True
        is_holder[self.renewed.to_numpy()] = False
        is_holder[_holders(self.since, self._since_spans, *asked, is_found)] = True
        return pl.Series("no", np.flatnonzero(is_holder), dtype=pl.UInt32)

    def of(self, numbers: pl.Series, *kinds: int) -> pl.DataFrame:
        """The keys of some records, each of which is asked for once: all of them, or those of some kinds."""
        found = [self._of_base(self._valid(numbers), kinds), _of(self.since, numbers)]
        return pl.concat([found[0], found[1].filter(pl.col("kind").is_in(kinds)) if kinds else found[1]])

    def telling(self, keys: pl.Series) -> pl.DataFrame:
        """The rows (columns of KEY) of all who hold these phones and dwellings, each key asked for once."""
        asked = keys.sort().to_numpy()
        base, since = _telling(self.base, self._base_spans, asked), _telling(self.since, self._since_spans, asked)
        base = base.filter(pl.Series(~is_among(base["no"], self.renewed), dtype=pl.Boolean))
        return pl.concat([base, since])

    def renew(self, outdated: pl.Series, keys: pl.DataFrame) -> "KeyIndex":
        """The index when these records tell other keys, or are gone."""
        since = self.since.filter(pl.Series(~is_among(self.since["no"], outdated), dtype=pl.Boolean))
        renewed = pl.concat([self.renewed, outdated]).unique().sort()
        return dataclasses.replace(self, since=pl.concat([since, keys]).sort("key"), renewed=renewed)

    def _valid(self, numbers: pl.Series) -> pl.Series:
        return numbers.filter(pl.Series(~is_among(numbers, self.renewed), dtype=pl.Boolean))

    def _of_base(self, numbers: pl.Series, kinds: Sequence[int]) -> pl.DataFrame:
        """The keys of these records (of all kinds, or of some) as `listed` tells them."""
        ends, asked = self.ends["end"].to_numpy(), numbers.to_numpy().astype(np.int64)
        asked = asked[asked < ends.size]
        first = np.where(asked > 0, ends[asked - 1], 0) if asked.size else asked
        count = ends[asked] - first
        rows, numbers = runs(first, count), pl.Series("no", np.repeat(asked, count), dtype=pl.UInt32)
        if kinds:  # the keys of all others are not even looked at
            fits = np.isin(self.listed["kind"].to_numpy()[rows], kinds)
            rows, numbers = rows[fits], numbers.filter(pl.Series(fits))
        return pl.DataFrame([numbers, *self.listed[rows].get_columns()])


def key_index(keys: pl.DataFrame) -> KeyIndex:
    """The index of a population, whose records are numbered from 0 without a gap; the frame is emptied.

    Of millions of records each copy of all keys takes half a gigabyte: one column after the other is put in order.
    """
    key, no, kind = (keys.drop_in_place(name).to_numpy() for name in ("key", "no", "kind"))
    order = np.argsort(key)
    key = key[order]
    no = no[order]
    kind = kind[order]
    ends = np.cumsum(np.bincount(no)) if no.size else np.empty(0, dtype=np.int64)
    del order  # as large as the keys
    order = np.argsort(no)
    listed = pl.DataFrame({"kind": kind[order], "key": key[order]})
    del order
    base, spans, nothing = pl.DataFrame({"no": no, "kind": kind}), spans_of(key), pl.DataFrame(schema=KEY)
    return KeyIndex(base, spans.keys, spans.firsts, listed, pl.DataFrame({"end": ends.astype(np.int64)}), nothing, nothing["no"])


def _asked(wanted: pl.DataFrame, is_found: Flags) -> tuple[Kinds, Keys]:
    """Kinds and keys that are asked for, by key, most of them once."""
    kind, key = wanted["kind"].to_numpy(), wanted["key"].to_numpy()
    asks = np.any(is_found, axis=1)[kind]
    kind, key = kind[asks], key[asks]
    order = np.argsort(key)
    kind, key = kind[order], key[order]
    is_other = np.ones(key.size, dtype=bool)
    is_other[1:] = (key[1:] != key[:-1]) | (kind[1:] != kind[:-1])
    return kind[is_other], key[is_other]


def _holders(rows: pl.DataFrame, spans: Spans, kind: Kinds, asked: Keys, is_found: Flags) -> Numbers:
    """`no` of those who tell an asked key in a kind that finds it, some more than once."""
    first, count, is_told = spans.rows_of(asked)
    found = runs(first, count)
    fits = is_found[np.repeat(kind[is_told], count), rows["kind"].to_numpy()[found]]
    told: Numbers = rows["no"].to_numpy()[found[fits]]
    return told


def _telling(rows: pl.DataFrame, spans: Spans, asked: Keys) -> pl.DataFrame:
    """Those who tell these keys, in the columns of KEY."""
    first, count, is_told = spans.rows_of(asked)
    key = pl.Series("key", np.repeat(asked[is_told], count), dtype=pl.UInt64)
    return rows.select("no", "kind")[runs(first, count)].with_columns(key)


def _of(keys: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    """The rows of these records."""
    told = keys["no"].to_numpy()
    if not told.size or not numbers.len():
        return keys.clear()
    is_asked = np.zeros(int(max(told.max(), numbers.max())) + 1, dtype=bool)
    is_asked[numbers.to_numpy()] = True
    return keys[np.flatnonzero(is_asked[told])]
