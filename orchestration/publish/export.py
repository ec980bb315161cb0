"""Writes tables into serving.duckdb and, from there, into one Parquet file each: the same rows in, the same bytes out.

Rows are sorted once, by their grain. There are no indexes: they cost space, and readers of columns do not need them.
Not here: which tables there are (publish.py), or what changed in them (change.py).
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import polars as pl

from orchestration.publish.sql import quoted, text

ROW_GROUP = 122_880
MEMORY = "2GB"
WAREHOUSE = "warehouse"
SPILL = ".spill"


def open_serving(serving: Path, database: Path) -> duckdb.DuckDBPyConnection:
    """A new serving.duckdb, with the warehouse attached read-only; what does not fit into memory spills beside it."""
    connection = duckdb.connect(str(serving))
    spill = serving.with_name(SPILL)
    connection.execute(f"set memory_limit = '{MEMORY}'; set preserve_insertion_order = true; set temp_directory = {text(spill)}")
    connection.execute(f"attach {text(database)} as {WAREHOUSE} (read_only)")
    return connection


def copy_model(connection: duckdb.DuckDBPyConnection, table: str, grain: Sequence[str]) -> None:
    """Take a table over from the warehouse, sorted by its grain."""
    _create(connection, table, f"{WAREHOUSE}.main.{quoted(table)}", grain)


def copy_frame(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame, grain: Sequence[str]) -> None:
    """Take a table over from Python, sorted by its grain."""
    connection.register("incoming", frame.to_arrow())
    _create(connection, table, "incoming", grain)
    connection.unregister("incoming")


def write_parquet(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """Write a table of serving.duckdb as it stands there; row groups and compression never depend on the machine."""
    connection.execute(
        f"copy (select * from {quoted(table)}) to {text(path)} (format parquet, compression zstd, row_group_size {ROW_GROUP})"
    )


def _create(connection: duckdb.DuckDBPyConnection, table: str, relation: str, grain: Sequence[str]) -> None:
    order = ", ".join(f"{quoted(column)} nulls first" for column in grain)
    connection.execute(f"create table {quoted(table)} as select * from {relation} order by {order}")
