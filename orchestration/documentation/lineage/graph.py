"""The whole way: from the columns of the sources over landed feeds, models and tables that Python makes to any column.

A model that cannot be read column by column is taken whole: every column of what it reads feeds every column of it, and it is
named. At a dictionary (`meta.is_dictionary`: every column is told by the key alone) the way ends. Not here: how one query is
read (query.py), how the way is shown (dictionary.py).
"""

import csv
import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from ingestion.contracts.loader import load_contracts
from orchestration.documentation.lineage.given import NOTHING, Given, Words
from orchestration.documentation.lineage.landed import ISSUES, landed_feeds, landed_name, rule_columns
from orchestration.documentation.lineage.made import made_tables
from orchestration.documentation.lineage.origin import Origin, Role
from orchestration.documentation.lineage.query import Query, UnresolvedError
from orchestration.warehouse.marts import published_name
from orchestration.warehouse.project import PROJECT

MEASURES = "int_measure__united"  # every measure of an indicator in one long table: measure, amount
Node = Mapping[str, Any]
Columns = Mapping[str, frozenset[Origin]]
State = tuple[str, str | None, Given, bool]


@dataclass(frozen=True)
class Lineage:
    """Where something comes from.

    Attributes:
        columns: feed (`source.entity`) to its columns as the source calls them, each with the strongest thing that it does.
        models: the models on the way, those nearest to the sources first.
        whole: those of them that could not be read column by column.
    """

    columns: Mapping[str, Mapping[str, Role]]
    models: tuple[str, ...]
    whole: tuple[str, ...]

    def of(self, role: Role) -> dict[str, tuple[str, ...]]:
        """Feed to the columns that do this, where there are any."""
        told = sorted(self.columns.items())
        found = {feed: tuple(name for name, does in sorted(columns.items()) if does is role) for feed, columns in told}
        return {feed: columns for feed, columns in found.items() if columns}


class Graph:
    """Every relation of the project with its columns, and of what each is made."""

    def __init__(self, manifest: Mapping[str, Any], compiled: Mapping[str, str]) -> None:
        """Read the compiled SQL of every model; `compiled` is told by the models' unique ids."""
        contracts = load_contracts().values()
        self._landed, self._rules, self._made = landed_feeds(contracts), rule_columns(contracts), made_tables()
        tables: dict[str, Mapping[str, object]] = {**self._landed, **self._made}
        self.columns: dict[str, tuple[str, ...]] = {relation: tuple(told) for relation, told in tables.items()}
        self._queries: dict[str, Query] = {}
        self._parents: dict[str, tuple[str, ...]] = {}
        self._dictionaries: set[str] = set()
        self.unresolved: dict[str, str] = {}
        self.order: list[str] = []
        for node in _in_order(manifest):
            self._add(node, manifest, compiled)

    def _add(self, node: Node, manifest: Mapping[str, Any], compiled: Mapping[str, str]) -> None:
        name = published_name(node)
        if node["resource_type"] == "seed":
            self.columns[name] = _header(node)
            return
        self.order.append(name)
        if node.get("config", {}).get("meta", {}).get("is_dictionary"):
            self._dictionaries.add(name)
        self._parents[name] = tuple(self._relation(manifest, parent) for parent in node["depends_on"]["nodes"])
        known = {parent: self.columns[parent] for parent in self._parents[name]}
        try:
            query = Query(self._named(compiled[node["unique_id"]], manifest), known)
            self.columns[name] = query.columns
            for column in (None, *query.columns):
                query.origins(column)
            self._queries[name] = query
        except UnresolvedError as error:
            self.unresolved[name] = str(error)
            self.columns.setdefault(name, tuple(node["columns"]))

    def _relation(self, manifest: Mapping[str, Any], unique_id: str) -> str:
        source = manifest["sources"].get(unique_id)
        if source is None:
            return published_name(manifest["nodes"][unique_id])
        name = landed_name(source["source_name"], source["name"])
        return name if name in self._landed else f"{source['source_name']}.{source['name']}"

    def _named(self, sql: str, manifest: Mapping[str, Any]) -> str:
        """The query with the names of relations where it names the files of sources."""
        for unique_id, source in manifest["sources"].items():
            told = {**source.get("source_meta", {}), **source.get("meta", {}), **source.get("config", {}).get("meta", {})}
            place = str(told.get("external_location", "")).format(name=source["name"])
            if place:
                sql = sql.replace(place, f'"{self._relation(manifest, unique_id)}"')
        return sql

    def origins(self, relation: str, column: str | None, given: Given = NOTHING, is_key: bool = False) -> frozenset[Origin]:
        """One step back; nothing for a seed, whose columns are the project's own, and for a column of a source."""
        if relation in self._dictionaries:
            return frozenset()  # it says no more than its key, which whoever looks up there has from elsewhere
        if relation in self._queries:
            return self._queries[relation].origins(column, given, is_key=is_key)
        if relation in self.unresolved:
            parents = self._parents[relation]
            return frozenset(Origin(each, name, NOTHING, Role.VALUE) for each in parents for name in self.columns[each])
        table = self._landed.get(relation) or self._made.get(relation)
        return self._of_table(relation, table, column, given) if table else frozenset()

    def _of_table(self, relation: str, table: Columns, column: str | None, given: Given) -> frozenset[Origin]:
        """A column of a landed feed or of a table that Python makes; of the rules of a record only those that are asked for."""
        asked = next((words for name, words in given if name == ISSUES == column), None)
        if asked and not asked.is_denied and relation in self._rules:
            return frozenset().union(*(self._rules[relation].get(rule, table[ISSUES]) for rule in asked.words))
        if column is not None:
            return table[column]
        # A row of a feed is there because of its key; of a table that Python makes, because of what its first column is made.
        return table["source_key"] if relation in self._landed else next(iter(table.values()))

    def lineage(
        self, starts: Iterable[tuple[str, str | None]] = (), measures: Iterable[str] = (), most: Role = Role.IDENTITY
    ) -> Lineage:
        """Everything below some columns of relations, and below some measures of indicators, that does no more than `most`."""
        asked: list[State] = [(relation, column, NOTHING, False) for relation, column in starts]
        asked += [(MEASURES, "amount", frozenset({("measure", Words(frozenset({each})))}), False) for each in measures]
        columns: dict[str, dict[str, Role]] = {}
        passed: set[str] = set()
        for role, (relation, column, *_) in self._below(asked, most):
            passed.add(relation)
            if relation not in self.columns and column is not None:
                columns.setdefault(relation, {}).setdefault(column, role)
        models = tuple(name for name in self.order if name in passed)
        return Lineage(columns, models, tuple(name for name in models if name in self.unresolved))

    def _below(self, asked: Iterable[State], most: Role) -> Iterator[tuple[Role, State]]:
        """Every step back, what is a value first: each is met with the strongest role that leads there."""
        ticket = count()
        waiting = [(Role.VALUE, next(ticket), state) for state in asked]
        met: set[State] = set()
        while waiting:
            role, _, state = heapq.heappop(waiting)
            if state in met:
                continue
            met.add(state)
            yield role, state
            for origin in self.origins(*state):
                step = (origin.relation, origin.column, origin.given, origin.is_key)
                if step not in met and origin.role <= most:
                    heapq.heappush(waiting, (max(role, origin.role), next(ticket), step))


def _in_order(manifest: Mapping[str, Any]) -> Iterator[Node]:
    """Models and seeds, each after what it reads."""
    nodes = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] in {"model", "seed"}}
    told: set[str] = set()

    def visit(key: str) -> Iterator[Node]:
        if key in nodes and key not in told:
            told.add(key)
            for parent in nodes[key].get("depends_on", {}).get("nodes", ()):
                yield from visit(parent)
            yield nodes[key]

    for key in nodes:
        yield from visit(key)


def _header(node: Node) -> tuple[str, ...]:
    with Path(PROJECT, node["original_file_path"]).open(encoding="utf-8-sig", newline="") as file:
        return tuple(next(csv.reader(file)))
