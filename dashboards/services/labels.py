"""Chinese names of codes, from dashboards/labels.yaml. Not here: numbers and times (text.py)."""

from functools import cache
from pathlib import Path

import yaml

LABEL_FILE = Path(__file__).resolve().parents[1] / "labels.yaml"


@cache
def _labels() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = yaml.safe_load(LABEL_FILE.read_text(encoding="utf-8"))
    return content


def label(group: str, code: str | None, *, missing: str = "未知") -> str:
    """The name of a code; the code itself when it has none; `missing` when there is no code."""
    return missing if code is None else _labels()[group].get(code, code)


def names_of(group: str) -> dict[str, str]:
    """All codes of a group with their names, in the order in which they are shown."""
    return _labels()[group]
