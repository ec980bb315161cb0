"""The columns that name a row of each published table.

Not here: the proof that they do (expectations/).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from expectations.suite.load import SUITES, load_suite
from orchestration.publish.error import PublishError


def grains(nodes: Mapping[str, Mapping[str, Any]], frames: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The grain of every table: of models from dbt's manifest, of Python's own from their suites.

    Raises:
        PublishError: when a table has none.
    """
    found = {name: _of_model(node) for name, node in nodes.items()}
    found |= {name: _of_frame(name) for name in frames}
    if nameless := sorted(name for name, grain in found.items() if not grain):
        raise PublishError(
            f"table {nameless[0]} has no grain: set `meta: {{grain: [columns]}}` in its model's YAML, then run again"
        )
    return found


def _of_frame(name: str) -> tuple[str, ...]:
    suite = SUITES / f"{name}.yaml"
    return load_suite(suite).grain if suite.exists() else ()


def _of_model(node: Mapping[str, Any]) -> tuple[str, ...]:
    for meta in (node.get("config", {}).get("meta"), node.get("meta")):
        if meta and meta.get("grain"):
            return tuple(meta["grain"])
    return ()
