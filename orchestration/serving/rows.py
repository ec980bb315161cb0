"""Brings the rows of one table in PostgreSQL from one Parquet file to another: only those that differ are sent.

Rows are deleted and inserted, never truncated: whoever reads goes on reading the version before until the commit.
Not here: which tables and versions (load.py), or their columns (structure.py).
"""

import tempfile
from pathlib import Path
from typing import Any

import duckdb
from psycopg import Connection, sql

from orchestration.publish.sql import quoted, text
from orchestration.serving.plan import Table
from orchestration.serving.rights import SCHEMA
from orchestration.serving.served import Sent

CHUNK = 1 << 20
MEMORY = "1GB"


def bring_rows(connection: Connection[Any], table: Table, old: Path | None, new: Path, rows: int) -> Sent:
    """Make a table hold exactly the rows of `new`.

    Args:
        connection: inside the transaction of the whole version.
        table: its columns and grain.
        old: the file whose rows stand there now; null: not known, so all rows are sent.
        new: the file whose rows shall stand there.
        rows: how many rows `new` has; where another number results, all rows are sent.
    """
    with duckdb.connect() as memory, tempfile.TemporaryDirectory() as folder:
        memory.execute(f"set memory_limit = '{MEMORY}'; set temp_directory = {text(Path(folder) / 'spill')}")
        if old is not None and _differ(memory, table, old, new):
            sent = _send_difference(connection, memory, table, Path(folder))
            standing = connection.execute(sql.SQL("select count(*) from {}").format(_place(table))).fetchall()[0][0]
            if standing == rows:
                return sent
        deleted = connection.execute(sql.SQL("delete from {}").format(_place(table))).rowcount
        everything = _select(_names(table), f"read_parquet({text(new)})")
        return Sent(deleted, _copy(connection, memory, everything, _into(_place(table), _names(table)), Path(folder)))


def _differ(memory: duckdb.DuckDBPyConnection, table: Table, old: Path, new: Path) -> bool:
    """Tell the difference as two tables, `gone` and `come`; false: it cannot be told by the grain, or is most of the table."""
    before, after = (f"(from read_parquet({text(path)}))" for path in (old, new))
    columns = [tuple(row[:2] for row in memory.execute(f"describe {side}").fetchall()) for side in (before, after)]
    if columns[0] != columns[1]:
        return False
    grain = ", ".join(map(quoted, table.grain))
    memory.execute(f"create table gone as select {grain} from ({before} except all {after})")
    memory.execute(f"create table come as ({after} except all {before})")
    nameless = " or ".join(f"{quoted(column)} is null" for column in table.grain)
    counts = f"select (select count(*) from gone), (select count(*) from gone where {nameless}), (select count(*) from {after})"
    gone, unnamed, total = memory.execute(counts).fetchall()[0]
    return bool(unnamed == 0 and gone * 2 <= total)


def _send_difference(connection: Connection[Any], memory: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> Sent:
    """Take out what is gone or has changed, put in what has come or has changed."""
    aside = sql.Identifier(f"gone_{table.name}")
    kinds = {column.name: column.type for column in table.columns}
    columns = sql.SQL(", ").join(sql.Identifier(name) + sql.SQL(" " + kinds[name]) for name in table.grain)
    connection.execute(sql.SQL("create temp table {} ({}) on commit drop").format(aside, columns))
    _copy(connection, memory, _select(list(table.grain), "gone"), _into(aside, list(table.grain)), folder)
    connection.execute(sql.SQL("analyze {}").format(aside))
    same = sql.SQL(" and ").join(
        sql.SQL("here.{} = gone.{}").format(sql.Identifier(name), sql.Identifier(name)) for name in table.grain
    )
    delete = sql.SQL("delete from {} as here using {} as gone where {}").format(_place(table), aside, same)
    deleted = connection.execute(delete).rowcount
    come = _select(_names(table), "come")
    return Sent(deleted, _copy(connection, memory, come, _into(_place(table), _names(table)), folder))


def _copy(
    connection: Connection[Any], memory: duckdb.DuckDBPyConnection, query: str, statement: sql.Composed, folder: Path
) -> int:
    """Send the rows of a query by COPY; every value is quoted, so that an empty text stays apart from null."""
    path = folder / "rows.csv"
    count = memory.execute(f"copy ({query}) to {text(path)} (format csv, header false, force_quote *)").fetchall()[0][0]
    with path.open("rb") as file, connection.cursor() as cursor, cursor.copy(statement) as copy:
        while chunk := file.read(CHUNK):
            copy.write(chunk)
    path.unlink()
    return int(count)


def _select(columns: list[str], relation: str) -> str:
    return f"select {', '.join(map(quoted, columns))} from {relation}"


def _into(place: sql.Identifier, columns: list[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("copy {} ({}) from stdin (format csv)").format(place, names)


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _place(table: Table) -> sql.Identifier:
    return sql.Identifier(SCHEMA, table.name)
