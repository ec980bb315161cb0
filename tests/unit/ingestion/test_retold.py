"""Of all that was landed, the versions of records that told two people, or may have."""

from datetime import timedelta
from pathlib import Path

import pytest

from ingestion.landing.retold import retold_people
from tests.source_files import AT, csv_bytes, person, pull, write_config, write_day

OLD, NEW = {"XM": "李建国", "CSRQ": "19500304"}, {"XM": "陈小敏", "CSRQ": "19860709"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three days of the police: of r1 another name on the second, of r2 another phone, of r3 another time."""
    config = write_config(tmp_path, police=f"file://{tmp_path}/police")
    days = [
        [person("r1", **OLD), person("r2", **OLD, LXDH="15400000001"), person("r3", **OLD)],
        [person("r1", **NEW, GXSJ="20261120090000"), person("r2", **OLD, LXDH="15400000002", GXSJ="20261120090000")],
        [person("r1", **NEW, GXSJ="20261121090000"), person("r3", **OLD, GXSJ="20261121090000")],
    ]
    for number, rows in enumerate(days):
        write_day(tmp_path / "police", f"2026112{number}", {f"SYRK_2026112{number}_I_001.csv": csv_bytes(rows)})
        pull(config, "police", AT + timedelta(days=number))
    return tmp_path / "home"


def test_every_version_of_a_record_that_told_two_names(home: Path) -> None:
    found = retold_people(home)
    assert found is not None
    told = found.sort("told_at").select("source_system", "source_entity", "source_key", "name_key", "birth_date")
    assert [str(row[3]) for row in told.iter_rows()] == ["李建国", "陈小敏", "陈小敏"]
    assert set(told.select("source_system", "source_entity", "source_key").iter_rows()) == {("police", "SYRK", "r1")}
    assert found["sequence"].n_unique() == 3
    assert found["received_at"].null_count() == 0


def test_where_nothing_came_there_is_nothing(tmp_path: Path) -> None:
    assert retold_people(tmp_path) is None
