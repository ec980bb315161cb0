"""What each Great Expectations type asks of a row, in DuckDB's SQL.

`tests/unit/expectations/test_same_as_gx.py` proves that the counts are those of Great Expectations itself.
A type that is not here cannot be used in a suite. Not here: the statement around the conditions (compiled/statement.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from expectations.suite.check import REFERENCE
from expectations.suite.expand import EITHER_MISSING, PARTS_ADD_UP

Kwargs = Mapping[str, Any]
PYTHON_END, DUCKDB_END = r"\Z", r"\z"  # the end of the text, however a language of patterns writes it


@dataclass(frozen=True)
class Condition:
    """Two SQL expressions over one row: does the claim speak of it, and does it hold there (null: it does not)."""

    considered: str
    good: str


def quoted(name: str) -> str:
    """A column or table name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A value as an SQL literal.

    Raises:
        TypeError: when a suite holds a value of another kind.
    """
    if isinstance(value, bool | int | float):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"timestamp '{value.replace(tzinfo=None).isoformat(' ')}'"
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise TypeError(f"a suite cannot compare with {type(value).__name__}; use a number, a text, a date or a time")


def _present(kwargs: Kwargs) -> str:
    return f"{quoted(kwargs['column'])} is not null"


def _not_null(kwargs: Kwargs) -> Condition:
    return Condition("true", _present(kwargs))


def _in_set(kwargs: Kwargs) -> Condition:
    values = ", ".join(literal(value) for value in kwargs["value_set"])
    return Condition(_present(kwargs), f"{quoted(kwargs['column'])} in ({values})")


def _regex(kwargs: Kwargs) -> Condition:
    pattern = str(kwargs["regex"]).replace(PYTHON_END, DUCKDB_END)
    return Condition(_present(kwargs), f"regexp_matches({quoted(kwargs['column'])}, {literal(pattern)})")


def _not_regex(kwargs: Kwargs) -> Condition:
    return Condition(_present(kwargs), f"not {_regex(kwargs).good}")


def _between(kwargs: Kwargs) -> Condition:
    column = quoted(kwargs["column"])
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    sides = [] if low is None else [f"{column} {'>' if kwargs.get('strict_min') else '>='} {literal(low)}"]
    sides += [] if high is None else [f"{column} {'<' if kwargs.get('strict_max') else '<='} {literal(high)}"]
    return Condition(_present(kwargs), " and ".join(sides))


def _pair(comparison: str, kwargs: Kwargs) -> Condition:
    left, right = quoted(kwargs["column_A"]), quoted(kwargs["column_B"])
    word = "and" if kwargs.get("ignore_row_if") == EITHER_MISSING else "or"
    return Condition(f"({left} is not null {word} {right} is not null)", f"{left} {comparison} {right}")


def _greater(kwargs: Kwargs) -> Condition:
    return _pair(">=" if kwargs.get("or_equal") else ">", kwargs)


def _equal(kwargs: Kwargs) -> Condition:
    return _pair("=", kwargs)


def _parts(kwargs: Kwargs) -> Condition:
    total, *parts = (quoted(name) for name in kwargs["column_list"])
    return Condition(f"not ({' and '.join(f'{name} is null' for name in (total, *parts))})", f"{total} = {' + '.join(parts)}")


def _reference(kwargs: Kwargs) -> Condition:
    columns, keys = kwargs["column_list"], kwargs["other_columns"]
    considered = " and ".join(f"{quoted(name)} is not null" for name in columns)
    row = ", ".join(quoted(name) for name in columns)
    other = ", ".join(quoted(name) for name in keys)
    return Condition(considered, f"({row}) in (select ({other}) from {quoted(kwargs['other_table'])})")


CONDITIONS: Mapping[str, Callable[[Kwargs], Condition]] = {
    "expect_column_values_to_not_be_null": _not_null,
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_values_to_match_regex": _regex,
    "expect_column_values_to_not_match_regex": _not_regex,
    "expect_column_values_to_be_between": _between,
    "expect_column_pair_values_a_to_be_greater_than_b": _greater,
    "expect_column_pair_values_to_be_equal": _equal,
    PARTS_ADD_UP: _parts,
    REFERENCE: _reference,
}
