"""Places are named by what a source tells, else by their code."""

import shutil
from pathlib import Path

import duckdb

from dashboards.access.policy import load_policy
from dashboards.repositories.published import current_version
from dashboards.repositories.reader import Reader
from dashboards.services.place import load_places
from tests.published_street import STREET
from tests.unit.dashboards.conftest import person


def test_a_place_without_a_name_is_called_by_its_code(street_home: Path, tmp_path: Path) -> None:
    shutil.copytree(street_home / "published" / "20261120-1", tmp_path / "published" / "nameless")
    (tmp_path / "published" / "CURRENT").write_text("nameless", encoding="utf-8")
    with duckdb.connect(str(tmp_path / "published" / "nameless" / "serving.duckdb")) as connection:
        connection.execute("alter table committee drop committee_name")
        connection.execute("update street set street_name = street_code")
        connection.execute("update estate set estate_name = '同名小区' where estate_id in ('E1', 'E3')")
        connection.execute("update estate set estate_name = null where estate_id = 'E2'")
    places = load_places(Reader(current_version(tmp_path), person("leader"), load_policy()), "population")
    assert places.own_name == f"街道 {STREET}"
    assert list(places.committees.values()) == ["居委 001", "居委 002"]
    assert sorted(places.estates.values()) == ["同名小区", "同名小区（2）", "小区 E2"]
