"""Where an expression stands in a query, and what is known there of the rows of every source. Not here: columns (query.py)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlglot import exp
from sqlglot.optimizer.scope import Scope

from orchestration.documentation.lineage.claim import Place, claims, equals, place_of
from orchestration.documentation.lineage.given import Given, Words

Known = dict[Place, Words]


@dataclass(frozen=True)
class Context:
    """Where an expression stands: its scope, what `where` and `on` say of all its rows, and what is known at this very place.

    `is_key`: see Origin; `keyed`: the sources of whose columns that is so.
    """

    scope: Scope
    base: Known
    known: Known
    is_key: bool = False
    keyed: frozenset[str] = frozenset()


def context_of(scope: Scope, outputs: Mapping[str, exp.Expr], given: Given) -> Context | None:
    """What is known of the rows of every source; null when no row can be as it is asked for."""
    base = _base(scope)
    pushed: list[tuple[Place, Words]] = []
    for name, words in given:
        expression = outputs.get(name)
        if expression is None:
            continue
        place = place_of(expression)
        if place:
            pushed.append((place, words))
        elif not words.fits(expression):
            return None
    known = None if base is None else narrowed(base, pushed)
    if base is None or known is None:
        return None
    return Context(scope, base, _spread(known, scope))


def _base(scope: Scope) -> Known | None:
    """What `where` says of all sources, and `on` of the one that it joins."""
    select = scope.expression
    said = list(claims(select.args["where"].this)) if select.args.get("where") else []
    for join in select.args.get("joins") or ():
        alias = join.this.alias_or_name
        said += [(place, words) for place, words in claims(join.args.get("on")) if not join.side or place[0] == alias]
    known = narrowed({}, said)
    return None if known is None else _spread(known, scope)


def _spread(known: Known, scope: Scope) -> Known:
    """What is known of a column is known of those that a join makes equal; from the right side of a left join nothing follows."""
    told = dict(known)
    for join in scope.expression.args.get("joins") or ():
        alias = join.this.alias_or_name
        for left, right in equals(join.args.get("on")):
            for one, other in ((left, right), (right, left)):
                if one in told and other not in told and (not join.side or other[0] == alias):
                    told[other] = told[one]
    return told


def narrowed(known: Known, said: Iterable[tuple[Place, Words]]) -> Known | None:
    """What is known with what is said beside it; null when both cannot be."""
    told: Known = dict(known)
    for place, words in said:
        told[place] = told[place].both(words) if place in told else words
        if told[place].is_impossible:
            return None
    return told


def counted_when(expression: exp.Expr | None) -> exp.Expr | None:
    """The test of `max(case when … then … end)` and its like, which leaves out rows that do not pass it; else null."""
    bare = expression
    while isinstance(bare, exp.Cast | exp.Paren):
        bare = bare.this
    case = bare.this if isinstance(bare, exp.AggFunc) else None
    if not isinstance(case, exp.Case) or case.this is not None or len(case.args["ifs"]) != 1:
        return None
    default = case.args.get("default")
    is_nothing = default is None or isinstance(default, exp.Null) or (isinstance(default, exp.Literal) and default.name == "0")
    return case.args["ifs"][0].this if is_nothing else None


def in_window(window: exp.Window, context: Context) -> Context:
    """Inside a window all its rows count: of what is asked for, only what is said of the columns that part it holds."""
    parted = {place_of(column) for column in window.args.get("partition_by") or ()}
    kept = {place: words for place, words in context.known.items() if place in parted or place in context.base}
    return replace(context, known=kept | {p: w for p, w in context.base.items() if p not in parted})
