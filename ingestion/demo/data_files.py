"""Reads the YAML lists of `ingestion/demo/data`, each once. What they mean is told in their own heads."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@cache
def data(name: str) -> dict[str, Any]:
    """Return the content of `data/<name>.yaml`; callers must not change it."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded
