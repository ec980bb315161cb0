"""A suite as one DuckDB statement: one scan of the table, one row of counts.

Column `checked_<n>` counts the rows that check n speaks of, `unexpected_<n>` those that break it.
Not here: what each type asks of a row (compiled/condition.py), or the running of the statement (compiled/measure.py).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from expectations.compiled.condition import CONDITIONS, literal, quoted
from expectations.suite.check import COLUMNS_PRESENT, ROW_COUNT, Check

Parameters = Mapping[str, object]


def compile_statement(table: str, checks: Sequence[Check], parameters: Parameters, present: frozenset[str]) -> str:
    """The statement for checks whose columns are all there.

    Args:
        table: the table to scan.
        checks: what to count, in the order of the numbers in the result's column names.
        parameters: values of `$PARAMETER` arguments, for example `as_of`.
        present: the columns the table has.

    Raises:
        KeyError: when a check has a type that cannot be compiled, or names an unknown parameter.
    """
    counts = (_counts(table, check, parameters, present) for check in checks)
    columns = [f"{checked} as checked_{n}, {unexpected} as unexpected_{n}" for n, (checked, unexpected) in enumerate(counts)]
    return f"select {', '.join([*columns, 'count(*) as rows'])} from {quoted(table)}"


def _counts(table: str, check: Check, parameters: Parameters, present: frozenset[str]) -> tuple[str, str]:
    """SQL for the number of rows a check speaks of, and of those that break it."""
    kwargs = resolve_parameters(check.kwargs, parameters)
    if check.expectation == COLUMNS_PRESENT:
        promised = set(kwargs["column_set"])
        return str(len(promised)), str(len(promised - present))
    if special := SPECIAL.get(check.expectation):
        return special(table, kwargs)
    condition = CONDITIONS[check.expectation](kwargs)
    checked = f"count(*) filter (where {condition.considered})"
    return checked, f"count(*) filter (where {condition.considered} and not coalesce({condition.good}, false))"


def resolve_parameters(kwargs: Mapping[str, Any], parameters: Parameters) -> dict[str, Any]:
    """Arguments with the value of the run in the place of `{"$PARAMETER": name}`.

    Raises:
        KeyError: when the run has no such parameter.
    """
    return {
        name: parameters[str(value["$PARAMETER"])] if isinstance(value, dict) and "$PARAMETER" in value else value
        for name, value in kwargs.items()
    }


def _unique(table: str, kwargs: Mapping[str, Any]) -> tuple[str, str]:
    """Every row of a key that stands twice counts, as Great Expectations counts it."""
    names = [quoted(name) for name in kwargs.get("column_list", [kwargs.get("column")])]
    present = f"({' or '.join(f'{name} is not null' for name in names)})"
    repeated = f"select count(*) as n from {quoted(table)} where {present} group by {', '.join(names)} having count(*) > 1"
    return f"count(*) filter (where {present})", f"(select coalesce(sum(n), 0) from ({repeated}))"


def _row_count(_table: str, kwargs: Mapping[str, Any]) -> tuple[str, str]:
    """How many rows are missing from, or too many for, the bounds."""
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    sides = ["0"]
    sides += [] if low is None else [f"{literal(low)} - count(*)"]
    sides += [] if high is None else [f"count(*) - {literal(high)}"]
    return "count(*)", f"greatest({', '.join(sides)})"


SPECIAL: Mapping[str, Callable[[str, Mapping[str, Any]], tuple[str, str]]] = {
    "expect_column_values_to_be_unique": _unique,
    "expect_compound_columns_to_be_unique": _unique,
    ROW_COUNT: _row_count,
}
COMPILABLE = frozenset({*CONDITIONS, *SPECIAL, COLUMNS_PRESENT})
