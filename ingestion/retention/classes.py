"""The retention classes as typed data. Not here: what is due by them (due.py), applying them (orchestration/retention)."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FILE = Path(__file__).with_name("classes.yaml")


class _Strict(BaseModel):
    """An unknown key is an error, never a rule that silently holds nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnClass(_Strict):
    """Columns that are kept equally long in rows that were replaced; `days` null: as long as the warehouse stands."""

    name: str
    days: int | None = Field(ge=1)
    why: str
    columns: tuple[str, ...]


class Layer(_Strict):
    """One layer; `days` null: as long as the warehouse stands; `at_least`: what the law demands; `feeds`: those it is about."""

    name: str
    days: int | None = Field(ge=1)
    why: str
    at_least: int = 0
    in_whole_years: bool = False
    feeds: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_lawful(self) -> "Layer":
        if self.days is not None and self.days < self.at_least:
            raise ValueError(f"{self.name} 依法至少保留 {self.at_least} 天")
        return self

    def before(self, today: date) -> date | None:
        """What is older than this day goes; null: nothing goes."""
        if self.days is None:
            return None
        day = today - timedelta(days=self.days)
        return date(day.year, 1, 1) if self.in_whole_years else day


class Retention(_Strict):
    """All classes by their codes."""

    columns: dict[str, ColumnClass]
    layers: dict[str, Layer]

    @model_validator(mode="after")
    def _fits_together(self) -> "Retention":
        named = [name for each in self.columns.values() for name in each.columns]
        if twice := sorted({name for name in named if named.count(name) > 1}):
            raise ValueError(f"字段 {twice[0]} 属于两个保留类别")
        shortest = min((each.days for each in self.columns.values() if each.days), default=None)
        for layer in ("original", "reject"):  # else a value that is gone from the rows still stands in the bytes
            days = self.layers[layer].days
            if shortest is not None and (days is None or days > shortest):
                raise ValueError(f"{self.layers[layer].name}的保留天数不得长于清洗后各类字段中最短的 {shortest} 天")
        return self


@cache
def _shipped() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return told


def retention(days: Mapping[str, int] | None = None) -> Retention:
    """The classes as shipped, with a city's own days by class code.

    Raises:
        ValueError: a code is unknown, or the days are against the law or one another.
    """
    told, own = _shipped(), dict(days or {})
    parts = {
        part: {code: {**each, **({"days": own.pop(code)} if code in own else {})} for code, each in told[part].items()}
        for part in ("columns", "layers")
    }
    if own:
        known = "、".join([*told["columns"], *told["layers"]])
        raise ValueError(f"[retention] 没有名为 {sorted(own)[0]} 的保留类别；可选：{known}")
    return Retention.model_validate(parts)
