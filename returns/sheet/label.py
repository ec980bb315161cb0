"""What codes are called in Chinese: the seeds code_label and tag_catalogue, and the catalogue's own words.

A code without a name stays.
"""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from returns.clock import on_paper

Labels = Mapping[str, Mapping[str, str]]


def read_labels(seeds: Path, words: Labels) -> Labels:
    """Name by list and code; `seeds` is the folder of the warehouse's seeds, `words` are lists beside them."""
    found: dict[str, dict[str, str]] = {name: dict(told) for name, told in words.items()}
    with (seeds / "code" / "code_label.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["code_set"], {})[row["code"]] = row["label_zh"]
    with (seeds / "tag" / "tag_catalogue.csv").open(encoding="utf-8", newline="") as file:
        found["tag"] = {row["tag_code"]: row["label_zh"] for row in csv.DictReader(file)}
    return found


def in_words(row: Mapping[str, Any], codes: Mapping[str, str], labels: Labels) -> dict[str, Any]:
    """A row for people: codes by name (`codes` is column to list), moments (UTC) in the street's time."""
    return {name: _told(value, labels.get(codes.get(name, ""), {})) for name, value in row.items()}


def _told(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, datetime):
        return on_paper(value.replace(tzinfo=UTC))
    return names.get(str(value), value) if names else value
