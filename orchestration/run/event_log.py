"""Dagster's own SQLite storage with one connection a file kept open, instead of a new one for every event.

A run of this graph tells some seven hundred events, and most of the time of each went into making its connection.
Not here: where the files lie (instance.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from sqlalchemy import Connection, Engine, create_engine
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
            self._initdb(engines[shard])
            self._initialized_dbs.add(shard)
        return engines[shard]


class KeptOpenStorage(DagsterSqliteStorage):
    """Runs, events and schedules below one folder."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = KeptOpenEventLog(f"{base_dir}/history/runs/")

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "KeptOpenStorage":
        """The storage that `dagster.yaml` names."""
        return cls(config_value["base_dir"], inst_data=inst_data)
