"""A few of the rows that break a claim, by their keys, shortened so that none is told whole.

Not here: counting them (measure.py).
"""

from collections.abc import Sequence

import duckdb

from expectations.compiled.condition import CONDITIONS, quoted
from expectations.compiled.statement import Parameters, resolve_parameters
from expectations.suite.check import Check

MOST, HEAD, TAIL = 3, 4, 2  # rows; signs of a key that are shown at its two ends


def sample(connection: duckdb.DuckDBPyConnection, check: Check, grain: Sequence[str], parameters: Parameters) -> list[str]:
    """Shortened keys of some rows that break a claim about single rows; none for claims about the whole table."""
    if check.expectation not in CONDITIONS:
        return []
    condition = CONDITIONS[check.expectation](resolve_parameters(check.kwargs, parameters))
    columns = ", ".join(f"cast({quoted(name)} as varchar)" for name in grain)
    found = connection.execute(
        f"select {columns} from {quoted(check.dataset)} where {condition.considered} and not coalesce({condition.good}, false) "
        f"order by {columns} limit {MOST}"
    ).fetchall()
    return [" · ".join(shortened(value) for value in row) for row in found]


def shortened(key: str | None) -> str:
    """The two ends of a key; of a short one its first sign."""
    text = key or "∅"
    return f"{text[:HEAD]}…{text[-TAIL:]}" if len(text) > HEAD + TAIL + 2 else f"{text[:1]}…"
