"""What changed from the last version to this one, row by row: the feed for whoever keeps a copy of the tables.

Table `change`: `table`, `key` (the grain's value as text; of several columns a JSON list), `kind` (insert, update, delete),
`version` that brought the change, `at`. The rows since the oldest kept version are carried forward, so that a reader of any
kept version V finds all it missed in the rows of later versions. The first version has no predecessor, and so no rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import duckdb

from orchestration.publish.facts import TableFacts
from orchestration.publish.last_version import LastTable, LastVersion
from orchestration.publish.sql import quoted, text

CHANGE = "change"
GRAIN = ("table", "key", "version")
# Encrypted with new nonces in every run; the results of each run; and the feed itself: all of them would only be noise.
NOT_FED = frozenset({"resident_vault", "quality_result", "quality_score", CHANGE})
FRESH = "fresh_change"


def build_changes(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, TableFacts],
    last: LastVersion | None,
    *,
    version: str,
    at: datetime,
    since: str,
) -> None:
    """Make table `change`, sorted by its grain, beside the tables of this version.

    Args:
        connection: serving.duckdb of the new version, with its tables.
        tables: every table of the new version; one whose file is the same as before was not changed.
        last: the version before, or null.
        version: the name of the new one.
        at: when it is made, UTC.
        since: the oldest version that is kept; what brought it there is no longer told.
    """
    connection.execute(
        f'create temp table {FRESH} ("table" varchar, "key" varchar, kind varchar, version varchar, "at" timestamp)'
    )
    for table, differences in _differences(tables, last).items():
        stamp = f"{text(version)}, timestamp {text(at.astimezone(UTC).replace(tzinfo=None))}"
        connection.execute(f"insert into {FRESH} select {text(table)}, k, kind, {stamp} from ({differences})")
    if last and CHANGE in last.tables:
        carried = f"select * from read_parquet({text(last.tables[CHANGE].path)}) where version > {text(since)}"
        connection.execute(f"insert into {FRESH} by name {carried}")
    order = ", ".join(quoted(column) for column in GRAIN)
    connection.execute(f"create table {CHANGE} as select * from {FRESH} order by {order}")
    connection.execute(f"drop table {FRESH}")


def _differences(tables: Mapping[str, TableFacts], last: LastVersion | None) -> dict[str, str]:
    """SQL for key and kind of every changed row, by table; tables that are the same are left out."""
    if last is None:
        return {}
    found: dict[str, str] = {}
    for table in sorted({*tables, *last.tables} - NOT_FED):
        new, old = tables.get(table), last.tables.get(table)
        if new is None or old is None or new.grain != old.grain:
            gone = [_all_rows(_file(old), old.grain, "delete")] if old else []
            come = [_all_rows(quoted(table), new.grain, "insert")] if new else []
            found[table] = " union all ".join([*gone, *come])
        elif old.sha256 != new.sha256:
            found[table] = _changed_rows(table, new, old)
    return found


def _changed_rows(table: str, new: TableFacts, old: LastTable) -> str:
    """Rows that are only here, only there, or not the same; a column more or less makes every row another."""
    key = _key(old.grain)
    now = f"select {key} as k, {_hash(new.columns)} as h from {quoted(table)}"
    before = f"select {key} as k, {_hash(old.columns)} as h from {_file(old)}"
    kind = "case when old.k is null then 'insert' when new.k is null then 'delete' else 'update' end"
    return (
        f"select coalesce(new.k, old.k) as k, {kind} as kind from ({now}) as new full join ({before}) as old on new.k = old.k "
        "where new.h is distinct from old.h"
    )


def _hash(columns: Iterable[str]) -> str:
    """A row's values and their names as one number, whatever the order of the columns."""
    names = sorted(columns)
    return f"hash({', '.join(quoted(name) for name in names)}, {text(','.join(names))})"


def _all_rows(relation: str, grain: Sequence[str], kind: str) -> str:
    return f"select {_key(grain)} as k, {text(kind)} as kind from {relation}"


def _file(table: LastTable) -> str:
    return f"read_parquet({text(table.path)})"


def _key(grain: Sequence[str]) -> str:
    """The grain as one text."""
    values = [f"cast({quoted(column)} as varchar)" for column in grain]
    return values[0] if len(values) == 1 else f"cast(to_json([{', '.join(values)}]) as varchar)"
