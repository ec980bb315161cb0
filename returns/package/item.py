"""What may be returned: the items of catalogue.yaml. Not here: making a package."""

from functools import cache
from pathlib import Path

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from returns.receiver import Receiver, all_rights
from returns.version import Version

FILE = Path(__file__).with_name("catalogue.yaml")


class _Strict(BaseModel):
    """An unknown key in the catalogue is an error, never a silent grant."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Lookup(_Strict):
    """Where a row without a place of its own finds one: another table over one key."""

    table: str
    key: str


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

    def rows(self, version: Version, receiver: Receiver) -> pl.DataFrame:
        """The receiver's rows, in the item's fields, in the table's own order."""
        frame = version.table(self.table)
        if self.lookup:
            frame = frame.join(version.table(self.lookup.table).select(self.lookup.key, self.place), self.lookup.key, "left")
        wanted = [pl.col(name).is_in(list(values)) for name, values in self.only.items()]
        mine = frame.filter(pl.col(self.place).is_in(list(receiver.committees)), *wanted)
        return mine.select(list(self.fields))


class Catalogue(_Strict):
    """All items, and the words of their legal bases."""

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
