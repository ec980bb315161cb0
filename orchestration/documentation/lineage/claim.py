"""Which words a condition of a query lets a column hold: `a.kind = 'lives'`, `a.kind in (…)`, `a.kind <> 'HJDZ'`.

What is put together by `or`, and all other tests, tell nothing here: the column is then followed with more than it may hold.
"""

from collections.abc import Iterator

from sqlglot import exp

from orchestration.documentation.lineage.given import Words

Place = tuple[str, str]  # alias of a source and a column of it


def place_of(column: exp.Expr) -> Place | None:
    """The source and name of a plain column; null for anything else."""
    return (column.table, column.name) if isinstance(column, exp.Column) and column.table else None


def conjuncts(condition: exp.Expr | None) -> Iterator[exp.Expr]:
    """The tests that must all hold."""
    if isinstance(condition, exp.Paren):
        yield from conjuncts(condition.this)
    elif isinstance(condition, exp.And):
        yield from conjuncts(condition.left)
        yield from conjuncts(condition.right)
    elif condition is not None:
        yield condition


def claims(condition: exp.Expr | None) -> Iterator[tuple[Place, Words]]:
    """Columns of which the condition says which words they may hold."""
    for test in conjuncts(condition):
        found = _claim(test)
        if found:
            yield found


def equals(condition: exp.Expr | None) -> Iterator[tuple[Place, Place]]:
    """Pairs of columns that hold the same."""
    for test in conjuncts(condition):
        if isinstance(test, exp.EQ):
            left, right = place_of(test.left), place_of(test.right)
            if left and right:
                yield left, right


def _claim(test: exp.Expr) -> tuple[Place, Words] | None:
    if isinstance(test, exp.EQ | exp.NEQ):
        place = place_of(test.left)
        if place and isinstance(test.right, exp.Literal):
            return place, Words(frozenset({test.right.name}), is_denied=isinstance(test, exp.NEQ))
    if isinstance(test, exp.In) and test.expressions and all(isinstance(word, exp.Literal) for word in test.expressions):
        place = place_of(test.this)
        return (place, Words(frozenset(word.name for word in test.expressions))) if place else None
    return None
