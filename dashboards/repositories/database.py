"""Read-only connections to serving databases, shut against files, network and settings. Not here: who may read (reader.py)."""

import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from dashboards.repositories.published import NoVersionError

# A new version leaves readers of the one before undisturbed: who draws a page meanwhile has this long to end.
GRACE_SECONDS = 30.0
DAMAGED = "当前版本的数据文件已损坏，无法读取。请联系系统管理员运行 yidang verify 核对，再运行 yidang run 重新发布。"
_log = logging.getLogger(__name__)
_COLUMNS = "select table_name, column_name from information_schema.columns where table_schema = 'main' order by ordinal_position"
_PARAMETER = re.compile(r"\$\w+")
_SHUT: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}


@contextmanager
def _told_when_damaged(path: Path) -> Iterator[None]:
    """What a file that is gone, cut off or changed comes to: one sentence for the reader, the rest for the log."""
    try:
        yield
    except (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException) as error:
        _log.exception("%s cannot be read", path)
        raise NoVersionError(DAMAGED) from error


class ServingDatabase:
    """One version's serving.duckdb; safe to use from many threads."""

    def __init__(self, path: Path) -> None:
        with _told_when_damaged(path):
            self._connection = duckdb.connect(str(path), read_only=True, config=_SHUT)
            rows = self._connection.execute(_COLUMNS).fetchall()
        self._path = path
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
        with _told_when_damaged(self._path), self._connection.cursor() as cursor:
            return pl.DataFrame(cursor.sql(sql, params=parameters))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


_open: dict[Path, ServingDatabase] = {}
_used_at: dict[Path, float] = {}  # by the clock time.monotonic
_forgetful: list[Callable[[str], None]] = []
_lock = threading.Lock()


def open_database(path: Path) -> ServingDatabase:
    """The process's one connection to this file; another version that nobody has asked for lately is closed."""
    now = time.monotonic()
    with _lock:
        if path not in _open:
            _open[path] = ServingDatabase(path)
        _used_at[path] = now
        found = _open[path]
        old = [other for other, at in _used_at.items() if other != path and now - at > GRACE_SECONDS]
        closed = {other: _open.pop(other) for other in old}
        for other in old:
            del _used_at[other]
    for other, database in closed.items():
        database.close()
        for forget in _forgetful:
            forget(str(other))
    return found


def when_closed(forget: Callable[[str], None]) -> None:
    """Have a cache told of each version that was closed, by the path of its database, so that it keeps nothing of it."""
    _forgetful.append(forget)
