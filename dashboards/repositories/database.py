"""Read-only connections to serving databases, shut against files, network and settings. Not here: who may read (reader.py)."""

import re
import threading
from collections import OrderedDict
from pathlib import Path

import duckdb
import polars as pl

# A new version leaves readers of the one before undisturbed; older ones are closed.
_KEPT = 2
_PARAMETER = re.compile(r"\$\w+")
_SHUT: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}


class ServingDatabase:
    """One version's serving.duckdb; safe to use from many threads."""

    def __init__(self, path: Path) -> None:
        self._connection = duckdb.connect(str(path), read_only=True, config=_SHUT)
        rows = self._connection.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'main' order by ordinal_position"
        ).fetchall()
        self.columns: dict[str, list[str]] = {}
        for table, column in rows:
            self.columns.setdefault(table, []).append(column)

    def tables_named(self, sql: str) -> set[str]:
        """Tables a statement reads, with a schema where it names one."""
        bare = _PARAMETER.sub("null", sql)  # DuckDB names the tables of whole statements only
        with self._connection.cursor() as cursor:
            return {name.split(" AS ")[0].strip('"') for name in cursor.get_table_names(bare, qualified=True)}

    def query(self, sql: str, parameters: dict[str, object]) -> pl.DataFrame:
        """Run one statement on its own cursor."""
        with self._connection.cursor() as cursor:
            return pl.DataFrame(cursor.sql(sql, params=parameters))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


_open: OrderedDict[Path, ServingDatabase] = OrderedDict()
_lock = threading.Lock()


def open_database(path: Path) -> ServingDatabase:
    """The process's one connection to this file."""
    with _lock:
        if path not in _open:
            _open[path] = ServingDatabase(path)
        _open.move_to_end(path)
        while len(_open) > _KEPT:
            _open.popitem(last=False)[1].close()
        return _open[path]
