"""What an indicator means, in the page's language. Not here: its values (fact.py)."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboards.data_file import read_data
from dashboards.repositories.indicator import read_definitions
from dashboards.repositories.reader import Reader
from dashboards.services.labels import label
from dashboards.services.language import in_language, say, signed
from dashboards.services.memo import remembered
from dashboards.services.text import NONE, unit_name

_BETTER = {"higher": "越高越好", "lower": "越低越好"}
_CADENCE = {"dated": "按日期逐月回溯", "monthly": "按月统计", "snapshot": "时点快照，往月沿用当时所报", "remembered": "按月统计"}


@dataclass(frozen=True)
class Definition:
    """One indicator: `percent` says that its values are already times 100; `better` is higher, lower or neutral."""

    code: str
    name: str
    unit: str
    formula: str
    sources: str
    owner: str
    version: str
    better: str
    cadence: str
    is_percent: bool

    @property
    def titled(self) -> str:
        """The name with its unit."""
        if not self.unit:
            return self.name
        return signed(f"{self.name}（{self.unit}）")

    @property
    def wish(self) -> str:
        """Which way is good, in words; empty: neither."""
        return say(_BETTER[self.better]) if self.better in _BETTER else ""


def load_definitions(reader: Reader) -> dict[str, Definition]:
    """Every indicator's meaning, by code: first those of the pages, in their order, then the others."""
    return remembered(reader, ("definitions",), lambda: _definitions(reader), purpose="overview")


def _definitions(reader: Reader) -> dict[str, Definition]:
    boards = [board for board in read_data("cards").values() if isinstance(board, dict)]
    shown = list(dict.fromkeys(code for board in boards for code in (*board["cards"], *board["table"])))
    places = {code: place for place, code in enumerate(shown)}
    rows = {row["indicator_code"]: row for row in read_definitions(reader).iter_rows(named=True)}
    return {code: _definition(rows[code]) for code in sorted(rows, key=lambda code: (places.get(code, len(places)), code))}


def _definition(row: dict[str, Any]) -> Definition:
    sources = str(row.get("sources") or "").replace(",", ";").split(";")
    names = [label("source", source.strip()) for source in sources if source.strip()]
    chinese = row.get("formula_zh") or row.get("formula") or ""
    return Definition(
        code=row["indicator_code"],
        name=in_language(row, "name_en", row.get("name_zh") or row["indicator_code"]),
        unit=unit_name(row.get("unit") or ""),
        formula=in_language(row, "formula_en", chinese),
        sources=signed("、".join(names)),
        owner=say(row.get("owner") or ""),
        version=str(row.get("version") or ""),
        better=row.get("direction") or "neutral",
        cadence=say(_CADENCE.get(row.get("cadence") or "", "")),
        is_percent=row.get("unit") == "%",
    )


def look_for(meanings: dict[str, Definition], word: str | None) -> dict[str, Definition]:
    """Those whose name, formula or code holds the word, whatever its case; no word: all."""
    wanted = (word or "").strip().casefold()
    return {code: m for code, m in meanings.items() if wanted in f"{m.code} {m.name} {m.formula}".casefold()}


def as_table(meanings: dict[str, Definition], values: dict[str, str]) -> pl.DataFrame:
    """One row an indicator as texts; `values`: what it stands at, by code."""
    names = ("name", "unit", "value", "formula", "sources", "owner", "cadence", "wish", "version")
    rows = [
        (m.name, m.unit, values.get(code, NONE), m.formula, m.sources, m.owner, m.cadence, m.wish or NONE, m.version)
        for code, m in meanings.items()
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
