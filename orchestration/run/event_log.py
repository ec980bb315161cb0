"""Dagster's own SQLite storage with one connection a file kept open, instead of a new one for every event.

A run of this graph tells a thousand events, and most of the time of each went into making its connection, into waiting for
the disk, and into asking which tables and columns there are. Not here: where the files lie (instance.py).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

BUSY_SECONDS = 60  # how long to wait for another process, the user interface, to let go of a file


class KeptOpenEventLog(SqliteEventLogStorage):
    """The event log; its lock lets one thread at a time use a connection, as in Dagster's own."""

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._engine(shard).connect() as connection, connection.begin():
            yield connection

    def _engine(self, shard: str) -> Engine:
        engines: dict[str, Engine] = self.__dict__.setdefault("_engines", {})
        if shard not in engines:
            engines[shard] = create_engine(
                self.conn_string_for_shard(shard),
                poolclass=StaticPool,
                connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
            )
            event.listen(engines[shard], "connect", _wait_for_no_disk)
            self._initdb(engines[shard])
            self._initialized_dbs.add(shard)
        return engines[shard]

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table; what was there once is not asked for again."""
        return self._once(f"table {table_name}", lambda: super(KeptOpenEventLog, self).has_table(table_name))

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        parent = super()._has_asset_key_col_on_connection
        return self._once(f"column {column_name}", lambda: parent(conn, column_name))

    def _once(self, question: str, ask: Callable[[], bool]) -> bool:
        """The answer to a question about the schema, which Dagster asks at every event; only a yes is kept."""
        known: set[str] = self.__dict__.setdefault("_known", set())
        if question not in known and ask():
            known.add(question)
        return question in known


def _wait_for_no_disk(connection: Any, _record: object) -> None:
    """Leave it to the disk when it writes: after a power cut the newest events may be missing, but the file is whole (WAL)."""
    connection.execute("pragma synchronous = normal")


class KeptOpenStorage(DagsterSqliteStorage):
    """Runs, events and schedules below one folder."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = KeptOpenEventLog(f"{base_dir}/history/runs/")

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "KeptOpenStorage":
        """The storage that `dagster.yaml` names."""
        return cls(config_value["base_dir"], inst_data=inst_data)
