"""What the PostgreSQL schema has to look like for one version: tables, columns, comments, rights, readers.

Not here: making it so (structure.py).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ingestion.settings import Reader
from orchestration.serving.error import ServingError
from orchestration.serving.rights import Rights
from orchestration.warehouse.marts import deprecation

# DuckDB's names of types, as manifests tell them; times are UTC without a zone in both.
TYPES = {
    "VARCHAR": "text", "BIGINT": "bigint", "INTEGER": "integer", "DOUBLE": "double precision",
    "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "timestamp",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: its name, its PostgreSQL type, its comment (null: none) and its sensitivity."""

    name: str
    type: str
    comment: str | None
    sensitivity: str


@dataclass(frozen=True)
class Table:
    """One table: its columns in the file's order, the columns that name a row, its comment, the condition of its rows."""

    name: str
    columns: tuple[Column, ...]
    grain: tuple[str, ...]
    comment: str | None
    policy: str | None

    def visible(self, sensitivities: frozenset[str]) -> list[str]:
        """The columns somebody may see; none when a column that names the row is not among them."""
        seen = [column.name for column in self.columns if column.sensitivity in sensitivities]
        return seen if set(self.grain) <= set(seen) else []


@dataclass(frozen=True)
class Plan:
    """All tables, and the readers by the name of their database role."""

    tables: tuple[Table, ...]
    readers: Mapping[str, Reader]

    @property
    def digest(self) -> str:
        """Changes when anything but rows does."""
        told = {
            "tables": [asdict(table) for table in self.tables],
            "readers": {n: r.model_dump() for n, r in sorted(self.readers.items())},
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def plan_schema(
    manifest: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]], rights: Rights, readers: Mapping[str, Reader]
) -> Plan:
    """The plan of one version.

    Args:
        manifest: the version's own.
        nodes: dbt's manifest node of every published model, by name; the dictionary.
        rights: who may see what.
        readers: from the configuration.

    Raises:
        ServingError: when a column has a type that is not known here.
    """
    tables = (_table(name, told, nodes, rights) for name, told in sorted(manifest["tables"].items()))
    return Plan(tuple(table for table in tables if table.name not in rights.never), readers)


def _table(name: str, told: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]], rights: Rights) -> Table:
    if name in rights.never:
        return Table(name, (), (), None, None)
    described = nodes.get(name, {}).get("columns", {})
    columns = tuple(_column(name, column, kind, described.get(column, {})) for column, kind in told["columns"].items())
    return Table(name, columns, tuple(told["grain"]), _comment(nodes, name), rights.policy(name, told["columns"]))


def _comment(nodes: Mapping[str, Mapping[str, Any]], name: str) -> str | None:
    """The description, before it when the table goes and what takes its place."""
    described, told = nodes.get(name, {}).get("description"), deprecation(nodes, name)
    if not told:
        return described
    place = f"，改用 {told['replaced_by']}" if "replaced_by" in told else ""
    return f"【{told['deprecated_on']} 起停用{place}】{described}"


def _column(table: str, name: str, kind: str, described: Mapping[str, Any]) -> Column:
    if kind not in TYPES:
        raise ServingError(f"table {table}, column {name}: type {kind} has no PostgreSQL type here; known: {', '.join(TYPES)}")
    meta = described.get("meta", {})
    return Column(name, TYPES[kind], described.get("description"), meta.get("sensitivity", "internal"))
