"""Who is to be erased: the records, and the plain values that are this person's and nobody else's.

Not here: which records are this person's (the identity log knows), taking them out (batch.py, originals.py).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from ingestion.erasure.written import written
from ingestion.landing.ledger import batch_folders

Ref = tuple[str, str, str]
Version = tuple[str, str, str, int, int]  # a ref, and the place of one of its rows: _sequence, _line
NAMES = ("name", "former_name")
NUMBERS = ("id_number", "id_evidence")
PHONES = ("mobile", "phones")
PLACES = ("_sequence", "_line")
_LEAST = 2  # characters of a name that can be searched for
_PLACE = "#"  # between the key of a case and the place of a member


@dataclass(frozen=True)
class Person:
    """One person, as landing knows them.

    Attributes:
        refs: source, entity and key of every record.
        tasks: Tasks about this person; what came back on them goes too.
        own: Names, numbers and phones that no other resident tells.
        shared: Those that others tell as well (a household's phone, a name that two people bear): they stay theirs.
        numbers: The document numbers that are this person's.
        names: The names, whoever else bears them.
    """

    refs: frozenset[Ref]
    tasks: frozenset[str]
    own: frozenset[str]
    shared: frozenset[str]
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def keys(self, source: str, entity: str) -> frozenset[str]:
        """The keys of this person's records in one feed."""
        return frozenset(key for system, feed, key in self.refs if (system, feed) == (source, entity))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds every own value where it stands by itself: not as a part of a longer name or number."""
        return _pattern(self.own)

    @cached_property
    def whole_pattern(self) -> re.Pattern[str]:
        """The same for own and shared values, for records that are this person's but must stay (a device)."""
        return _pattern(self.own | self.shared)


def gather(
    home: Path,
    refs: frozenset[Ref],
    tasks: frozenset[str],
    is_owner: Callable[[str], bool],
    formerly: frozenset[Version] = frozenset(),
) -> Person:
    """Read the values of these records, of all batches that were ever landed.

    Args:
        home: The warehouse's home.
        refs: The person's records.
        tasks: Tasks about the person.
        is_owner: Whether a document number is this person's, though others were filed under it.
        formerly: Rows that told of the person under keys that are others' now: the values alone are the person's.
    """
    refs |= _lone_cases(home, refs)
    mine: set[str] = set()
    others: set[str] = set()
    numbers: set[str] = set()
    names: set[str] = set()
    for source, entity, frame in _told(home):
        keys = [key for system, feed, key in refs if (system, feed) == (source, entity)]
        told = [version[2:] for version in formerly if version[:2] == (source, entity)]
        is_mine = pl.col("source_key").is_in(keys) | _is_among(told)
        mine |= values_of(frame.filter(is_mine), (*NAMES, *NUMBERS, *PHONES))
        numbers |= values_of(frame.filter(is_mine), NUMBERS)
        names |= values_of(frame.filter(is_mine), NAMES)
        others |= values_of(frame.filter(~is_mine), (*NAMES, *NUMBERS, *PHONES))
    own = {value for value in mine if value not in others or (value in numbers and is_owner(value))}
    return Person(refs, tasks, frozenset(own), frozenset(mine - own), frozenset(numbers & own), frozenset(names))


def _lone_cases(home: Path, refs: frozenset[Ref]) -> frozenset[Ref]:
    """Cases on which nobody else ever stood: they are the person's as a whole, with their address and telephone."""
    wanted = {(source, entity, key.rpartition(_PLACE)[0]) for source, entity, key in refs if _PLACE in key}
    others = {
        (source, entity, key.rpartition(_PLACE)[0])
        for source, entity, frame in _told(home)
        for key in frame["source_key"].to_list()
        if _PLACE in key and (source, entity, key) not in refs
    }
    return frozenset(wanted - others)


def _told(home: Path) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Every landed frame of person records, with its source and entity."""
    for folder in batch_folders(home):
        for path in sorted(folder.glob("*.parquet")):
            columns = pl.read_parquet_schema(path)
            wanted = [name for name in (*NAMES, *NUMBERS, *PHONES) if name in columns]
            if "source_key" in columns and wanted:
                named = ["source_key", *(name for name in PLACES if name in columns), *wanted]
                yield folder.parent.parent.name, folder.parent.name, pl.read_parquet(path, columns=named)


def _is_among(versions: list[tuple[str, int, int]]) -> pl.Expr:
    """Whether a row is one of these versions."""
    if not versions:
        return pl.lit(value=False)
    same = [
        (pl.col("source_key") == key) & (pl.col("_sequence") == sequence) & (pl.col("_line") == line)
        for key, sequence, line in versions
    ]
    return pl.any_horizontal(same)


def values_of(frame: pl.DataFrame, columns: tuple[str, ...]) -> set[str]:
    """What stands in these columns, lists taken apart; columns that the frame lacks are passed over."""
    found: set[str] = set()
    for name in (name for name in columns if name in frame.columns):
        column = frame[name].explode() if isinstance(frame.schema[name], pl.List) else frame[name]
        found.update(value for value in column.drop_nulls().to_list() if len(value) >= _LEAST)
    return found


def _pattern(values: frozenset[str]) -> re.Pattern[str]:
    parts = [written(value) for value in sorted(values, key=lambda value: (-len(value), value))]
    return re.compile("|".join(parts) or r"(?!)")
