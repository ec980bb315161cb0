"""Plants the kinds of defect into the tables of a clean street. Not here: broken lines of files (lines), changes of one value."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from benchmarks.defects.change import CHANGES, Place
from benchmarks.defects.kind import Kind
from ingestion.demo.chance import dice

KEYS = {
    "property.estate": "estate_id",
    "property.building": "building_id",
    "property.house": "house_id",
    "property.owner": "owner_id",
    "property.lease": "lease_id",
    "police.SYRK": "RYBH",
    "police.BZDZ": "DZBM",
    "civil.assistance-cases": "caseId",
    "civil.members": "caseId",
    "civil.disability-certificates": "certificateNo",
    "civil.elderly-services": "recordId",
    "civil.children-in-need": "recordId",
    "device.register": "deviceId",
    "device.workorders": "orderId",
    "device.telemetry": "id",
    "feedback.verdict": "task_id",
}


REFUSING = {"KEY-MISSING", "UPDATED-AT-MISSING", "UPDATED-AT-MALFORMED", "REQUIRED-MISSING"}


@dataclass(frozen=True)
class Planted:
    """One planted defect: the kind, the row's feed and key, and what its line can be told by where it is refused."""

    kind: str
    feed: str
    key: str
    mark: str


@dataclass
class Garden:
    """The tables while they are planted, what was planted, and the rows that are clean no more (feed, key).

    `tables`: feed to its rows. A row bears one defect at most.
    """

    tables: dict[str, list[dict[str, Any]]]
    seed: int
    planted: list[Planted] = field(default_factory=list)
    touched: set[tuple[str, str]] = field(default_factory=set)

    def plant(self, kinds: Iterable[Kind]) -> None:
        """Plant every kind that is told by values."""
        for kind in kinds:
            if not kind.lines:
                self._plant(kind)

    def _plant(self, kind: Kind) -> None:
        rows, key, chance = self.tables[kind.feed], KEYS[kind.feed], dice(self.seed, kind.kind)
        fitting = self._fitting(kind)
        chosen = chance.sample(fitting, min(kind.rows, len(fitting)))
        if kind.add and fitting:
            chosen += chance.choices(fitting, k=kind.rows - len(chosen))
        before: Mapping[str, Any] = {}
        for n, row in enumerate(chosen):
            target = dict(row) if kind.add else row
            if kind.add:
                target[key] = f"{row[key]}N{len(self.planted)}"
                rows.append(target)
            named = row_key(kind.feed, target)
            self._touch(kind, row)
            for column, steps in kind.set.items():
                for name, argument in steps.items():
                    value = target[column] if target[column] is not None else ""
                    target[column] = CHANGES[name](value, argument, Place(row, before, rows, n, chance))
            before = target
            key_now = named if target[key] in {"", None} else row_key(kind.feed, target)
            self.touched.add((kind.feed, key_now))
            self.planted.append(Planted(kind.kind, kind.feed, key_now, self._mark(kind, target)))

    def _fitting(self, kind: Kind) -> list[dict[str, Any]]:
        """The rows that can bear the defect: alive, without another one, and with what must stand beside them."""
        standing = [row for row in self.tables[kind.feed] if is_live(row)]
        rows = [row for row in standing if not self._is_touched(kind.feed, row) and _fits(kind.fits, row)]
        if kind.also_in:
            known = {row["_person"] for row in self.tables[kind.also_in] if is_live(row)}
            rows = [row for row in rows if row["_person"] in known]
        if kind.is_alone:
            soiled = {row.get("_person") for feed, listed in self.tables.items() for row in listed if self._is_touched(feed, row)}
            rows = [row for row in rows if row["_person"] not in soiled]
        if kind.beside:
            others = {row[kind.beside.column] for row in standing if _fits(kind.beside.fits, row)}
            rows = [row for row in rows if row[kind.beside.column] in others]
        return rows

    def _is_touched(self, feed: str, row: Mapping[str, Any]) -> bool:
        return (feed, row_key(feed, row)) in self.touched

    def _touch(self, kind: Kind, row: Mapping[str, Any]) -> None:
        """Note which rows are clean no more: the row itself unless a copy of it was planted, and those that it speaks of."""
        if not kind.add:
            self.touched.add((kind.feed, row_key(kind.feed, row)))
        if kind.touches:
            same = (other for other in self.tables[kind.feed] if other[kind.touches] == row[kind.touches])
            self.touched |= {(kind.feed, row_key(kind.feed, other)) for other in same}
        if kind.touches_person:
            person = row[kind.touches_person]
            for feed, rows in self.tables.items():
                self.touched |= {(feed, row_key(feed, other)) for other in rows if other.get("_person") == person}

    def _mark(self, kind: Kind, row: dict[str, Any]) -> str:
        """What tells the row where it is refused and its key is not known: a household number of ours, or the message's id."""
        if kind.feed == "police.SYRK" and REFUSING & set(kind.rules):
            row["HH"] = f"PLANTED{len(self.planted)}"
            return str(row["HH"])
        return str(row["id"]) if kind.feed == "device.telemetry" else ""


def row_key(feed: str, row: Mapping[str, Any]) -> str:
    """The key by which the warehouse knows a row; a member of a case is known by its place."""
    return f"{row['caseId']}#{row['position']}" if feed == "civil.members" else str(row[KEYS[feed]])


def is_live(row: Mapping[str, Any]) -> bool:
    """Whether the row still stands in its source: issues of rows that are gone are closed."""
    return not row.get("withdrawn") and not row.get("is_deleted") and row.get("ZXBS", "0") != "1"


def _fits(fits: Mapping[str, str], row: Mapping[str, Any]) -> bool:
    values = ((row[column] if row[column] is not None else "", expression) for column, expression in fits.items())
    return all(re.search(expression, str(value)) for value, expression in values)


def as_frame(rows: list[dict[str, Any]], like: pl.DataFrame) -> pl.DataFrame:
    """Rows as a frame; columns in which a defect changed the type become text."""
    try:
        return pl.DataFrame(rows, schema=like.schema, orient="row", strict=True)
    except (TypeError, pl.exceptions.PolarsError):
        return pl.DataFrame(rows, infer_schema_length=None, strict=False).select(like.columns)
