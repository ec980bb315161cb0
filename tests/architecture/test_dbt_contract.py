"""What was promised of published tables is kept: a change without a new version of the model fails here."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from orchestration.serving.plan import plan_schema
from orchestration.serving.rights import load_rights
from orchestration.warehouse.contract import Promise, broken, kept_promises, promises_of, unwritten
from orchestration.warehouse.marts import deprecation, mart_nodes

TODAY = date(2026, 11, 21)
KEPT = Promise("dwelling", "tenure", "varchar", "", "")


@pytest.fixture(scope="module")
def said(manifest: dict[str, Any]) -> list[Promise]:
    return promises_of(mart_nodes(manifest))


def test_no_promise_is_broken(said: list[Promise]) -> None:
    assert len(said) > 400
    assert broken(kept_promises(), said, TODAY) == []


def test_what_was_added_is_written_down(said: list[Promise]) -> None:
    """`python -m orchestration.warehouse.contract` does that."""
    assert unwritten(kept_promises(), said) == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ([], "dwelling.tenure is gone"),
        ([replace(KEPT, column="tenure_code")], "dwelling.tenure is gone"),
        ([replace(KEPT, type="integer")], "dwelling.tenure was varchar, now integer"),
        ([replace(KEPT, is_key="key")], "dwelling.tenure was varchar, now varchar key"),
    ],
)
def test_a_change_without_a_new_version_is_told(now: list[Promise], told: str) -> None:
    (line,) = broken([KEPT], now, TODAY)
    assert line.startswith(told)


def test_what_was_deprecated_may_go_when_its_day_has_come() -> None:
    assert broken([replace(KEPT, until="2026-11-21")], [], TODAY) == []
    assert len(broken([replace(KEPT, until="2026-11-22")], [], TODAY)) == 1


def _node(version: int | None, alias: str, until: str | None) -> dict[str, Any]:
    columns = {"dwelling_id": {"data_type": "varchar", "description": "d", "meta": {"sensitivity": "internal"}}}
    return {
        "resource_type": "model", "fqn": ["yidang", "marts", "dwelling"], "name": "dwelling", "alias": alias, "version": version,
        "latest_version": 2, "deprecation_date": until, "columns": columns, "description": "Dwellings / 房屋",
        "config": {"meta": {"grain": ["dwelling_id"]}},
    }  # fmt: skip


def test_a_reader_learns_of_a_deprecation_from_manifest_and_comment() -> None:
    """Two versions of one model are two tables; the older one says until when it stays, and what takes its place."""
    old, new = _node(1, "dwelling", "2027-06-30T00:00:00+08:00"), _node(2, "dwelling_v2", None)
    nodes = mart_nodes({"nodes": {"model.yidang.dwelling.v1": old, "model.yidang.dwelling.v2": new}})
    assert deprecation(nodes, "dwelling") == {"deprecated_on": "2027-06-30", "replaced_by": "dwelling_v2"}
    assert deprecation(nodes, "dwelling_v2") == {}
    assert {promise.until for promise in promises_of(nodes) if promise.table == "dwelling"} == {"2027-06-30"}
    told = {"tables": {name: {"columns": {"dwelling_id": "VARCHAR"}, "grain": ["dwelling_id"]} for name in nodes}}
    comments = {table.name: table.comment for table in plan_schema(told, nodes, load_rights(), {}).tables}
    assert comments == {"dwelling": "【2027-06-30 起停用，改用 dwelling_v2】Dwellings / 房屋", "dwelling_v2": "Dwellings / 房屋"}
