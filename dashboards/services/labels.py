"""Names of codes: Chinese from dashboards/labels.yaml, English from labels.en.yaml. Not here: numbers and times (text.py)."""

from functools import cache
from pathlib import Path

import yaml

from dashboards.services.language import english_words, is_english, say

LABEL_FILE = Path(__file__).resolve().parents[1] / "labels.yaml"


@cache
def _labels() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = yaml.safe_load(LABEL_FILE.read_text(encoding="utf-8"))
    return content


def label(group: str, code: str | None, *, missing: str = "未知") -> str:
    """The name of a code; the code itself when it has none; `missing` when there is no code."""
    return say(missing) if code is None else names_of(group).get(code, code)


def names_of(group: str) -> dict[str, str]:
    """All codes of a group with their names, in the order in which they are shown."""
    names = _labels()[group]
    return {code: english_words(group).get(code, name) for code, name in names.items()} if is_english() else names
