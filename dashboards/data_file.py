"""Reads the YAML files that lie beside this module: what a page shows and who may see it are data. Not here: what they mean."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent


@cache
def read_data(name: str) -> Any:
    """The content of `<name>.yaml`, read once a process; by libyaml, since Python's own parser costs a cold start its tenths."""
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
