"""Keeps out who was erased: a delivery that holds a record of such a person lands without it.

It is done to the batch's folder before anybody sees it. Not here: erasing what has landed (batch.py, which is used for it).
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from ingestion.erasure.batch import KEPT, erase_batch
from ingestion.erasure.person import NAMES, NUMBERS, PHONES, Person, Ref, values_of
from ingestion.erasure.tombstone import Tombstone, record_digest, value_digest
from ingestion.landing.manifest import NAME, Manifest, read_manifest

_PLACE = "#"  # a nested record is known by its parent's key and its place, which another may have taken since
_READ = (*NAMES, *NUMBERS, *PHONES)


def keep_out(folder: Path, manifest: Manifest, stones: list[Tombstone], secret: bytes) -> Manifest:
    """Take everybody who was erased out of a batch that nobody has seen yet.

    Args:
        folder: The batch, whole but for its manifest.
        manifest: What it is to say, with the digests of its files.
        stones: Who was erased.
        secret: The configured key.

    Returns:
        The manifest of what is left; the same when nobody was known again.
    """
    person = known_again(folder, manifest, stones, secret)
    if person is None:
        return manifest
    (folder / NAME).write_bytes(manifest.to_bytes())
    erase_batch(folder, person, secret)
    return read_manifest(folder)


def known_again(folder: Path, manifest: Manifest, stones: list[Tombstone], secret: bytes) -> Person | None:
    """What of a batch tells of somebody who was erased; null: nothing."""
    refs: set[Ref] = set()
    tasks: set[str] = set()
    own: set[str] = set()
    shared: set[str] = set()
    for path in sorted(folder.glob("*.parquet")):
        columns = pl.read_parquet_schema(path)
        if "task_id" in columns and "source_key" in columns:
            tasks |= _tasks(pl.read_parquet(path, columns=["task_id"])["task_id"], stones, secret)
        if "source_key" in columns and set(_READ) & set(columns):
            frame = pl.read_parquet(path, columns=["source_key", *(name for name in _READ if name in columns)])
            again = _Again(frame, manifest, stones, secret)
            for stone in stones:
                keys, numbers = _records(frame, manifest, stone, again)
                mine = pl.col("source_key").is_in(list(keys))
                told, others = values_of(frame.filter(mine), _READ), values_of(frame.filter(~mine), _READ)
                refs |= {(manifest.source, manifest.entity, key) for key in keys}
                own |= (told - others) | numbers
                shared |= (told & others) - numbers
    return Person(frozenset(refs), frozenset(tasks), frozenset(own), frozenset(shared)) if refs or tasks or own else None


def _tasks(told: pl.Series, stones: list[Tombstone], secret: bytes) -> set[str]:
    buried = {digest for stone in stones for digest in stone.tasks}
    return {task for task in told.drop_nulls().unique().to_list() if value_digest("task", task, secret) in buried}


class _Again:
    """What of a frame stands on any tombstone: value to digest. Digests are made once, however many were erased."""

    def __init__(self, frame: pl.DataFrame, manifest: Manifest, stones: list[Tombstone], secret: bytes) -> None:
        def known(values: Iterable[str], digest: Callable[[str], str], buried: Iterable[frozenset[str]]) -> dict[str, str]:
            wanted = frozenset().union(*buried)
            return {value: found for value in values if (found := digest(value)) in wanted} if wanted else {}

        keys = frame["source_key"].drop_nulls().unique().to_list()
        names, numbers = values_of(frame, NAMES), values_of(frame, NUMBERS)
        self.records = known(
            keys, lambda key: record_digest(manifest.source, manifest.entity, key, secret), (one.records for one in stones)
        )
        self.names = known(names, lambda name: value_digest("name", name, secret), (one.names for one in stones))
        self.numbers = known(numbers, lambda number: value_digest("number", number, secret), (one.numbers for one in stones))


def _records(frame: pl.DataFrame, manifest: Manifest, stone: Tombstone, again: _Again) -> tuple[set[str], set[str]]:
    """Keys of the person's records, and the person's numbers as they stand in records of others too.

    A record is the person's by its key, unless it bears a number that is not the person's: then somebody else has the key now.
    Where a key may pass to another (a place in a case, a device), name or number must be the person's as well. Under a new key,
    both must be.
    """
    keys = {key for key, digest in again.records.items() if digest in stone.records}
    names = {name for name, digest in again.names.items() if digest in stone.names}
    numbers = {number for number, digest in again.numbers.items() if digest in stone.numbers}
    has_key, has_name, has_number = (_any_of(frame, cols, told) for cols, told in (
        (("source_key",), keys), (NAMES, names), (NUMBERS, numbers),
    ))  # fmt: skip
    may_pass = pl.lit(value=True) if (manifest.source, manifest.entity) in KEPT else pl.col("source_key").str.contains(_PLACE)
    has_none = pl.col("id_number").is_null() if "id_number" in frame.columns else pl.lit(value=True)
    by_key = has_key & (has_number | (has_none & (has_name | ~may_pass)))
    return set(frame.filter(by_key | (has_number & has_name))["source_key"].to_list()), numbers


def _any_of(frame: pl.DataFrame, columns: tuple[str, ...], values: set[str]) -> pl.Expr:
    present = [pl.col(name).is_in(list(values)).fill_null(value=False) for name in columns if name in frame.columns]
    return pl.any_horizontal(present) if present else pl.lit(value=False)
