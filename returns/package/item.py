"""What may be returned: the items of catalogue.yaml. Not here: making a package."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from returns.receiver import Receiver, all_rights
from returns.version import Version

FILE = Path(__file__).with_name("catalogue.yaml")
_NUMBERS = re.compile(r"(\d+)", re.ASCII)
_TOLD = "_told"  # behind the name of a column that the row has itself


@lru_cache(maxsize=1 << 16)
def _as_walked(value: Any) -> tuple[bool, tuple[tuple[bool, Any], ...]]:
    """A value by which rows are sorted: numbers in texts by their size, room 101 before room 1001; null last."""
    if not isinstance(value, str):
        return value is None, () if value is None else ((False, value),)
    pieces = [piece for piece in _NUMBERS.split(value) if piece]
    return False, tuple((False, int(piece)) if _NUMBERS.fullmatch(piece) else (True, piece) for piece in pieces)


class _Strict(BaseModel):
    """An unknown key in the catalogue is an error, never a silent grant."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Lookup(_Strict):
    """Where a row without a place of its own finds one: another table over one key."""

    table: str
    key: str


class Paper(_Strict):
    """A ledger for people: its columns with their headings, and those by which its rows are sorted."""

    order: tuple[str, ...]
    columns: dict[str, str]


class Named(_Strict):
    """Whence a ledger has names and addresses: of a row's key, these columns of a table."""

    key: str
    table: str
    columns: tuple[str, ...]


class Item(_Strict):
    """One kind of data that may be returned; the keys are told at the head of the catalogue."""

    name: str
    table: str
    basis: tuple[str, ...]
    place: str
    lookup: Lookup | None = None
    refresh_days: int
    sources: tuple[str, ...]
    receivers: tuple[str, ...]
    must: tuple[str, ...]
    only: dict[str, tuple[str, ...]] = {}
    codes: dict[str, str] = {}
    fields: dict[str, str]
    paper: Paper

    def rows(self, version: Version, receiver: Receiver) -> pl.DataFrame:
        """The receiver's rows for systems: the item's fields, in the table's own order."""
        return self._of(version, receiver).select(list(self.fields))

    def paper_rows(self, version: Version, receiver: Receiver, named: tuple[Named, ...]) -> pl.DataFrame:
        """The same rows for people: the columns of the ledger, in its order."""
        frame = self._of(version, receiver)
        for source in named:
            if source.key in frame.columns:
                told = version.table(source.table).select(source.key, *source.columns)
                both = [name for name in source.columns if name in frame.columns]
                frame = frame.join(told, source.key, "left", suffix=_TOLD)
                frame = frame.with_columns(pl.coalesce(name, f"{name}{_TOLD}") for name in both).drop(
                    [f"{name}{_TOLD}" for name in both]
                )
        rows = enumerate(frame.select(self.paper.order).iter_rows())
        order = [place for place, row in sorted(rows, key=lambda told: [_as_walked(value) for value in told[1]])]
        return frame[order].select(list(self.paper.columns))

    def _of(self, version: Version, receiver: Receiver) -> pl.DataFrame:
        frame = version.table(self.table)
        if self.lookup:
            frame = frame.join(version.table(self.lookup.table).select(self.lookup.key, self.place), self.lookup.key, "left")
        wanted = [pl.col(name).is_in(list(values)) for name, values in self.only.items()]
        return frame.filter(pl.col(self.place).is_in(list(receiver.committees)), *wanted)


class Catalogue(_Strict):
    """All items, and the words of their legal bases."""

    named: tuple[Named, ...]
    basis: dict[str, str]
    words: dict[str, dict[str, str]]
    items: dict[str, Item]

    @model_validator(mode="after")
    def _names_are_known(self) -> "Catalogue":
        for code, item in self.items.items():
            unknown = [*(set(item.basis) - set(self.basis)), *(set(item.receivers) - set(all_rights()))]
            unknown += [name for name in item.must if name not in item.fields]
            if unknown:
                raise ValueError(f"catalogue.yaml: item {code} names {unknown[0]!r}, which is not defined")
        return self

    def of(self, receiver: Receiver) -> dict[str, Item]:
        """The items that this receiver may have, by code."""
        return {code: item for code, item in self.items.items() if receiver.role in item.receivers}


@cache
def catalogue() -> Catalogue:
    """The catalogue as shipped."""
    return Catalogue.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
