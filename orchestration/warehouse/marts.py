"""Which tables are published, and what is said of their grain and columns. Not here: the descriptions (dbt_project)."""

from collections.abc import Mapping
from typing import Any

from expectations.suite.column_names import made_tables


def mart_nodes(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Every model below models/marts, by name, in the order of the alphabet."""
    nodes = (n for n in manifest["nodes"].values() if n["resource_type"] == "model" and n["fqn"][1] == "marts")
    return {node["name"]: node for node in sorted(nodes, key=lambda node: str(node["name"]))}


def published_nodes(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The dictionary: every published table, those that Python makes told like models."""
    return dict(sorted({**mart_nodes(manifest), **made_tables()}.items()))


def mart_names(manifest: Mapping[str, Any]) -> list[str]:
    """The names of the published models."""
    return list(mart_nodes(manifest))
