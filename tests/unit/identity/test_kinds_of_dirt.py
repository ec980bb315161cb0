"""Kinds of dirt that a street's sources are known for, each with its answer, and beside it the case that only looks like it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.identity.invented import failed, groups, masked, number_of, record, run

pytestmark = pytest.mark.slow  # each test solves a street of its own

BORN, CHILD = date(1957, 2, 16), date(2014, 9, 1)
NUMBER = number_of(BORN, 483)
POLICE = "police.SYRK"
RARE = record("a", "周龶", NUMBER, POLICE, mobile="13900000001", dwelling_cluster="d1")
PLAIN = record("a", "周永生", NUMBER, POLICE, mobile="13900000001", dwelling_cluster="d1", building_cluster="b1")


def _is_one(rows: list[dict[str, Any]], folder: Path) -> bool:
    return groups(run(rows, folder)) == {frozenset(row["source_key"] for row in rows)}


@pytest.mark.parametrize("name", ["周?", "周〓", "周QING", "周", "周\ue863"])
@pytest.mark.parametrize("more", [{"dwelling_cluster": "d1"}, {"mobile": "13900000001"}])
def test_a_character_that_could_not_be_typed(name: str, more: dict[str, Any], tmp_path: Path) -> None:
    assert _is_one([RARE, record("b", name, **more)], tmp_path)


@pytest.mark.parametrize("name", ["周QING", "周", "周?", "周〓"])
def test_a_sign_a_spelling_or_a_bare_surname_stands_for_a_rare_character_only(name: str, tmp_path: Path) -> None:
    rows = [
        record("a", "周青", NUMBER, POLICE, mobile="13900000001", dwelling_cluster="d1"),
        record("b", name, dwelling_cluster="d1"),
    ]
    assert not _is_one(rows, tmp_path)


def test_a_spelling_under_the_same_number(tmp_path: Path) -> None:
    assert _is_one([RARE, record("b", "周QING", NUMBER, dwelling_cluster="d1")], tmp_path)


def test_a_lost_character_behind_a_traditional_surname(tmp_path: Path) -> None:
    rows = [record("a", "张龶", NUMBER, POLICE, dwelling_cluster="d1"), record("b", "張?", dwelling_cluster="d1")]
    assert _is_one(rows, tmp_path)


def test_two_records_with_the_same_lost_name(tmp_path: Path) -> None:
    rows = [
        record("a", "周?", NUMBER, mobile="13900000001", dwelling_cluster="d1"),
        record("b", "周〓", entity=POLICE, birth_date=BORN, mobile="13900000001", dwelling_cluster="d1"),
    ]
    assert _is_one(rows, tmp_path)


@pytest.mark.parametrize(
    "second",
    [
        record("b", "周永生", building_cluster="b1"),
        record("b", "周永声", mobile="13900000001"),
        record("b", "周永声", birth_date=BORN, entity="civil.elderly-services", dwelling_cluster="d1"),
        record("b", "周永声", entity="civil.elderly-services", birth_date=BORN, mobile="13900000001"),
        record("b", "周永生", mobile="13900000009", id_status="damaged", id_evidence=NUMBER[:15] + "000", birth_date=BORN),
        record("b", "周永生", mobile="02165000000", dwelling_cluster="d9", birth_date=BORN, entity="civil.elderly-services"),
    ],
)
def test_one_person(second: dict[str, Any], tmp_path: Path) -> None:
    assert _is_one([PLAIN, second], tmp_path)


@pytest.mark.parametrize(
    "second",
    [
        record("b", "周永生", building_cluster="b2"),
        record("b", "周永声", building_cluster="b1"),
        record("b", "周永声", entity=POLICE, mobile="13900000001"),
        record(
            "b", "周永生", mobile="13900000009", id_status="damaged", id_evidence=number_of(date(1958, 2, 1), 383)[:15] + "000"
        ),
    ],
)
def test_not_one_person(second: dict[str, Any], tmp_path: Path) -> None:
    assert not _is_one([PLAIN, second], tmp_path)


def test_two_of_one_name_in_a_building_leave_a_record_without_a_room_alone(tmp_path: Path) -> None:
    other = record("o", "周永生", number_of(date(1980, 3, 4), 11), POLICE, dwelling_cluster="d2", building_cluster="b1")
    vague = record("b", "周永生", building_cluster="b1")
    assert frozenset("b") in groups(run([PLAIN, other, vague], tmp_path))


def test_twins_of_like_sounding_names_stay_two(tmp_path: Path) -> None:
    rows = [
        record("t", "王子涵", number_of(CHILD, 301), POLICE, dwelling_cluster="d", mobile="13900000001"),
        record("u", "王子晗", None, POLICE, birth_date=CHILD, dwelling_cluster="d", mobile="13900000001"),
        record("v", "王子晗", None, "civil.children-in-need", birth_date=CHILD, dwelling_cluster="d"),
        record("w", "王子涵", None, "civil.children-in-need", birth_date=CHILD, dwelling_cluster="d"),
    ]
    assert groups(run(rows, tmp_path)) == {frozenset({"t", "w"}), frozenset({"u", "v"})}


def test_a_twin_under_the_mothers_number_is_not_the_other_twin(tmp_path: Path) -> None:
    mother, twin = number_of(date(1981, 10, 28), 972), number_of(CHILD, 302)
    rows = [
        record("m", "区雪蓉", mother, POLICE, dwelling_cluster="d"),
        record("t#1", "王梓馨", twin, "civil.assistance-cases", dwelling_cluster="d"),
        record("t", "王梓馨", twin, POLICE),
        record("u#2", "王梓昕", mother, "civil.assistance-cases", dwelling_cluster="d"),
    ]
    assert groups(run(rows, tmp_path)) == {frozenset("m"), frozenset({"t", "t#1"}), frozenset({"u#2"})}


def test_the_owner_and_the_tenant_of_a_dwelling_are_two(tmp_path: Path) -> None:
    rows = [
        record("o", "周永生", None, "property.owner", dwelling_cluster="d1", mobile="13900000002"),
        record("t", "周永生", NUMBER, "property.lease", dwelling_cluster="d1", mobile="13900000001"),
    ]
    assert not _is_one(rows, tmp_path)


def test_two_names_that_owners_tell_with_one_number_and_one_phone(tmp_path: Path) -> None:
    rows = [
        record("a", "周永生", NUMBER, mobile="13900000001", dwelling_cluster="d1"),
        record("b", "高志远", NUMBER, mobile="13900000001", dwelling_cluster="d2"),
    ]
    assert _is_one(rows, tmp_path)


@pytest.mark.parametrize(
    "bearer",
    [
        record("k", "高志远", number_of(CHILD, 301), POLICE, dwelling_cluster="d7"),
        record("k", "高志远", number_of(date(1955, 1, 2), 301), POLICE, dwelling_cluster="d1"),
        record("k", "高志远", number_of(date(1955, 1, 2), 301), POLICE, mobile="13900000001"),
    ],
)
def test_a_name_that_a_child_or_housemate_bears_was_borrowed_for(bearer: dict[str, Any], tmp_path: Path) -> None:
    rows = [
        record("a", "周永生", NUMBER, mobile="13900000001", dwelling_cluster="d1"),
        record("b", "高志远", NUMBER, mobile="13900000001", dwelling_cluster="d2"),
        bearer,
    ]
    found = groups(run(rows, tmp_path))
    assert not any({"a", "b"} <= group for group in found)


def test_flat_sharers_of_one_latin_name(tmp_path: Path) -> None:
    papers = (
        {"id_kind": kind, "id_number": number, "id_status": "valid"}
        for kind, number in (("passport", "X99406205"), ("foreign_permanent", "FRA992448863370"))
    )
    rows = [
        record("a", "SILVAAOI", entity=POLICE, birth_date=BORN, dwelling_cluster="d1", **next(papers)),
        record("b", "SILVAAOI", entity="property.lease", dwelling_cluster="d1", **next(papers)),
    ]
    assert not _is_one(rows, tmp_path)


def test_a_failed_number_and_a_masked_one_of_one_elder(tmp_path: Path) -> None:
    rows = [
        record("a", "周永生", None, dwelling_cluster="d1", **failed(NUMBER[:15] + NUMBER[16] + NUMBER[15] + NUMBER[17])),
        record("b", "周永生", None, "civil.elderly-services", dwelling_cluster="d1", birth_date=BORN, **masked(NUMBER)),
    ]
    assert _is_one(rows, tmp_path)


def test_a_sex_column_that_is_wrong_beside_all_that_agrees(tmp_path: Path) -> None:
    wrong = record("b", "周永生", None, POLICE, birth_date=BORN, sex_code="2", dwelling_cluster="d1", mobile="13900000001")
    rows = [
        record("a", "周永生", NUMBER, mobile="13900000001", dwelling_cluster="d1"),
        wrong,
        record("c", "周永生", dwelling_cluster="d1"),
    ]
    assert _is_one(rows, tmp_path)


@pytest.mark.parametrize(
    "second",
    [
        record("b", "周永生", None, POLICE, sex_code="2", dwelling_cluster="d1"),
        record("b", "周永生", number_of(BORN, 482), dwelling_cluster="d1", mobile="13900000001"),
        record("b", "周永声", None, "civil.elderly-services", birth_date=BORN, sex_code="2", dwelling_cluster="d1"),
    ],
)
def test_a_sex_that_a_number_tells_or_that_stands_beside_little_is_no_slip(second: dict[str, Any], tmp_path: Path) -> None:
    assert not _is_one([record("a", "周永生", NUMBER, mobile="13900000001", dwelling_cluster="d1"), second], tmp_path)


@pytest.mark.parametrize(("other", "is_one"), [("99425229", True), ("99425272", True), ("99415338", False)])
def test_a_permit_number_has_no_check_character(other: str, is_one: bool, tmp_path: Path) -> None:
    permit = {"id_kind": "taiwan_permit", "id_status": "valid"}
    rows = [
        record("a", "龚建辉", entity=POLICE, birth_date=BORN, dwelling_cluster="d1", **permit, id_number="99425227"),
        record("b", "龚建辉", entity="property.lease", dwelling_cluster="d1", **permit, id_number=other),
    ]
    assert _is_one(rows, tmp_path) is is_one
