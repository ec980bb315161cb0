"""A relational database, read-only, as it was at one moment. Not here: which tables and rows are wanted (pulling)."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl
import sqlalchemy as sa

from ingestion.readers.reading import text_schema
from ingestion.refusal import RefusedError, UnreachableError

CONNECT_SECONDS = 5
ATTEMPTS = 3
STATEMENT_SECONDS = 120  # a street's largest table takes a few
BLOCK_ROWS = 20_000


class DatabaseSnapshot:
    """One read-only transaction: every table as it was when it began."""

    def __init__(self, connection: sa.Connection) -> None:
        """The connection has begun its transaction."""
        self.connection = connection

    def columns(self, table: str) -> list[str]:
        """The columns of a table or view; raises RefusedError when there is none of that name."""
        with self._one_table(table):
            return [column["name"] for column in sa.inspect(self.connection).get_columns(table)]

    def rows(self, table: str, columns: Sequence[str], order_by: str, since: tuple[str, date] | None) -> pl.DataFrame:
        """The rows as text, in the order of a column; `since`: only those whose column is at or after a day, or empty."""
        texts = [sa.cast(sa.column(name), sa.Text).label(name) for name in columns]
        query = sa.select(*texts).select_from(sa.table(table))
        if since:
            day = since[1]
            column: sa.ColumnClause[Any] = sa.column(since[0])
            bound = sa.literal(day.isoformat()) if self.connection.dialect.name == "sqlite" else sa.literal(day, sa.Date)
            query = query.where(sa.or_(column >= bound, column.is_(None)))
        with self._one_table(table):
            return self._fetch(query.order_by(sa.column(order_by)), columns)

    @contextmanager
    def _one_table(self, table: str) -> Iterator[None]:
        """What is wrong with one table leaves the transaction as it was; a lost connection is another matter."""
        try:
            with self.connection.begin_nested():
                yield
        except sa.exc.NoSuchTableError:
            raise RefusedError(f"table {table} does not exist, or this account may not see it") from None
        except sa.exc.SQLAlchemyError as error:
            if self.connection.invalidated:
                raise UnreachableError(f"the database went away while {table} was read: {first_line(error)}") from None
            raise RefusedError(f"table {table} cannot be read: {first_line(error)}") from None

    def _fetch(self, query: sa.Executable, columns: Sequence[str]) -> pl.DataFrame:
        schema = text_schema(columns)
        result = self.connection.execute(query, execution_options={"yield_per": BLOCK_ROWS})
        blocks = [pl.DataFrame([tuple(row) for row in block], schema=schema, orient="row") for block in result.partitions()]
        return pl.concat(blocks) if blocks else pl.DataFrame(schema=schema)


@contextmanager
def open_database(url: str) -> Iterator[DatabaseSnapshot]:
    """Connect and begin; raises UnreachableError when the database does not answer, also in the middle."""
    engine = _sqlite_engine(url) if url.startswith("sqlite:") else _postgresql_engine(url)
    try:
        with _connect(engine) as connection:
            yield DatabaseSnapshot(connection)
    finally:
        engine.dispose()


def _connect(engine: sa.Engine) -> sa.Connection:
    """A few attempts, since a database may just be starting again."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            connection = engine.connect()
            connection.begin()
            connection.execute(sa.text("select 1"))
        except sa.exc.DBAPIError as error:
            if attempt == ATTEMPTS:
                raise UnreachableError(f"database does not answer: {first_line(error)}") from None
            time.sleep(attempt)
        else:
            return connection
    raise UnreachableError("database does not answer")


def _sqlite_engine(url: str) -> sa.Engine:
    path = Path(sa.make_url(url).database or "")
    if not path.is_file():
        raise UnreachableError(f"database file {path} does not exist")

    def connect() -> sqlite3.Connection:
        found = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, timeout=CONNECT_SECONDS)
        found.isolation_level = None  # otherwise reading begins no transaction, and the tables may be of different moments
        found.text_factory = _lenient_text
        return found

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _lenient_text(data: bytes) -> str:
    """SQLite does not check what it is given: bytes that are no text become U+FFFD, which cleaning sees."""
    return data.decode("utf-8", errors="replace")


def _postgresql_engine(url: str) -> sa.Engine:
    address = sa.make_url(url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(
        address,
        poolclass=sa.pool.NullPool,
        isolation_level="REPEATABLE READ",
        connect_args={"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": 1000 * STATEMENT_SECONDS, "keepalives_idle": 10},
        execution_options={"postgresql_readonly": True},
    )
    sa.event.listen(engine, "begin", _set_session)
    return engine


def _set_session(connection: sa.Connection) -> None:
    """Times with a zone are given in the street's own; nobody is waited for without end."""
    connection.exec_driver_sql("SET LOCAL TIME ZONE 'Asia/Shanghai'")
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS}s'")
    connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")


def first_line(error: BaseException) -> str:
    """What a driver says, in one line; drivers never repeat a password."""
    text = str(getattr(error, "orig", None) or error).strip()
    return text.splitlines()[0] if text else type(error).__name__
