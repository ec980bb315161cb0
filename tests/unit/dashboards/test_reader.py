"""The one accessor: own rows, granted columns, nothing by another name."""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboards.access.policy import AccessDeniedError, load_policy
from dashboards.repositories import database
from dashboards.repositories import reader as reader_module
from dashboards.repositories.database import open_database
from dashboards.repositories.published import NoVersionError, current_version
from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader
from dashboards.repositories.result_cache import ResultCache
from dashboards.services import memo
from dashboards.services.memo import remembered
from tests.published_street import COMMITTEES, ESTATES, OTHER_STREET, ROLES, STREET, write_version
from tests.unit.dashboards.conftest import ReaderOf, person

OWN = "319999001001"
STREET_COMMITTEES = {code for code in COMMITTEES if code.startswith(STREET)}
POLICY = load_policy()
CELLS = [
    (user, purpose, table)
    for user in ROLES
    if user != "district"  # sits in one street before reading anything; see below
    for purpose, meaning in POLICY.purposes.items()
    for table in meaning.tables
    if POLICY.may(person(user), purpose)
]


def everything(reader: Reader, purpose: str, table: str) -> pl.DataFrame:
    return reader.read(Query(f"all {table}", purpose, f"select * from {table}"))


def _residents(reader: Reader) -> set[str]:
    """Residents of the person's own area, by the tables themselves."""
    area = "committee_code" if reader.person.area_level == "committee" else "street_code"
    whole = open_database(reader.version.database).query(
        f"select resident_id from main.resident where {area} = $own", {"own": reader.person.area_code}
    )
    return set(whole["resident_id"])


@pytest.mark.parametrize(("user", "purpose", "table"), CELLS)
def test_no_cell_leaks_a_row_of_another_area(reader_of: ReaderOf, user: str, purpose: str, table: str) -> None:
    reader = reader_of(user)
    rows = everything(reader, purpose, table)
    is_worker = reader.person.area_level == "committee"
    committees = {OWN} if is_worker else STREET_COMMITTEES
    estates = {code for code, (_, committee) in ESTATES.items() if committee in committees}
    assert rows.height > 0
    if "committee_code" in rows.columns:
        assert set(rows["committee_code"].drop_nulls()) <= committees
    if "subject" in rows.columns:
        assert set(rows.filter(pl.col("level") == "committee")["subject"]) <= committees
    if "street_code" in rows.columns:
        assert set(rows["street_code"].drop_nulls()) <= {STREET}
    if "estate_id" in rows.columns:
        assert set(rows["estate_id"].drop_nulls()) <= estates
    if "resident_id" in rows.columns and table != "resident":
        assert set(rows["resident_id"].drop_nulls()) <= _residents(reader)
    if table in ("indicator", "indicator_rank"):
        assert set(rows["area_code"]) <= committees | estates | (set() if is_worker else {STREET})


@pytest.mark.parametrize(("user", "purpose", "table"), CELLS)
def test_no_cell_shows_a_column_beyond_the_grant(reader_of: ReaderOf, user: str, purpose: str, table: str) -> None:
    reader = reader_of(user)
    columns = set(everything(reader, purpose, table).columns)
    rule = POLICY.tables[table]
    assert not {"id_token", "phone_token", "ciphertext"} & columns
    if rule.figures != "all":
        assert columns <= set(rule.figures) | (set(rule.rows) if reader.may_list else set())


@pytest.mark.parametrize("user", ["stranger", "misplaced"])
@pytest.mark.parametrize("table", sorted(POLICY.tables))
def test_no_role_reads_nothing(reader_of: ReaderOf, user: str, table: str) -> None:
    for purpose in POLICY.purposes:
        with pytest.raises(AccessDeniedError):
            everything(reader_of(user), purpose, table)


@pytest.mark.parametrize(
    "sql",
    [
        "select * from resident_vault",
        "select * from main.resident",
        "select * from main.resident_vault",
        "select * from serving.main.resident",
        "with mine as (select * from main.resident) select * from mine",
        "select (select max(ciphertext) from resident_vault) from resident",
        "select * from resident where resident_id in (select resident_id from resident_tag)",
    ],
)
def test_a_way_round_the_filter_is_refused(reader_of: ReaderOf, sql: str) -> None:
    with pytest.raises(AccessDeniedError):
        reader_of("leader").read(Query("way round", "population", sql))


def test_a_district_reads_its_streets_and_nothing_before_it_sits_in_one(reader_of: ReaderOf) -> None:
    reader = reader_of("district")
    assert set(everything(reader, "overview", "street")["street_code"]) == {STREET, OTHER_STREET}
    for purpose, meaning in POLICY.purposes.items():
        for table in set(meaning.tables) - {"street"}:
            if POLICY.may(reader.person, purpose) and POLICY.tables[table].area != "everywhere":
                with pytest.raises(AccessDeniedError):
                    everything(reader, purpose, table)
    seated = reader.within("street", STREET)
    assert set(everything(seated, "overview", "committee")["committee_code"]) == STREET_COMMITTEES
    with pytest.raises(AccessDeniedError):
        seated.read(Query("list", "overview", "select resident_count from building", is_list=True))


def test_another_district_has_no_street_here(reader_of: ReaderOf) -> None:
    reader = reader_of("district")
    other = Reader(reader.version, replace(reader.person, area_code="329999"), POLICY)
    city = Reader(reader.version, replace(reader.person, area_level="city", area_code="319900"), POLICY)
    assert everything(other, "overview", "street").is_empty()
    assert everything(city, "overview", "street").height == 2


def test_a_committee_sees_its_rank_among_those_of_its_street_and_no_other_row(reader_of: ReaderOf) -> None:
    own, whole = (
        everything(reader_of("worker"), "overview", "indicator_rank"),
        everything(reader_of("leader"), "overview", "indicator"),
    )
    newest = whole.filter(pl.col("area_level") == "committee", pl.col("period") == whole["period"].max())
    for code, rank, peers in (
        own.filter(pl.col("area_level") == "committee").select("indicator_code", "rank", "peers").iter_rows()
    ):
        values = dict(newest.filter(pl.col("indicator_code") == code).select("area_code", "value").iter_rows())
        assert (rank, peers) == (1 + sum(value > values[OWN] for value in values.values()), len(STREET_COMMITTEES))
    assert set(own.filter(pl.col("area_level") == "committee")["area_code"]) == {OWN}
    assert "lone_elder_count" not in set(own["indicator_code"])  # withheld: no rank, whoever asks


def test_a_table_of_another_purpose_is_refused(reader_of: ReaderOf) -> None:
    with pytest.raises(AccessDeniedError):
        everything(reader_of("leader"), "overview", "resident")


def test_whole_street_tables_are_refused_to_a_committee(reader_of: ReaderOf) -> None:
    with pytest.raises(AccessDeniedError):
        everything(reader_of("worker"), "quality", "source_batch")


def test_lists_are_refused_to_roles_with_figures_only(reader_of: ReaderOf) -> None:
    listing = Query("list", "device", "select state from device", is_list=True)
    assert reader_of("leader").read(listing).height > 0
    with pytest.raises(AccessDeniedError):
        reader_of("analyst").read(listing)


def test_the_cache_keeps_areas_apart(reader_of: ReaderOf) -> None:
    counted = Query("cache", "population", "select count(*) as residents from resident")
    of_street, of_committee = (int(reader_of(user).read(counted).item(0, 0)) for user in ("leader", "worker"))
    assert of_committee < of_street
    assert int(reader_of("leader").read(counted).item(0, 0)) == of_street


def test_small_counts_are_withheld_from_figure_roles_only(reader_of: ReaderOf) -> None:
    sql = "select birth_year, count(*) as person_count from resident group by all"
    counted = Query("small", "population", sql, counts=("person_count",))
    shown, withheld = reader_of("leader").read(counted), reader_of("analyst").read(counted)
    assert shown["person_count"].null_count() == 0
    assert not shown["is_withheld"].any()
    assert withheld["person_count"].drop_nulls().min() is None or int(str(withheld["person_count"].min())) >= 10
    assert withheld["is_withheld"].any()


def test_unplaced_rows_belong_to_a_street_only_when_it_is_the_only_one(street_home: Path, tmp_path: Path) -> None:
    name = "one-street"
    shutil.copytree(street_home / "published" / "20261120-1", tmp_path / "published" / name)
    (tmp_path / "published" / "CURRENT").write_text(name, encoding="utf-8")
    with duckdb.connect(str(tmp_path / "published" / name / "serving.duckdb")) as connection:
        connection.execute("update device set committee_code = null where device_id = 'DEV-001'")
        connection.execute(f"delete from street where street_code <> '{STREET}'")
    found = Query("unplaced", "device", "select count(*) from device where committee_code is null")
    readers = {user: Reader(current_version(tmp_path), person(user), POLICY) for user in ("leader", "worker")}
    assert readers["leader"].read(found).item() == 1
    assert readers["worker"].read(found).item() == 0


def test_serving_database_is_shut(street_home: Path) -> None:
    shut = open_database(current_version(street_home).database)
    for sql in (
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/x.duckdb' as x",
        "set threads = 1",
        "install httpfs",
        "delete from resident",
    ):
        with pytest.raises(duckdb.Error):
            shut.query(sql, {})


def test_a_new_version_is_followed_and_old_readers_stay_whole(tmp_path: Path) -> None:
    counted = Query("followed", "population", "select count(*) as residents from resident")
    write_version(tmp_path, "v1", residents=100)
    old = Reader(current_version(tmp_path), person("leader"), POLICY)
    before = old.read(counted).item()
    write_version(tmp_path, "v2", residents=300)
    new = Reader(current_version(tmp_path), person("leader"), POLICY)
    assert new.read(counted).item() > before
    assert old.read(counted).item() == before


def test_a_version_that_nobody_reads_any_more_is_closed_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Query("left", "population", "select count(*) as residents from resident")
    readers = []
    for name, residents in (("w1", 100), ("w2", 300)):
        write_version(tmp_path, name, residents=residents)
        readers.append(Reader(current_version(tmp_path), person("leader"), POLICY))
    (old, new), told = readers, [reader.read(counted).item() for reader in readers]
    remembered(old, ("left",), lambda: 1)
    kept = {str(reader.version.database) for reader in readers}
    assert kept <= {str(path) for path in database._open}
    monkeypatch.setattr(database, "GRACE_SECONDS", -1.0)
    new.read(counted)
    assert kept & {str(path) for path in database._open} <= {str(new.version.database)}
    assert str(old.version.database) not in {key[0] for key in (*reader_module._cache._entries, *memo._kept)}
    assert [reader.read(counted).item() for reader in readers] == told  # whoever comes late opens it again


def test_a_result_that_would_push_out_the_others_is_not_kept() -> None:
    cache = ResultCache(max_entries=2, max_bytes=4_000)
    small, large = pl.DataFrame({"number": [1]}), pl.DataFrame({"number": range(500)})
    for key in ("a", "b"):
        cache.put((key,), small)
    cache.put(("large",), large)
    assert (cache.get(("large",)), cache.get(("a",)) is small) == (None, True)
    cache.put(("c",), small)
    assert cache.get(("b",)) is None  # the one that nobody asked for lately


@pytest.mark.parametrize("name", ["", "../../etc", "missing"])
def test_a_current_that_names_nothing_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "CURRENT").write_text(name, encoding="utf-8")
    with pytest.raises(NoVersionError):
        current_version(tmp_path)


def test_no_home_and_no_version_are_told(tmp_path: Path) -> None:
    for home in (None, tmp_path):
        with pytest.raises(NoVersionError):
            current_version(home)
