"""What published tables and their columns are called in Chinese, so that a claim speaks to those who mend.

From the models' contracts, and from expectations/tables for the tables that Python makes. Not here: claims (short_forms.yaml).
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parents[1]
MARTS, MADE = HERE.parent / "dbt_project" / "models" / "marts", HERE / "tables"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLUS = re.compile(r" ?\+ ?")
_END = re.compile(r"[（(；;：:，,。/]")


def in_chinese(table: str, columns: str) -> str:
    """Columns, joined by a plus, each with its Chinese name behind it; one without a name stands alone."""
    names = column_names().get(table, {})
    return " + ".join(f"{name}（{names[name]}）" if names.get(name) else name for name in _PLUS.split(columns))


@cache
def column_names() -> Mapping[str, Mapping[str, str]]:
    """Chinese names by table and column."""
    return {
        name: {column["name"]: _short(column["description"]) for column in table.get("columns", [])}
        for name, table in _tables().items()
    }


def table_in_chinese(table: str) -> str:
    """A table by its Chinese name with its own behind it; without one it stands alone."""
    name = _short(_tables().get(table, {}).get("description", ""))
    return f"{name}（{table}）" if name else table


def made_tables() -> dict[str, Mapping[str, Any]]:
    """The tables that Python makes, as dbt's manifest tells a model: `description`, and `columns` by name, each with `meta`."""
    found = {table["name"]: table for path in sorted(MADE.glob("*.yml")) for table in _read(path)["models"]}
    return {
        name: table | {"columns": {column["name"]: column | column["config"] for column in table["columns"]}}
        for name, table in found.items()
    }


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    """What every published table says of itself, by name."""
    paths = [*sorted(MARTS.rglob("*.yml")), *sorted(MADE.glob("*.yml"))]
    return {table["name"]: table for path in paths for table in _read(path).get("models", [])}


def _short(description: str) -> str:
    """The Chinese half of `English / 中文` up to its first explanation."""
    return _END.split(description.partition(" / ")[2].strip(), maxsplit=1)[0].strip()


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
