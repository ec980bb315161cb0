"""Cases whose answer everybody knows."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.identity.invented import failed, groups, ids, masked, number_of, record, run

MOTHER = date(1986, 3, 12)
CHILD = date(2014, 9, 1)
ELDER = date(1941, 5, 6)
NUMBER = number_of(ELDER, 123)


def _together(rows: list[dict[str, Any]], folder: Path) -> set[frozenset[str]]:
    return groups(run(rows, folder))


def _all(rows: list[dict[str, Any]]) -> set[frozenset[str]]:
    return {frozenset(row["source_key"] for row in rows)}


@pytest.mark.parametrize(
    "second",
    [
        record("b", "李建国", NUMBER, "police.SYRK"),
        record("b", "李健国", NUMBER, "police.SYRK"),
        record("b", "李〓国", NUMBER, "police.SYRK"),
        record("b", None, NUMBER),
        record("b", "李建国", **failed(NUMBER[:9] + "9" + NUMBER[10:])),
        record("b", "李建国", **failed(NUMBER[:14] + NUMBER[15] + NUMBER[14] + NUMBER[16:])),
        record("b", "李建国", **failed(NUMBER[:11] + NUMBER[12:])),
        record("b", "李建国", entity="civil.elderly-services", birth_date=ELDER, **masked(NUMBER)),
        record("b", "李建国", entity="civil.elderly-services", birth_date=ELDER),
        record("b", "李建國", entity="civil.elderly-services", birth_date=ELDER),
        record("b", "李建国", mobile="13900000001", phones=["13900000001"]),
        record("b", "李建国", phones=["02165000000", "13900000001"]),
        record("b", "李建国", dwelling_cluster="d1"),
        record("b", "李卫东", entity="civil.elderly-services", birth_date=ELDER, former_name_key="李建国"),
        record("b", "待核实", NUMBER),
        record("b", "李建国", id_status="damaged", id_evidence=NUMBER[:15] + "000", birth_date=ELDER),
        record("b", "李建国", dwelling_cluster="d1", id_status="damaged", id_evidence="3.19999E+17"),
        record("b", "李*国", dwelling_cluster="d1", mobile="13900000001"),
        record("b", "李健国", dwelling_cluster="d1", mobile="13900000001"),
        record("b", "李健国", entity="civil.elderly-services", birth_date=ELDER, **masked(NUMBER)),
        record("b", "李健国", dwelling_cluster="d1", mobile="13900000001", birth_date=ELDER, entity="police.SYRK"),
        record("b", "李健国", mobile="13900000001"),
    ],
)
def test_one_person(second: dict[str, Any], tmp_path: Path) -> None:
    first = record("a", "李建国", NUMBER, mobile="13900000001", dwelling_cluster="d1")
    assert _together([first, second], tmp_path) == _all([first, second])


@pytest.mark.parametrize(
    "second",
    [
        record("b", "李建国", number_of(ELDER, 125), dwelling_cluster="d1"),
        record("b", "李建国", number_of(date(1975, 1, 2), 123), mobile="13900000001"),
        record("b", "李建国", entity="police.SYRK", birth_date=date(1975, 1, 2), dwelling_cluster="d1"),
        record("b", "李建国", entity="police.SYRK", sex_code="2", dwelling_cluster="d1"),
        record("b", "李建国", dwelling_cluster="d1", **masked(number_of(ELDER, 987))),
        record("b", "李建国", dwelling_cluster="d1", **failed("319999197002159990")),
        record("b", "李建军", dwelling_cluster="d1", mobile="13900000001", birth_date=ELDER, entity="police.SYRK"),
        record("b", "王阿姨", dwelling_cluster="d1", mobile="13900000001"),
        record("b", None, dwelling_cluster="d1", mobile="13900000001"),
        record("b", "李", dwelling_cluster="d1", mobile="13900000001"),
        record("b", "李建国", dwelling_cluster="d1", id_status="damaged", id_evidence="319999197002159000"),
    ],
)
def test_not_one_person(second: dict[str, Any], tmp_path: Path) -> None:
    first = record("a", "李建国", NUMBER, mobile="13900000001", dwelling_cluster="d1")
    assert _together([first, second], tmp_path) == {frozenset("a"), frozenset("b")}


def test_twins_stay_two_even_when_one_is_filed_under_the_others_number(tmp_path: Path) -> None:
    one, other = number_of(CHILD, 301), number_of(CHILD, 303)
    rows = [
        record("a1", "王子涵", one, "police.SYRK", dwelling_cluster="d"),
        record("a2", "王子涵", None, "civil.children-in-need", birth_date=CHILD, dwelling_cluster="d"),
        record("b1", "王子轩", other, "police.SYRK", dwelling_cluster="d"),
        record("b2", "王子轩", None, "civil.children-in-need", birth_date=CHILD, dwelling_cluster="d"),
        record("b3", "王子轩", one, dwelling_cluster="d"),
    ]
    assert _together(rows, tmp_path) == {frozenset({"a1", "a2"}), frozenset({"b1", "b2", "b3"})}


def test_a_child_under_the_parents_number_stays_a_child(tmp_path: Path) -> None:
    number = number_of(MOTHER, 222)
    rows = [
        record("m1", "陈丽", number, "police.SYRK", dwelling_cluster="d"),
        record("m2", "陈丽", number, dwelling_cluster="d"),
        record("c1", "陈晨", number, "civil.children-in-need", birth_date=CHILD, dwelling_cluster="d"),
        record("c2", "陈晨", None, "police.SYRK", birth_date=CHILD, dwelling_cluster="d"),
        record("c3", "陈晨", number, "civil.assistance-cases", dwelling_cluster="d"),
    ]
    resolution = run(rows, tmp_path)
    assert groups(resolution) == {frozenset({"m1", "m2"}), frozenset({"c1", "c2", "c3"})}
    assert resolution.review["reasons"].str.contains("借用").any()
    tokens = dict(resolution.token.select("resident_id", "id_token").iter_rows())
    assert tokens[ids(resolution)["c2"]] is None


@pytest.mark.parametrize("child", ["王梓涵", "王紫彤", None])
def test_members_of_one_case_are_different_people(child: str | None, tmp_path: Path) -> None:
    number = number_of(MOTHER, 222)
    rows = [
        record("m", "王梓彤", number, "police.SYRK", dwelling_cluster="d"),
        record("c#0", "王梓彤", None, "civil.assistance-cases", dwelling_cluster="d", mobile="13900000001"),
        record("c#1", child, number, "civil.assistance-cases", dwelling_cluster="d", mobile="13900000001"),
    ]
    assert _together(rows, tmp_path) == {frozenset({"m", "c#0"}), frozenset({"c#1"})}


@pytest.mark.parametrize("is_masked", [True, False])
def test_a_child_beside_its_parents_damaged_number_does_not_own_the_whole_one(is_masked: bool, tmp_path: Path) -> None:
    number = number_of(MOTHER, 222)
    damaged = masked(number) if is_masked else failed(number[:9] + number[10] + number[9] + number[11:])
    rows = [
        record("m", "待核实", number, "police.SYRK"),
        record("c#1", "李卫红", None, "civil.assistance-cases", dwelling_cluster="d", **damaged),
        record("c#2", "蔡子鸣", number, "civil.assistance-cases", dwelling_cluster="d"),
    ]
    assert frozenset({"c#2"}) in groups(run(rows, tmp_path))


def test_a_childs_own_number_in_the_same_home_tells_it_from_a_slip(tmp_path: Path) -> None:
    mother, child = number_of(MOTHER, 222), number_of(CHILD, 111)
    rows = [
        record("m1", "王梓彤", mother, "police.SYRK", dwelling_cluster="d"),
        record("m2", "王梓彤", mother, dwelling_cluster="d"),
        record("c1", "王梓涵", child, "police.SYRK", dwelling_cluster="d"),
        record("c2", "王梓涵", mother, dwelling_cluster="d"),
    ]
    assert _together(rows, tmp_path) == {frozenset({"m1", "m2"}), frozenset({"c1", "c2"})}


def test_a_number_that_two_names_claim_equally_is_nobodys(tmp_path: Path) -> None:
    rows = [record("a", "赵敏", NUMBER), record("b", "周芳华", NUMBER)]
    resolution = run(rows, tmp_path)
    assert groups(resolution) == {frozenset("a"), frozenset("b")}
    assert resolution.review.height == 1


def test_same_name_neighbours_and_a_record_that_could_be_either(tmp_path: Path) -> None:
    rows = [
        record("a", "张伟", number_of(date(1970, 1, 1), 11), dwelling_cluster="d1", mobile="13900000001"),
        record("b", "张伟", number_of(date(1990, 7, 7), 13), dwelling_cluster="d2", mobile="13900000001"),
        record("c", "张伟", mobile="13900000001"),
        record("d", "张伟", dwelling_cluster="d2"),
    ]
    resolution = run(rows, tmp_path)
    assert groups(resolution) == {frozenset("a"), frozenset({"b", "d"}), frozenset("c")}
    assert resolution.review["reasons"].str.contains("无法判定归谁").sum() == 2


def test_an_office_phone_links_nobody(tmp_path: Path) -> None:
    names = ["赵一鸣", "钱二虎", "孙三元", "李四光", "周五常", "吴六奇", "郑七喜", "王八斤", "冯九成", "陈十全"]
    rows = [record(f"o{place}", name, mobile="13900000009") for place, name in enumerate(names)]
    rows.append(record("x", "赵一鸣", entity="device.register", mobile="13900000009"))
    assert len(_together(rows, tmp_path)) == len(rows)


def test_papers_that_do_not_contradict_each_other(tmp_path: Path) -> None:
    born = date(1980, 4, 4)
    permit = {"id_kind": "hmt_permit", "id_number": "H12345678", "id_status": "valid"}
    passports = [{"id_kind": "passport", "id_number": number, "id_status": "valid"} for number in ("E00000001", "E00000002")]
    rows = [
        record("h1", "何家辉", number_of(born, 11, "810000"), "police.SYRK", id_kind="hmt_residence"),
        record("h2", "何家辉", entity="police.SYRK", birth_date=born, **permit),
        record("p1", "史密斯约翰", entity="police.SYRK", birth_date=born, **passports[0]),
        record("p2", "史密斯约翰", entity="police.SYRK", birth_date=born, **passports[1]),
    ]
    assert _together(rows, tmp_path) == {frozenset({"h1", "h2"}), frozenset({"p1", "p2"})}


def test_a_contradicted_pair_goes_to_people_without_plain_values(tmp_path: Path) -> None:
    rows = [record("a", "李建国", NUMBER, "police.SYRK"), record("b", "李建国", number_of(ELDER, 125), "police.SYRK")]
    review = run(rows, tmp_path).review
    assert review["reasons"].to_list() == ["姓名与出生日期一致；不予合并：证件号均有效但不同"]
    assert review.select("left_key", "right_key").row(0) == ("a", "b")


def test_an_upgraded_number_with_a_slip_finds_its_person(tmp_path: Path) -> None:
    wrong = number_of(date(1941, 5, 7), 123)
    rows = [record("a", "李建国", NUMBER, "police.SYRK"), record("b", "李建国", wrong, id_status="upgraded")]
    assert _together(rows, tmp_path) == _all(rows)


def test_records_with_nothing_in_them(tmp_path: Path) -> None:
    rows = [record(key, None, sex_code=None, id_kind=None, id_status=None, is_live=None) for key in "abc"]
    resolution = run(rows, tmp_path)
    assert len(groups(resolution)) == len(rows)
    assert resolution.resident_link["is_live"].all()
