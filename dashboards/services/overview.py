"""Cards and rankings of 街道总览. Not here: how they are drawn (components/cards.py)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from dashboards.repositories.indicator import read_definitions, read_values
from dashboards.repositories.reader import Reader
from dashboards.services.labels import label
from dashboards.services.text import measured, number, period

CARD_FILE = Path(__file__).resolve().parents[1] / "cards.yaml"
MOST_CARDS = 12


@dataclass(frozen=True)
class Definition:
    """What an indicator means, in words."""

    code: str
    name: str
    unit: str
    formula: str
    sources: str
    owner: str
    version: str


@dataclass(frozen=True)
class Card:
    """One figure: `change` and `rank` are empty when there is nothing to compare with."""

    definition: Definition
    value: str
    period: str
    change: str
    rank: str


@cache
def card_codes() -> list[str]:
    """The chosen indicators in order."""
    content: dict[str, list[str]] = yaml.safe_load(CARD_FILE.read_text(encoding="utf-8"))
    return content["overview"][:MOST_CARDS]


def load_definitions(reader: Reader) -> dict[str, Definition]:
    """Every indicator's meaning, by code."""
    return {row["indicator_code"]: _definition(row) for row in read_definitions(reader).iter_rows(named=True)}


def load_cards(reader: Reader, level: str, area_code: str) -> list[Card]:
    """The cards of one area; the rank is among all areas of its level that the person may see."""
    values = read_values(reader, level)
    definitions = load_definitions(reader)
    present = set(values.filter(pl.col("area_code") == area_code)["indicator_code"])
    return [_card(values, definitions[code], area_code) for code in card_codes() if code in present and code in definitions]


def load_newest(reader: Reader, level: str, area_code: str) -> dict[str, str]:
    """The newest value of every indicator of one area as text with its unit, by code: the same words on every page."""
    own = read_values(reader, level).filter(pl.col("area_code") == area_code).sort("period")
    definitions = load_definitions(reader)
    rows = own.select("indicator_code", "value", "is_suppressed").iter_rows()
    return {
        code: measured(value, definitions[code].unit, is_withheld=hidden) for code, value, hidden in rows if code in definitions
    }


def load_ranking(reader: Reader, level: str, code: str, names: dict[str, str]) -> pl.DataFrame:
    """Areas by the newest value, highest first: `rank`, `area_code`, `area_name`, `value`, `is_suppressed`; nulls last."""
    own = read_values(reader, level).filter((pl.col("indicator_code") == code) & pl.col("area_code").is_in(list(names)))
    newest = own.filter(pl.col("period") == pl.col("period").max())
    name = pl.col("area_code").replace_strict(names, return_dtype=pl.String).alias("area_name")
    rank = pl.col("value").rank("min", descending=True).cast(pl.Int64).alias("rank")
    ranked = newest.select(rank, "area_code", name, "value", "is_suppressed", "period")
    return ranked.sort("value", "area_name", descending=[True, False], nulls_last=True)


def _card(values: pl.DataFrame, definition: Definition, area_code: str) -> Card:
    of_code = values.filter(pl.col("indicator_code") == definition.code)
    own = of_code.filter(pl.col("area_code") == area_code).sort("period", descending=True)
    newest = own.row(0, named=True)
    before = own.row(1, named=True)["value"] if own.height > 1 else None
    peers = of_code.filter((pl.col("period") == newest["period"]) & pl.col("value").is_not_null())["value"]
    return Card(
        definition=definition,
        value=measured(newest["value"], definition.unit, is_withheld=newest["is_suppressed"]),
        period=period(newest["period"]),
        change=_change(newest["value"], before, definition.unit),
        rank=_rank(newest["value"], peers),
    )


def _change(value: float | None, before: float | None, unit: str) -> str:
    """Against the period before: percentage points for shares, the unit itself for the rest."""
    if value is None or before is None:
        return ""
    difference = value - before
    sign = "+" if difference > 0 else ""
    return f"{sign}{difference:,.1f} 个百分点" if unit == "%" else f"{sign}{number(round(difference, 1))} {unit}"


def _rank(value: float | None, peers: pl.Series) -> str:
    if value is None or peers.len() <= 1:
        return ""
    return f"由高到低第 {int((peers > value).sum()) + 1} 位 / 共 {peers.len()} 个"


def _definition(row: dict[str, Any]) -> Definition:
    sources = str(row.get("sources") or "").replace(",", ";").split(";")
    return Definition(
        code=row["indicator_code"],
        name=row.get("name_zh") or row["indicator_code"],
        unit=row.get("unit") or "",
        formula=row.get("formula_zh") or row.get("formula") or "",
        sources="、".join(label("source", source.strip()) for source in sources if source.strip()),
        owner=row.get("owner") or "",
        version=str(row.get("version") or ""),
    )
