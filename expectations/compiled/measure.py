"""Runs a compiled suite, and says of each check what was counted or why it could not be.

Not here: whether a count is good enough (compiled/judge.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from expectations.compiled.condition import quoted
from expectations.compiled.statement import COMPILABLE, Parameters, compile_statement
from expectations.suite.check import COLUMNS_PRESENT, REFERENCE, ROW_COUNT, Check, Suite

WHOLE_TABLE = frozenset({COLUMNS_PRESENT, ROW_COUNT})


@dataclass(frozen=True)
class Figure:
    """A figure beside its range; null bounds are none. `history`: from how many earlier ones the range is; null: set by hand."""

    observed: float | None
    least: float | None
    most: float | None
    history: int | None


@dataclass(frozen=True)
class Measurement:
    """What one check found.

    Attributes:
        check: the claim.
        checked: rows the claim speaks of.
        unexpected: rows that break it.
        problem: why it could not be counted; null when it was. A check that was not counted has not passed.
        slack: so many rows may always break it, however small the share that is tolerated.
        note: what is known of the cause; null when nothing is.
        figure: what was measured beside what is usual; null: the share of rows that break the claim.
    """

    check: Check
    checked: int = 0
    unexpected: int = 0
    problem: str | None = None
    slack: int = 0
    note: str | None = None
    figure: Figure | None = None

    @property
    def has_run(self) -> bool:
        """Whether there was a row to look at; what could not be counted is no matter of rows, and has failed."""
        return self.problem is not None or self.checked > 0 or self.unexpected > 0

    @property
    def told(self) -> Figure:
        """What was measured: its own figure, or the share of rows that break the claim beside the share that may."""
        if self.figure is not None:
            return self.figure
        most = max(self.check.tolerance, self.slack / self.checked) if self.checked else self.check.tolerance
        return Figure(self.unexpected / self.checked if self.checked else None, None, most, None)


def measure(connection: duckdb.DuckDBPyConnection, suite: Suite, parameters: Parameters) -> list[Measurement]:
    """Count every check of a suite, in one scan when nothing is wrong with the table."""
    present = columns_of(connection, suite.table)
    if not present:
        return [Measurement(check, problem=f"table {suite.table} is absent") for check in suite.checks]
    checks = [replace(check, column_count=len(present)) for check in suite.checks]
    problems = {check.code: _obstacle(connection, check, present) for check in checks}
    able = [check for check in checks if problems[check.code] is None]
    counted = {found.check.code: found for found in _count(connection, suite.table, able, parameters, present)}
    return [counted.get(check.code) or Measurement(check, problem=problems[check.code]) for check in checks]


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    """The columns of a table or view; empty when it is not there."""
    rows = connection.execute("select column_name from information_schema.columns where table_name = ?", [table]).fetchall()
    return frozenset(str(row[0]) for row in rows)


def _obstacle(connection: duckdb.DuckDBPyConnection, check: Check, present: frozenset[str]) -> str | None:
    """Why a check cannot be counted, if that can be seen beforehand."""
    if check.expectation not in COMPILABLE:
        return f"{check.expectation} cannot be compiled to SQL"
    if check.expectation in WHOLE_TABLE:
        return None
    if missing := [name for name in check.columns if name not in present]:
        return f"column {missing[0]} is missing"
    if check.expectation == REFERENCE:
        other = columns_of(connection, check.kwargs["other_table"])
        missing = [name for name in check.kwargs["other_columns"] if name not in other]
        return f"column {missing[0]} of {check.kwargs['other_table']} is missing" if missing else None
    return None


def _count(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    checks: Sequence[Check],
    parameters: Parameters,
    present: frozenset[str],
) -> list[Measurement]:
    """Count all checks in one statement; when it fails, each alone, so that one bad check does not silence the others."""
    if not checks:
        return []
    try:
        row = connection.execute(compile_statement(table, checks, parameters, present)).fetchall()[0]
    except (duckdb.Error, KeyError, TypeError) as error:
        if len(checks) > 1:
            return [found for check in checks for found in _count(connection, table, [check], parameters, present)]
        return [Measurement(checks[0], problem=_first_line(error))]
    return [Measurement(check, int(row[2 * n]), int(row[2 * n + 1])) for n, check in enumerate(checks)]


def _first_line(error: Exception) -> str:
    """The kind of an error, without the values that DuckDB puts into its messages."""
    if isinstance(error, KeyError):
        return f"unknown parameter or type {error}"
    return f"the warehouse answered {type(error).__name__}"


def register_file(connection: duckdb.DuckDBPyConnection, table: str, path: str) -> None:
    """Let a Parquet file stand as a table for the length of the connection."""
    escaped = path.replace("'", "''")
    connection.execute(f"create or replace temp view {quoted(table)} as select * from read_parquet('{escaped}')")
