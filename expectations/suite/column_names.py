"""What columns of published tables are called in Chinese, so that a claim speaks to those who mend: from the models' contracts.

Tables that Python makes have theirs in expectations/column_names.yaml. Not here: the claims (short_forms.yaml).
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parents[1]
MARTS = HERE.parent / "dbt_project" / "models" / "marts"
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
    told: dict[str, Mapping[str, str]] = dict(_read(HERE / "column_names.yaml"))
    for path in sorted(MARTS.rglob("*.yml")):
        for model in _read(path).get("models", []):
            told[model["name"]] = {column["name"]: _short(column["description"]) for column in model.get("columns", [])}
    return told


def _short(description: str) -> str:
    """The Chinese half of `English / 中文` up to its first explanation."""
    return _END.split(description.partition(" / ")[2].strip(), maxsplit=1)[0].strip()


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
