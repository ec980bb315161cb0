"""One compiled query: of which columns of which relations an output column is made, and which columns decide its rows.

Value: the columns in the expression, with the tests of its `case`. What only counts rows is made of what decides its rows.
Row: columns of `where`, `group by`, `having`, `qualify`, of windows and of joins. A left join decides nothing unless a column of
its right side is used (its key is taken to be unique there), and then what decides the rows of that side is followed from that
column, not from the key. Not here: the way over several models (graph.py).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

from orchestration.documentation.lineage.claim import claims, place_of
from orchestration.documentation.lineage.context import Context, context_of, counted_when, in_window, narrowed
from orchestration.documentation.lineage.given import NOTHING, Given, Words
from orchestration.documentation.lineage.origin import Origin, Role

DIALECT = "duckdb"


class UnresolvedError(Exception):
    """The query cannot be read column by column; the message says what stood in the way."""


class Query:
    """A query over relations whose columns are known."""

    def __init__(self, sql: str, columns: Mapping[str, Iterable[str]]) -> None:
        """Read the query.

        Raises:
            UnresolvedError: it cannot be parsed, or a column in it belongs to nothing.
        """
        try:
            tree = parse_one(sql, dialect=DIALECT)
            for table in tree.find_all(exp.Table):
                table.set("db", None)
                table.set("catalog", None)
            schema: dict[str, object] = {relation: dict.fromkeys(names, "text") for relation, names in columns.items()}
            tree = qualify(tree, dialect=DIALECT, schema=schema, validate_qualify_columns=False, quote_identifiers=False)
            scope = build_scope(_unions_named(tree))
        except SqlglotError as error:
            raise UnresolvedError(str(error)) from error
        if scope is None or not isinstance(scope.expression, exp.Query):
            raise UnresolvedError("it is no query")
        self._scope = scope
        self._found: dict[tuple[int, str | None, Given, bool], frozenset[Origin]] = {}
        self.columns: tuple[str, ...] = tuple(scope.expression.named_selects)

    def origins(self, column: str | None, given: Given = NOTHING, *, is_key: bool = False) -> frozenset[Origin]:
        """Of what an output column (null: the rows) is made, for rows of which something is known; of a key without its rows.

        Raises:
            UnresolvedError: something on the way cannot be read.
        """
        return self._follow(self._scope, column, given, is_key=is_key)

    def _follow(self, scope: Scope, column: str | None, given: Given, *, is_key: bool) -> frozenset[Origin]:
        key = (id(scope), column, given, is_key)
        if key not in self._found:
            self._found[key] = frozenset()  # what asks for itself adds nothing
            self._found[key] = frozenset(self._of_scope(scope, column, given, is_key=is_key))
        return self._found[key]

    def _of_scope(self, scope: Scope, column: str | None, given: Given, *, is_key: bool) -> Iterator[Origin]:
        if scope.set_operation_scopes:
            yield from self._of_union(scope, column, given, is_key=is_key)
        elif isinstance(scope.expression, exp.Select):
            yield from self._of_select(scope, column, given, is_key=is_key)
        elif isinstance(scope.expression, exp.UDTF):
            yield from self._columns(scope.expression, Context(scope, {}, {}), Role.VALUE)
        else:
            raise UnresolvedError(f"nothing is known of {type(scope.expression).__name__}")

    def _of_union(self, scope: Scope, column: str | None, given: Given, *, is_key: bool) -> Iterator[Origin]:
        """Every part of a union; they bear the names of the first."""
        for part in scope.set_operation_scopes:
            yield from self._follow(part, column, given, is_key=is_key)

    def _of_select(self, scope: Scope, column: str | None, given: Given, *, is_key: bool) -> Iterator[Origin]:
        outputs = {each.alias_or_name: each.unalias() for each in _query(scope.expression).selects}
        context = context_of(scope, outputs, given)
        if context is None:
            return
        if column is not None and column not in outputs:
            raise UnresolvedError(f"it has no column {column}")
        expression = None if column is None else outputs[column]
        known = narrowed(context.known, claims(counted_when(expression)))
        if known is None:
            return
        context = replace(context, known=known, is_key=is_key)
        value = set(self._columns(expression, context, Role.VALUE)) if expression else set[Origin]()
        yield from value
        if is_key:
            return
        rows = set(self._rows(context, {each.table for each in expression.find_all(exp.Column)} if expression else set()))
        is_count = expression is not None and not value and expression.find(exp.AggFunc) is not None
        yield from ({replace(origin, role=Role.VALUE) for origin in rows} if is_count else rows)

    def _rows(self, context: Context, used: set[str]) -> Iterator[Origin]:
        """What decides which rows there are; of left joins those whose right side is used."""
        select = context.scope.expression
        conditions = [select.args[name] for name in ("where", "group", "having", "qualify") if select.args.get(name)]
        sources = [select.args["from_"].this.alias_or_name] if select.args.get("from_") else []
        joins, keyed = list(select.args.get("joins") or ()), frozenset[str]()
        known = set(used).union(*({column.table for column in each.find_all(exp.Column)} for each in conditions))
        while waiting := [join for join in joins if not join.side or join.this.alias_or_name in known]:
            joins = [join for join in joins if join not in waiting]
            sources += [join.this.alias_or_name for join in waiting if not join.side]
            keyed |= {join.this.alias_or_name for join in waiting if join.side}
            tests = [join.args["on"] for join in waiting if join.args.get("on")]
            conditions += tests
            known |= {column.table for test in tests for column in test.find_all(exp.Column)}
        for condition in conditions:
            yield from self._columns(condition, replace(context, keyed=keyed), Role.ROW)
        for source in sources:
            yield from self._of_source(context, source, None, Role.ROW)

    def _columns(self, expression: exp.Expr, context: Context, role: Role) -> Iterator[Origin]:
        """Every column in an expression, with what its place tells of it."""
        ways: Mapping[type[exp.Expr], Callable[[Any, Context, Role], Iterator[Origin]]] = {
            exp.Column: self._of_column,
            exp.Query: self._of_subquery,
            exp.Case: self._of_case,
            exp.Window: self._of_window,
            exp.ArrayContains: self._of_list,
        }
        way = next((found for kind, found in ways.items() if isinstance(expression, kind)), self._of_parts)
        yield from way(expression, context, role)

    def _of_parts(self, expression: exp.Expr, context: Context, role: Role) -> Iterator[Origin]:
        for part in expression.iter_expressions():
            yield from self._columns(part, context, role)

    def _of_list(self, test: exp.ArrayContains, context: Context, role: Role) -> Iterator[Origin]:
        """Of a list that is asked for one word, what puts that word into it."""
        place, word = place_of(test.this), test.expression
        if place and isinstance(word, exp.Literal):
            context = replace(context, known=context.known | {place: Words(frozenset({word.name}))})
        yield from self._of_parts(test, context, role)

    def _of_window(self, window: exp.Window, context: Context, role: Role) -> Iterator[Origin]:
        inside, parts = in_window(window, context), [each for each in window.iter_expressions() if each is not window.this]
        yield from self._columns(window.this, inside, role)
        for part in parts:
            yield from self._columns(part, inside, max(role, Role.ROW))

    def _of_case(self, case: exp.Case, context: Context, role: Role) -> Iterator[Origin]:
        for part in (case.this, case.args.get("default")):
            if part is not None:
                yield from self._columns(part, context, role)
        for branch in case.args["ifs"]:
            known = narrowed(context.known, claims(branch.this))
            if known is not None:
                within = replace(context, known=known)
                yield from self._columns(branch.this, within, role)
                yield from self._columns(branch.args["true"], within, role)

    def _of_subquery(self, query: exp.Query, context: Context, role: Role) -> Iterator[Origin]:
        inner = _query(query.unnest())
        scope = next((each for each in context.scope.subquery_scopes if each.expression.unnest() is inner), None)
        if scope is None:
            raise UnresolvedError("a query inside an expression is out of reach")
        for name in inner.named_selects:
            yield from (_as(role, found) for found in self._follow(scope, name, NOTHING, is_key=False))

    def _of_column(self, column: exp.Column, context: Context, role: Role) -> Iterator[Origin]:
        if not column.table:
            if column.find_ancestor(exp.Lambda):  # the name that a lambda gives to what it is handed
                return
            raise UnresolvedError(f"the column {column.name} belongs to nothing")
        yield from self._of_source(context, column.table, column.name, role)

    def _of_source(self, context: Context, alias: str, column: str | None, role: Role) -> Iterator[Origin]:
        scope: Scope | None = context.scope
        while scope is not None and alias not in scope.sources:
            scope = scope.parent
        if scope is None:
            raise UnresolvedError(f"nothing is called {alias}")
        source = scope.sources[alias]
        given = frozenset((name, words) for (table, name), words in context.known.items() if table == alias)
        is_key = context.is_key or alias in context.keyed
        if isinstance(source, Scope):
            yield from (_as(role, found) for found in self._follow(source, column, given, is_key=is_key))
        elif isinstance(source.this, exp.Func):
            yield from self._columns(source.this, replace(context, scope=scope), role)
        else:
            yield Origin(source.name, column, given, role, is_key)


def _unions_named(tree: exp.Expr) -> exp.Expr:
    """The tree in which every part of a union calls its columns as the first one does; they are told by their places."""
    for union in tree.find_all(exp.SetOperation):
        names = union.named_selects
        for part in (union.left, union.right):
            if isinstance(part, exp.Select):
                part.set("expressions", [exp.alias_(e.unalias(), n) for e, n in zip(part.selects, names, strict=True)])
    return tree


def _query(expression: exp.Expr) -> exp.Query:
    """The expression, which is a query; raises UnresolvedError when it is none."""
    if not isinstance(expression, exp.Query):
        raise UnresolvedError(f"{type(expression).__name__} is no query")
    return expression


def _as(role: Role, found: Origin) -> Origin:
    """What was found behind a column that does this."""
    return replace(found, role=max(role, found.role))
