"""The lists by which data leaves the house agree with the models, and give nobody more than the columns' sensitivity allows."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from pydantic import ValidationError

from returns.package.item import Catalogue, Item, Named, Paper, catalogue
from returns.receiver import Receiver, all_rights
from returns.sheet.label import in_words, read_labels
from returns.version import Version
from returns.worklist.field import read_fields

ROOT = Path(__file__).resolve().parents[3]
NEVER = {"id_token", "phone_token", "ciphertext"}


def models() -> dict[str, dict[str, Any]]:
    found = {}
    for path in (ROOT / "dbt_project" / "models" / "marts").rglob("*.yml"):
        for model in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader).get("models", []):
            found[model["name"]] = {column["name"]: column["config"]["meta"]["sensitivity"] for column in model["columns"]}
    return found


def test_every_field_is_published_and_none_is_a_token_or_a_vault() -> None:
    published = models()
    wrong = []
    for code, item in catalogue().items.items():
        columns = set(published.get(item.table, {}))
        borrowed = {item.place} if item.lookup else set()
        wrong += [f"{code}.{name}" for name in item.fields if name not in columns | borrowed or name in NEVER]
        wrong += [f"{code}: {item.place}"] if item.place not in item.fields else []
    assert wrong == []


def paper_columns(published: dict[str, dict[str, Any]], item: Item) -> dict[str, str]:
    """What a ledger can show, with its sensitivity: the table's own columns, and what is found by its keys."""
    known = dict(published[item.table]) | ({item.place: "internal"} if item.lookup else {})
    for source in catalogue().named:
        if source.key in known:
            known = {name: published[source.table][name] for name in source.columns} | known
    return known


def test_a_ledger_tells_people_names_and_places_and_nothing_that_may_not_leave() -> None:
    published = models()
    for code, item in catalogue().items.items():
        known = paper_columns(published, item)
        assert set(item.paper.columns) | set(item.paper.order) <= set(known) - NEVER, code
        assert next(iter(item.paper.columns)) == "committee_name", code
        keys = {"committee_code", "dwelling_id", "building_id", "estate_id", "household_id"} - {f"{item.table}_id"}
        assert set(item.paper.columns) & keys == set(), code
        if "sensitive" in {known[name] for name in item.paper.columns}:
            assert set(item.receivers) <= {"civil_affairs"}, code


def test_sensitive_columns_go_to_civil_affairs_alone() -> None:
    published = models()
    for code, item in catalogue().items.items():
        if "sensitive" in {published[item.table].get(name) for name in item.fields}:
            assert set(item.receivers) <= {"civil_affairs"}, code


def test_tags_go_to_those_who_may_see_them_and_in_words() -> None:
    with (ROOT / "dbt_project" / "seeds" / "tag" / "tag_catalogue.csv").open(encoding="utf-8", newline="") as file:
        roles = {row["tag_code"]: row["roles"].split(";") for row in csv.DictReader(file)}
    item, labels = catalogue().items["care_tag"], read_labels(ROOT / "dbt_project" / "seeds", catalogue().words)
    assert {role for role in item.receivers for tag in item.only["tag_code"] if role not in roles[tag]} == set()
    assert in_words({"tag_code": "lone_elder"}, item.codes, labels) == {"tag_code": "独居老人"}
    assert "migrant" not in item.only["tag_code"]  # neither care nor kept by civil affairs


def test_evidence_goes_to_nobody_without_such_lists() -> None:
    assert "evidence" not in all_rights()["committee"].task_columns
    assert "街道民政" not in all_rights()["committee"].owners


@pytest.mark.parametrize("change", [{"receivers": ["king"]}, {"basis": ["none"]}, {"must": ["nothing"]}, {"surplus": 1}])
def test_a_name_that_is_not_defined_is_an_error(change: dict[str, Any]) -> None:
    told = catalogue().model_dump()
    told["items"]["device_roster"] |= change
    with pytest.raises(ValidationError):
        Catalogue.model_validate(told)


def test_fields_of_codes_have_choices_and_others_an_example() -> None:
    fields = read_fields(ROOT / "dbt_project" / "seeds" / "task")
    assert {field.subject for field in fields} == {"resident", "dwelling"}
    assert all(field.values or field.example for field in fields)
    labels = [field.label for field in fields]
    assert len(set(labels)) == len(labels)


def test_people_read_words_and_the_time_of_the_street() -> None:
    labels = read_labels(ROOT / "dbt_project" / "seeds", catalogue().words)
    row = {"sex_code": "2", "state": "online", "raised_at": datetime(2026, 11, 20, 16, 30), "other": "2", "status": "new"}  # noqa: DTZ001
    told = in_words(row, {"sex_code": "sex", "state": "device_state", "status": "resident_status"}, labels)
    assert told == {"sex_code": "女", "state": "在线", "raised_at": "2026-11-21 00:30", "other": "2", "status": "new"}
    assert {code for item in catalogue().items.values() for code in item.codes.values()} <= set(labels)


def test_a_ledger_finds_what_a_row_lacks_and_keeps_what_it_has(tmp_path: Path) -> None:
    """A task names a person, whose dwelling gives the address; another names a dwelling of its own."""
    (tmp_path / "tables").mkdir()
    task = {"task_id": ["T1", "T2", "T3"], "resident_id": ["R1", "R1", None], "dwelling_id": [None, "D2", None]}
    tables = {
        "task": pl.DataFrame(task | {"committee_code": ["C1", "C1", "C2"]}),
        "resident": pl.DataFrame({"resident_id": ["R1"], "name_masked": ["张*"], "dwelling_id": ["D1"]}),
        "dwelling": pl.DataFrame({"dwelling_id": ["D1", "D2"], "address": ["1号1001室", "1号201室"]}),
    }
    for name, frame in tables.items():
        frame.write_parquet(tmp_path / "tables" / f"{name}.parquet")
    named = tuple(
        Named(key=f"{table}_id", table=table, columns=columns)
        for table, columns in (("resident", ("name_masked", "dwelling_id")), ("dwelling", ("address",)))
    )
    paper = Paper(order=("address",), columns={"address": "地址", "name_masked": "姓名", "task_id": "编号"})
    item = catalogue().items["open_task"].model_copy(update={"paper": paper})
    mine = Receiver("committee", all_rights()["committee"], "C1", "一居", ("C1",))
    assert item.paper_rows(Version(tmp_path), mine, named).rows() == [("1号201室", "张*", "T2"), ("1号1001室", "张*", "T1")]
