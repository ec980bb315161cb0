"""Tables that Python makes: of what their columns are made, read from made.yaml. Not here: what SQL makes (query.py)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from orchestration.documentation.lineage.given import NOTHING
from orchestration.documentation.lineage.origin import Origin, Role

FILE = Path(__file__).with_name("made.yaml")
Made = Mapping[str, Mapping[str, frozenset[Origin]]]  # relation, column


def made_tables() -> Made:
    """Every such table with its columns."""
    told: Mapping[str, list[Mapping[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: {c: _origins(entry, c) for entry in entries for c in entry["columns"]} for name, entries in told.items()}


def _origins(entry: Mapping[str, Any], column: str) -> frozenset[Origin]:
    role = Role[entry.get("role", "value").upper()]
    of: Mapping[str, list[str]] = {entry["same"]: [column]} if "same" in entry else entry.get("of", {})
    return frozenset(Origin(relation, name, NOTHING, role) for relation, names in of.items() for name in names)
