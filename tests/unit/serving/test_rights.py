"""Every published table is named once in the rights of PostgreSQL's readers, and what is named nowhere is seen by nobody."""

from pathlib import Path

import pytest

from expectations.suite.load import SUITES
from ingestion.settings import SettingsError, load_settings
from orchestration.serving.error import ServingError
from orchestration.serving.plan import plan_schema
from orchestration.serving.rights import load_rights
from orchestration.warehouse.project import PROJECT

RIGHTS = load_rights()
NAMED = [
    *RIGHTS.never, *RIGHTS.everyone, *RIGHTS.area, *RIGHTS.figure, *RIGHTS.through, *RIGHTS.whole,
]  # fmt: skip


def _manifest(**columns: str) -> dict[str, object]:
    return {"tables": {"novelty": {"columns": columns, "grain": ["novelty_id"], "rows": 0, "sha256": ""}}}


def test_every_published_table_is_named_once() -> None:
    models = {path.stem for path in (PROJECT / "models" / "marts").rglob("*.sql")}
    published = models | {path.stem for path in SUITES.glob("*.yaml")}
    assert sorted(NAMED) == sorted(published)


def test_rows_are_looked_up_in_tables_that_have_a_place() -> None:
    parents = {parent for through in RIGHTS.through.values() for parent in through}
    assert parents <= set(RIGHTS.area)


def test_a_table_that_is_named_nowhere_is_seen_by_nobody() -> None:
    plan = plan_schema(_manifest(novelty_id="VARCHAR"), {}, RIGHTS, {})
    assert plan.tables[0].policy is None


def test_a_reader_that_may_not_see_the_key_sees_nothing_of_the_table() -> None:
    nodes = {"novelty": {"columns": {"novelty_id": {"meta": {"sensitivity": "sensitive"}}}}}
    table = plan_schema(_manifest(novelty_id="VARCHAR", count="BIGINT"), nodes, RIGHTS, {}).tables[0]
    assert table.visible(RIGHTS.up_to("internal")) == []
    assert table.visible(RIGHTS.up_to("sensitive")) == ["novelty_id", "count"]


def test_a_type_that_postgresql_is_not_told_of_is_named() -> None:
    with pytest.raises(ServingError, match="novelty, column shape: type GEOMETRY"):
        plan_schema(_manifest(novelty_id="VARCHAR", shape="GEOMETRY"), {}, RIGHTS, {})


@pytest.mark.parametrize(
    ("serving", "told"),
    [
        ('url = "mysql://host/db"', r"\[serving\] url"),
        ('url = "postgresql://host/db"\n[serving.readers.a]\narea = "12"', r"area"),
        ('url = "postgresql://host/db"\n[serving.readers.a]\narea = "*"\nup_too = "public"', "did you mean 'up_to'"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, serving: str, told: str) -> None:
    path = tmp_path / "yidang.toml"
    path.write_text(f'[security]\nkey = "k"\n[serving]\n{serving}\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        load_settings(path)
