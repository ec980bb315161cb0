"""Which models are published, and what dbt's manifest says of their grain and columns."""

from collections.abc import Mapping
from typing import Any


def mart_nodes(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Every model below models/marts, by name, in the order of the alphabet."""
    nodes = (n for n in manifest["nodes"].values() if n["resource_type"] == "model" and n["fqn"][1] == "marts")
    return {node["name"]: node for node in sorted(nodes, key=lambda node: str(node["name"]))}


def mart_names(manifest: Mapping[str, Any]) -> list[str]:
    """The names of the published models."""
    return list(mart_nodes(manifest))
