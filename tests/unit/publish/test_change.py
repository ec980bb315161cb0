"""The feed turns any kept version into the current one."""

from datetime import timedelta

import polars as pl
import pytest

from orchestration.publish.current import read_manifest
from orchestration.publish.publish import publish
from tests.street_tables import AT, change_warehouse


def feed(version):
    return pl.read_parquet(version.folder / "tables" / "change.parquet")


def residents(version):
    rows = pl.read_parquet(version.folder / "tables" / "resident.parquet").to_dicts()
    return {row["resident_id"]: row for row in rows}


def publish_days(request_of, *days, keep=5):
    """One version a day; a day is a list of statements on the warehouse."""
    made = []
    for n, statements in enumerate(days):
        change_warehouse(request_of().database, *statements)
        made.append(publish(request_of(at=AT + timedelta(days=n), inputs_digest=f"day {n}", keep=keep)))
    return made


def test_inserts_updates_and_deletes_are_told_and_nothing_else(request_of):
    _, second = publish_days(
        request_of,
        [],
        [
            "update resident set birth_year = null where resident_id = 'R1-0'",
            "delete from resident where resident_id = 'R2-1'",
            "insert into device_day by name select * replace (date '2026-11-21' as day) from device_day where device_id = 'V20'",
        ],
    )
    assert set(feed(second).select("table", "key", "kind").iter_rows()) == {
        ("resident", "R1-0", "update"),
        ("resident", "R2-1", "delete"),
        ("device_day", '["V20","2026-11-21"]', "insert"),
    }
    assert set(feed(second)["version"]) == {second.version}


def test_the_same_again_changes_nothing(request_of):
    _, second = publish_days(request_of, [], [])
    assert feed(second).height == 0


@pytest.mark.slow
def test_whoever_has_any_kept_version_can_catch_up(request_of):
    days = [
        [],
        ["delete from resident where hash(resident_id) % 5 = 0", "update dwelling set address = 'x' where dwelling_id = 'D3'"],
        ["update resident set status = 'deceased' where hash(resident_id) % 7 = 0"],
        ["insert into resident select 'N' || resident_id, * exclude resident_id from resident where resident_id < 'R2'"],
        ["delete from resident where resident_id like 'N%' and hash(resident_id) % 2 = 0"],
    ]
    made = publish_days(request_of, *days)
    now = residents(made[-1])
    for old in made[:-1]:
        copy = residents(old)
        told = feed(made[-1]).filter(pl.col("table") == "resident", pl.col("version") > old.version).sort("version")
        for key in told["key"]:
            copy.pop(key, None)
            if key in now:
                copy[key] = now[key]
        assert copy == now
        last_kind = {row["key"]: row["kind"] for row in told.to_dicts()}
        assert all((kind == "delete") == (key not in now) for key, kind in last_kind.items())


@pytest.mark.slow
def test_what_brought_the_oldest_kept_version_is_forgotten(request_of):
    statements = [[], *([f"update street set street_name = '{n}'"] for n in range(4))]
    made = publish_days(request_of, *statements, keep=3)
    assert sorted(set(feed(made[-1])["version"])) == [made[3].version, made[4].version]


def test_new_lost_and_wider_tables_and_a_new_grain_are_told_whole(request_of):
    first = publish(request_of())
    nodes = {name: node for name, node in request_of().nodes.items() if name not in {"task", "alarm"}}
    nodes["street_copy"] = nodes["street"]
    nodes["match_review"] = {"meta": {"grain": ["state", "review_id"]}}
    change_warehouse(
        request_of().database,
        "create table street_copy as from street",
        "alter table committee add column note varchar",
    )
    second = publish(request_of(at=AT + timedelta(days=1), nodes=nodes))
    counts = dict(feed(second).group_by("table", "kind").len().select(pl.format("{} {}", "table", "kind"), "len").iter_rows())
    rows = {name: told["rows"] for name, told in read_manifest(request_of().home, first.version)["tables"].items()}
    assert counts == {
        "street_copy insert": 1,
        "committee update": rows["committee"],
        "task delete": rows["task"],
        "alarm delete": rows["alarm"],
        "match_review delete": rows["match_review"],
        "match_review insert": rows["match_review"],
    }
