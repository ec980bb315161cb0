"""Who holds each source key, by all versions of its record that were ever landed.

Places on one list (the members of a case) are held together: who only moves up stays who they are. What was found once is written
into the identity log (`reused`) and stands, also when the values of old versions are gone by their time of keeping.
Not here: when two versions tell of two people (telling.py), the events (events.py), what a holder is called (ref.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import polars as pl

from identity.evidence.names import usable_name
from identity.frames import HOLDER, OTHER_TELLING, REF, TELLING, conform
from identity.holder.ref import held_key, holders_now
from identity.holder.telling import FACTS, Telling, is_another, is_one
from identity.rules.rule_book import RuleBook

ORDER = ("told_at", "sequence", "line")
_FIRST = datetime.min.replace(tzinfo=UTC).replace(tzinfo=None)  # a version without a time is older than any
_Place = tuple[datetime, int, int]
Row = dict[str, Any]


@dataclass(frozen=True)
class Holders:
    """Keys that more than one person had; of all others, nothing.

    Attributes:
        found: Versions by which a key passed on, and which the log does not tell yet (columns of HOLDER, and `before`).
        others: Versions that tell of somebody else than the record does now (columns of OTHER_TELLING; told on arrival where the
            source names no time).
        passed: All versions by which keys passed on (columns of HOLDER).
        now: Who holds these keys (`holders_now`).
    """

    found: pl.DataFrame
    others: pl.DataFrame
    passed: pl.DataFrame
    now: pl.DataFrame


def find_holders(tellings: pl.DataFrame | None, passed: pl.DataFrame, book: RuleBook) -> Holders:
    """Tell the holders of these keys.

    Args:
        tellings: Every version (columns of TELLING, in any order) of records that said more than one thing of a person, and of
            those that stand on one list with them; null: there are none.
        passed: What the log tells (columns of HOLDER).
        book: The rule book.
    """
    lists = {filing.source: filing.ends for filing in book.vetoes.filings}
    known: dict[tuple[str, ...], list[Row]] = {}
    for row in passed.iter_rows(named=True):
        known.setdefault(_list_of(row, lists), []).append(row)
    told = pl.DataFrame(schema=TELLING) if tellings is None else tellings
    rows = sorted(_readable(told, book), key=lambda row: (_list_of(row, lists), _place(row), row["source_key"]))
    found: list[Row] = []
    others: list[Row] = []
    for name, versions in groupby(rows, key=lambda row: _list_of(row, lists)):
        keys = _List(known.get(name, []), book)
        for _, version in groupby(versions, key=_place):
            keys.hear(list(version))
        found += keys.found
        others += keys.others()
    new = pl.DataFrame(found, schema={**HOLDER, "before": pl.String}, orient="row")
    passed = pl.concat([passed, new.drop("before")])
    return Holders(
        found=new,
        others=pl.DataFrame(others, schema=OTHER_TELLING, orient="row").sort(*OTHER_TELLING),
        passed=passed,
        now=holders_now(passed),
    )


class _List:
    """Keys that are held together, from their oldest version on: one key, or the places on one list.

    Attributes:
        found: Where a key passed on, and the log does not tell it yet.
    """

    def __init__(self, known: Sequence[Row], book: RuleBook) -> None:
        self._book = book
        self._marks = {(mark["source_key"], _place(mark)): str(mark["holder"]) for mark in known}
        self._earlier = sorted(self._marks, key=lambda mark: mark[1])
        self._now: dict[str, str] = {}  # key: who holds it
        self._listed: set[str] = set()  # keys that the last version told
        self._told: dict[str, Telling] = {}  # holder: what is known of them
        self._ever = {*self._marks.values()}
        self._held: list[tuple[str, Row]] = []
        self.found: list[Row] = []

    def hear(self, version: list[Row]) -> None:
        """One version of every key that it tells: first those who stay, then those who came."""
        holders: dict[str, str] = {}
        for row in version:
            holder = self._staying(row)
            if holder and holder not in holders.values():
                holders[row["source_key"]] = holder
        for row in version:
            key = row["source_key"]
            if key not in holders:
                holders[key] = self._coming(row, {*holders.values()})
                if holders[key] != self._now.get(key, key):
                    self.found.append({**row, "holder": holders[key], "before": self._now.get(key, key)})
            self._ever.add(holders[key])
            self._told[holders[key]] = _as_known(self._told.get(holders[key]), row)
            self._held.append((holders[key], row))
        self._now |= holders
        self._listed = {*holders}

    def others(self) -> list[Row]:
        """Versions of who holds a key no more, and since when another does."""
        passing: dict[str, Row] = {}
        before: dict[str, list[str]] = {}
        others: list[Row] = []
        for holder, row in self._held:
            ever = before.setdefault(row["source_key"], [])
            if ever and ever[-1] != holder:
                passing[row["source_key"]] = row
            ever.append(holder)
            now = self._now[row["source_key"]]
            if now != holder:
                others.append({**row, "holder": holder, "is_between": now in ever})
        return [_other(row, passing[row["source_key"]]) for row in others]

    def _staying(self, row: Row) -> str | None:
        """Who holds the key at this version by what the log says, or as before; null: somebody who came."""
        key, place = row["source_key"], _place(row)
        due = [mark for mark in self._earlier if mark[0] == key and mark[1] <= place]
        self._earlier = [mark for mark in self._earlier if mark not in due]
        if due:
            return self._marks[due[-1]]
        holder = self._now.get(key) if key in self._listed else None
        if holder is None or (holder in self._told and is_another(self._told[holder], row, self._book)):
            return None
        return holder

    def _coming(self, row: Row, taken: set[str]) -> str:
        """One who was known here before, and holds no other key now; else somebody new."""
        free = [holder for holder in self._told if holder not in taken]
        back = [holder for holder in free if is_one(self._told[holder], row, self._book)]
        if back:
            return back[-1]
        key, count = str(row["source_key"]), 0
        while (holder := held_key(key, count)) in self._ever | taken:
            count += 1
        return holder


def _other(row: Row, passing: Row) -> Row:
    """A version of somebody else (columns of OTHER_TELLING)."""
    told = {name: row[name] for name in (*REF, "sequence", "line", "holder", "is_between")}
    times = {"told_at": row["told_at"] or row["received_at"], "passed_at": passing["told_at"] or passing["received_at"]}
    return {**told, **times, "seen_at": passing["received_at"]}


def _as_known(before: Telling | None, now: Telling) -> Telling:
    """What is known of a holder: what a version leaves empty stays as it was told before."""
    if before is None:
        return now
    return {name: value if name not in (*FACTS, "name_key") or value else before[name] for name, value in now.items()}


def _readable(tellings: pl.DataFrame, book: RuleBook) -> Iterable[Row]:
    """Versions with names in usual characters where they name somebody."""
    names = [usable_name(pl.col(name), book.names).alias(name) for name in ("name_key", "former_name_key")]
    return conform(tellings, TELLING).with_columns(names).iter_rows(named=True)


def _place(row: Row) -> _Place:
    """The place of a version in the order in which staging takes the newest."""
    return (row["told_at"] or _FIRST, row["sequence"], row["line"])


def _list_of(row: Row, lists: dict[str, str]) -> tuple[str, ...]:
    """Which keys are held together with this one."""
    system, entity, key = (str(row[name]) for name in REF)
    ends = lists.get(f"{system}.{entity}")
    return (system, entity, key.split(ends)[0] if ends else key)
