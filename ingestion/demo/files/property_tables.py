"""The housing bureau's database, on SQLite or any server that SQLAlchemy knows."""

from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import Column, DateTime, Double, Integer, MetaData, Table, Text, create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeEngine

# Seconds only, as the bureau's own export has them; SQLAlchemy's default would add microseconds.
STAMP = DateTime().with_variant(
    sqlite.DATETIME(  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        storage_format="%(year)04d-%(month)02d-%(day)02d %(hour)02d:%(minute)02d:%(second)02d",
        regexp=r"(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+)",
    ),
    "sqlite",
)
TYPES: dict[str, TypeEngine[Any]] = {"int": Integer(), "double": Double(), "stamp": STAMP, "text": Text()}
COLUMNS = {
    "estate": "estate_id estate_name committee_code road_address property_company built_year:int lon:double lat:double",
    "building": "building_id estate_id building_name unit_count:int floor_count:int has_lift:int",
    "house": "house_id building_id unit_name room_no address floor_area:double house_use tenure",
    "owner": "owner_id house_id owner_name cert_type cert_no mobile share_pct:double start_date end_date",
    "lease": "lease_id house_id tenant_name cert_type cert_no mobile headcount:int start_date end_date",
}
LAST = " is_deleted:int updated_at:stamp"


def schema() -> MetaData:
    """The five tables; the first column of each is its key."""
    metadata = MetaData()
    for name, columns in COLUMNS.items():
        parts = [column.partition(":") for column in (columns + LAST).split()]
        made: list[Column[Any]] = [
            Column(part, TYPES[kind or "text"], primary_key=place == 0) for place, (part, _, kind) in enumerate(parts)
        ]
        Table(name, metadata, *made)
    return metadata


def load_property(tables: dict[str, pl.DataFrame], url: str) -> None:
    """Create the tables where they are missing, and put the rows in; a row whose key is there already is replaced.

    Args:
        tables: rows by table name (`owner`), or by `property.owner`; columns that begin with `_` stay behind.
        url: a SQLAlchemy URL, say `sqlite:////tmp/housing.db` or `postgresql+psycopg://…`.
    """
    engine = create_engine(url)
    metadata = schema()
    try:
        metadata.create_all(engine)
        with engine.begin() as connection:
            for name, table in metadata.tables.items():
                rows = tables.get(name, tables.get(f"property.{name}"))
                if rows is not None and rows.height:
                    _upsert(connection, table, rows)
    finally:
        engine.dispose()


def _upsert(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    key = next(iter(table.primary_key.columns))
    records = rows.select(column.name for column in table.columns).to_dicts()
    present = {value for (value,) in connection.execute(table.select().with_only_columns(key)).all()} if records else set()
    again = [record[key.name] for record in records if record[key.name] in present]
    for value in again:
        connection.execute(table.delete().where(key == value))
    connection.execute(table.insert(), records)


def write_property(tables: dict[str, pl.DataFrame], folder: Path) -> Path:
    """Write or bring forward `property/housing.db`; returns its path."""
    path = folder / "property" / "housing.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    load_property(tables, f"sqlite:///{path}")
    return path
