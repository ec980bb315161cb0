"""This version's tables against the last published ones: what fell away, and how many identities moved.

A comparison is made only with a version of an as-of date that is not later; looking back in time may well find fewer
people. Not here: how much is too much (expectations/history.yaml).
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from expectations.compiled.condition import literal, quoted
from expectations.compiled.measure import Measurement
from expectations.history.limits import Churn, Fall, Limit, Limits
from expectations.history.usual import usual_figures
from expectations.suite.check import CRITICAL, WARNING, Check

Count = Callable[[Check], Measurement]


def compare(connection: duckdb.DuckDBPyConnection, last: Path | None, as_of: date, limits: Limits) -> list[Measurement]:
    """One measurement a limit and a figure that has a history; none when there is nothing to compare with.

    Args:
        connection: sees this version's tables.
        last: folder of the last published version, or null.
        as_of: the date of this version.
        limits: how much may change.
    """
    if last is None or not _is_comparable(last, as_of):
        return []
    found = [_count(_check(fall, "fall", limits.owner), partial(_fall, connection, last, fall)) for fall in limits.falls]
    found.append(_count(_check(limits.churn, "churn", limits.owner), partial(_churn, connection, last, limits.churn)))
    return [*found, *usual_figures(connection, last, limits.usual, limits.owner)]


def _is_comparable(last: Path, as_of: date) -> bool:
    """Whether the last version stands and speaks of the same day or an earlier one."""
    try:
        manifest = json.loads((last / "manifest.json").read_text(encoding="utf-8"))
        return date.fromisoformat(manifest["as_of"]) <= as_of
    except (OSError, ValueError, KeyError):
        return False


def _check(limit: Limit, kind: str, owner: str) -> Check:
    return Check(
        code=f"{limit.table}.{kind}",
        dataset=limit.table,
        expectation=f"{kind}_against_last_version",
        kwargs={},
        severity=CRITICAL,
        tolerance=limit.max_share,
        dimension="一致性",
        owner=owner,
        claim_zh=limit.claim_zh,
        claim_en=limit.claim_en,
        debug_step=limit.debug,
    )


def _count(check: Check, count: Count) -> Measurement:
    """A damaged last version is a warning, or nothing could ever be published again."""
    try:
        return count(check)
    except duckdb.CatalogException:
        return Measurement(check, problem="a table of this version is absent")
    except duckdb.Error as error:
        return Measurement(
            replace(check, severity=WARNING),
            problem=f"the last version cannot be read ({type(error).__name__}): run yidang verify",
        )


def _fall(connection: duckdb.DuckDBPyConnection, last: Path, fall: Fall, check: Check) -> Measurement:
    """Rows lost, of which the note names the feed that lost most; to lose all is too much, however few they were."""
    before = _rows(connection, _old(last, fall.table))
    now = _rows(connection, quoted(fall.table))
    lost = max(0, before - now)
    slack = fall.min_rows if now else 0
    return Measurement(check, before, lost, slack=slack, note=_loser(connection, last, fall) if lost > slack else None)


def _loser(connection: duckdb.DuckDBPyConnection, last: Path, fall: Fall) -> str | None:
    """The feed that lost the most source records, in words; null when none did."""
    feeds = "select source_system || '.' || source_entity as feed, count(*) as n from {} group by all"
    rows = connection.execute(
        f"with before as ({feeds.format(_old(last, fall.sources))}), after as ({feeds.format(quoted(fall.sources))}) "
        "select feed, before.n, coalesce(after.n, 0) from before left join after using (feed) "
        "order by before.n - coalesce(after.n, 0) desc, feed limit 1"
    ).fetchall()
    row = rows[0] if rows else None
    return f"{row[0]} went from {row[1]:,} to {row[2]:,} records" if row and row[1] > row[2] else None


def _churn(connection: duckdb.DuckDBPyConnection, last: Path, churn: Churn, check: Check) -> Measurement:
    """Identities that were merged or split since the last version."""
    reasons = ", ".join(literal(reason) for reason in churn.reasons)
    new = f"select distinct old_resident_id, resident_id from {{}} where reason in ({reasons})"
    moved = _rows(connection, f"({new.format(quoted(churn.table))} except {new.format(_old(last, churn.table))})")
    return Measurement(check, _rows(connection, _old(last, churn.population)), moved, slack=churn.min_rows)


def _old(last: Path, table: str) -> str:
    """A table of the last version, as SQL."""
    return f"read_parquet({literal(str(last / 'tables' / f'{table}.parquet'))})"


def _rows(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(connection.execute(f"select count(*) from {relation}").fetchall()[0][0])
