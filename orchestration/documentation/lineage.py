"""Which columns of the sources an indicator rests on, and the models on the way, from the names that the models' SQL calls.

A column is taken to be used where a model on the way names it, or calls for a whole group of columns by a macro: rather one
column too many than one too few. Not here: how it is shown (dictionary.py).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingestion.cleaning.rule_scope import source_columns
from ingestion.contracts.loader import load_contracts
from orchestration.warehouse.marts import published_name

_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_MEASURES = re.compile(r"set measures = \[(.*?)\]", re.DOTALL)
_TOLD = re.compile(r"'(\w+)'")


@dataclass(frozen=True)
class Lineage:
    """Where something comes from.

    Attributes:
        models: the models on the way, from staging to the end.
        columns: feed (`source.entity`) to its columns, as the source calls them.
    """

    models: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]


class Graph:
    """The models of a parsed project, with what each names."""

    def __init__(self, manifest: Mapping[str, Any]) -> None:
        """Index the models and their macros."""
        self._nodes = {n["unique_id"]: n for n in manifest["nodes"].values() if n["resource_type"] == "model"}
        self._macros = manifest["macros"]
        self._by_name = {published_name(node): node for node in self._nodes.values()}

    def measures(self) -> dict[str, str]:
        """Every measure of an indicator, with the model that counts it."""
        found: dict[str, str] = {}
        for node in self._nodes.values():
            block = _MEASURES.search(node["raw_code"]) if node["name"].endswith("__counted") else None
            found |= dict.fromkeys(_TOLD.findall(block[1]), node["name"]) if block else {}
        return found

    def lineage(self, models: Iterable[str]) -> Lineage:
        """Everything below some models, down to the columns of the sources."""
        needed: dict[str, set[str]] = defaultdict(set)
        order: list[str] = []
        waiting: list[tuple[str, frozenset[str] | None]] = [(self._by_name[name]["unique_id"], None) for name in models]
        while waiting:
            unique_id, asked = waiting.pop()
            node = self._nodes[unique_id]
            wanted = frozenset(node["columns"]) if asked is None else asked
            if unique_id in order and wanted <= needed[unique_id]:
                continue
            order = [known for known in order if known != unique_id] + [unique_id]
            needed[unique_id] |= wanted
            words = self._words(unique_id)
            waiting += [
                (parent, frozenset(words & set(self._nodes[parent]["columns"])))
                for parent in node["depends_on"]["nodes"]
                if parent in self._nodes
            ]
        names = tuple(self._nodes[unique_id]["name"] for unique_id in reversed(order))
        return Lineage(names, self._columns(needed))

    def _words(self, unique_id: str) -> set[str]:
        """Every name in a model's SQL and in the macros that it calls."""
        node = self._nodes[unique_id]
        called = [self._macros[name]["macro_sql"] for name in node["depends_on"]["macros"] if name.startswith("macro.yidang.")]
        return {word for text in (node["raw_code"], *called) for word in _WORD.findall(text)}

    def _columns(self, needed: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for unique_id, columns in needed.items():
            for source in self._nodes[unique_id]["depends_on"]["nodes"]:
                if not source.startswith("source."):
                    continue
                system, _, table = source.removeprefix("source.yidang.").partition(".")
                feed, made_of = _landed(system, table)
                found[feed] |= {origin for column in columns for origin in made_of.get(column, ())}
        return {feed: tuple(sorted(columns)) for feed, columns in sorted(found.items()) if columns}


@cache
def _landed(system: str, table: str) -> tuple[str, Mapping[str, tuple[str, ...]]]:
    """The feed of a dbt source, and of which source columns each of its landed columns is made; empty for what runs make."""
    contract = load_contracts().get(system)
    parent, _, child = table.partition("__")
    if contract is None:
        return f"{system}.{table}", {}
    for entity in contract.entities:
        if entity.name.lower().replace("-", "_") == parent:
            feed = f"{entity.name}.{child}" if child else entity.name
            return f"{system}.{feed}", source_columns(contract, feed)
    return f"{system}.{table}", {}
