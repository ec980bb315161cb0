"""Which tables are published, under which name, what is said of their columns, and until when.

Not here: the descriptions (dbt_project), what was promised of them (contract.py).
"""

from collections.abc import Mapping
from typing import Any

from expectations.suite.column_names import made_tables

Node = Mapping[str, Any]


def published_name(node: Node) -> str:
    """What a node's table is called: its alias, since the versions of one model share a name."""
    return str(node.get("alias") or node["name"])


def mart_nodes(manifest: Mapping[str, Any]) -> dict[str, Node]:
    """Every model below models/marts, by the name of its table, in the order of the alphabet."""
    nodes = (n for n in manifest["nodes"].values() if n["resource_type"] == "model" and n["fqn"][1] == "marts")
    return {published_name(node): node for node in sorted(nodes, key=published_name)}


def published_nodes(manifest: Mapping[str, Any]) -> dict[str, Node]:
    """The dictionary: every published table, those that Python makes told like models."""
    return dict(sorted({**mart_nodes(manifest), **made_tables()}.items()))


def mart_names(manifest: Mapping[str, Any]) -> list[str]:
    """The names of the published tables."""
    return list(mart_nodes(manifest))


def deprecation(nodes: Mapping[str, Node], table: str) -> dict[str, str]:
    """When a table goes and what takes its place; empty: it stays. For manifests and comments, so that readers learn of it.

    Returns:
        `deprecated_on` (ISO date) and, where the model has a newer version, `replaced_by`.
    """
    node = nodes.get(table, {})
    if not node.get("deprecation_date"):
        return {}
    told = {"deprecated_on": str(node["deprecation_date"])[:10]}
    latest = [
        name
        for name, other in nodes.items()
        if other["name"] == node["name"] and other.get("version") == other.get("latest_version")
    ]
    return told | ({"replaced_by": latest[0]} if latest and latest[0] != table else {})
