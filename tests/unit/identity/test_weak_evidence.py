"""Records that tell no number, a name in other characters, or no name: when the household places them, and when not."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from identity.explain.explain import explain
from tests.unit.identity.invented import failed, frame, groups, ids, masked, number_of, record, run

pytestmark = pytest.mark.slow  # each test solves a street of its own

ELDER, CHILD = date(1941, 5, 6), date(2014, 9, 1)
NUMBER = number_of(ELDER, 123)
SERVICES = "civil.elderly-services"
FIRST = record("a", "李建国", NUMBER, "police.SYRK", mobile="13900000001", dwelling_cluster="d1")
AGAIN = record("a2", "李建国", NUMBER, mobile="13900000001")
OTHER = record("o", "李建军", number_of(date(1969, 2, 3), 55), "police.SYRK", mobile="13900000002", dwelling_cluster="d1")
NEIGHBOUR = record("n", "李建果", number_of(date(1980, 2, 3), 57), "police.SYRK", dwelling_cluster="d9")


@pytest.mark.parametrize(
    ("second", "rule"),
    [
        (record("b", "李建果", dwelling_cluster="d1"), "like_dwelling@2"),
        (record("b", "李*国", dwelling_cluster="d1"), "like_dwelling@2"),
        (record("b", "李建郭", dwelling_cluster="d1", mobile="13900000001"), "like_household@2"),
        (record("b", None, entity=SERVICES, birth_date=ELDER, dwelling_cluster="d1", **masked(NUMBER)), "unnamed_masked@1"),
        (record("b", "待核实", dwelling_cluster="d1", **failed(NUMBER[:9] + "9" + NUMBER[10:])), "unnamed_slip@1"),
        (record("b", None, mobile="13900000001", **failed(NUMBER[:15] + NUMBER[16] + NUMBER[15] + NUMBER[17])), "unnamed_slip@1"),
    ],
)  # fmt: skip
def test_the_household_places_a_weak_record(second: dict[str, Any], rule: str, tmp_path: Path) -> None:
    rows = [FIRST, AGAIN, OTHER, second]
    resolution = run(rows, tmp_path)
    assert groups(resolution) == {frozenset({"a", "a2", "b"}), frozenset("o")}
    stories = {story.ref[2]: story for story in explain(ids(resolution)["b"], resolution.resident_link, frame(rows))}
    assert stories["b"].linked_by == rule
    assert f"（{rule}" in stories["b"].zh[1]


@pytest.mark.parametrize(
    "second",
    [
        record("b", None, dwelling_cluster="d1"),
        record("b", None, mobile="13900000001"),
        record("b", None, dwelling_cluster="d1", mobile="13900000002"),
        record("b", None, dwelling_cluster="d1", mobile="13900000001"),
        record("b", "李〓国", dwelling_cluster="d1"),  # a character that every system can show was not lost
        record("b", "王阿姨", dwelling_cluster="d1", mobile="13900000001"),
        record("b", None, **failed(NUMBER[:9] + "9" + NUMBER[10:])),
        record("b", None, entity="police.SYRK", birth_date=CHILD, dwelling_cluster="d1", mobile="13900000001"),
        record("b", None, entity="police.SYRK", sex_code="2", dwelling_cluster="d1", mobile="13900000001"),
        record("b", None, dwelling_cluster="d1", entity=SERVICES, birth_date=ELDER, **masked(number_of(ELDER, 125))),
        record("b", "王建军", dwelling_cluster="d1", mobile="13900000001"),
        record("b", "李建果", entity="police.SYRK", birth_date=ELDER, dwelling_cluster="d1"),
    ],
)  # fmt: skip
def test_nobody_is_placed_by_the_household_alone(second: dict[str, Any], tmp_path: Path) -> None:
    assert frozenset("b") in groups(run([FIRST, AGAIN, OTHER, second], tmp_path))


def test_a_phone_that_the_family_shares_is_nobodys_own(tmp_path: Path) -> None:
    wife = record("w", "陈桂英", number_of(date(1944, 1, 2), 26), "police.SYRK", mobile="13900000001", dwelling_cluster="d1")
    unnamed = record("b", None, dwelling_cluster="d1", mobile="13900000001")
    assert frozenset("b") in groups(run([FIRST, AGAIN, wife, unnamed], tmp_path))


def test_a_grandchild_without_a_name_is_not_placed_by_the_grandfathers_phone(tmp_path: Path) -> None:
    rows = [
        record("g1", "李建国", mobile="13900000001", dwelling_cluster="d1"),
        record("g2", "李建国", mobile="13900000001", dwelling_cluster="d1", entity="device.register"),
        record("k", None, number_of(CHILD, 301), "police.SYRK", mobile="13900000001", dwelling_cluster="d1"),
    ]
    assert groups(run(rows, tmp_path)) == {frozenset({"g1", "g2"}), frozenset("k")}


def test_a_like_name_that_is_a_registered_persons_own_is_no_slip(tmp_path: Path) -> None:
    landlord = record("b", "李建果", dwelling_cluster="d1")
    assert frozenset("b") in groups(run([FIRST, AGAIN, NEIGHBOUR, landlord], tmp_path))


def test_like_names_of_two_siblings_in_one_home_leave_the_record_to_its_own_name(tmp_path: Path) -> None:
    sibling = record("s", "李建果", number_of(date(1944, 1, 2), 29), "police.SYRK", dwelling_cluster="d1")
    rows = [FIRST, AGAIN, sibling, record("b", "李建果", dwelling_cluster="d1"), record("c", "李建郭", dwelling_cluster="d1")]
    assert groups(run(rows, tmp_path)) == {frozenset({"a", "a2"}), frozenset({"s", "b"}), frozenset("c")}


def test_a_child_under_the_parents_number_is_not_drawn_to_the_parent_by_a_like_name(tmp_path: Path) -> None:
    mother = number_of(date(1986, 3, 12), 222)
    rows = [
        record("m1", "王梓彤", mother, "police.SYRK", dwelling_cluster="d"),
        record("m2", "王梓彤", mother, dwelling_cluster="d"),
        record("c0", "王紫童", number_of(CHILD, 224), "police.SYRK", dwelling_cluster="d"),
        record("c1", "王紫童", mother, "civil.assistance-cases", dwelling_cluster="d"),
        record("c2", None, mother, "civil.children-in-need", birth_date=CHILD, dwelling_cluster="d"),
    ]
    found = groups(run(rows, tmp_path))
    assert frozenset({"m1", "m2"}) in found
    assert frozenset({"c0", "c1"}) in found


@pytest.mark.parametrize("given", ["子涵", None])
def test_twins_stay_two_where_names_and_numbers_are_half_told(given: str | None, tmp_path: Path) -> None:
    one, other = number_of(CHILD, 301), number_of(CHILD, 303)
    half = record("b", given and f"王{given}", None, "civil.children-in-need", birth_date=CHILD, dwelling_cluster="d")
    rows = [
        record("t", "王子涵", one, "police.SYRK", dwelling_cluster="d"),
        record("u", "王子晗", other, "police.SYRK", dwelling_cluster="d"),
        half,
        record("v", None, None, "civil.children-in-need", birth_date=CHILD, dwelling_cluster="d", **masked(other)),
    ]
    found = groups(run(rows, tmp_path))
    assert frozenset({"u", "v"}) in found
    assert frozenset({"t", "b"} if given else {"t"}) in found


def test_the_others_of_a_household_tell_where_it_lives(tmp_path: Path) -> None:
    rows = [
        record("a", "李建国", NUMBER, "police.SYRK", household_no="h1"),
        record("w", "陈桂英", number_of(date(1944, 1, 2), 26), "police.SYRK", household_no="h1", dwelling_cluster="d1"),
        record("b", "李建国", dwelling_cluster="d1"),
        record("n", "李建国", dwelling_cluster="d2"),
    ]
    resolution = run(rows, tmp_path)
    assert groups(resolution) == {frozenset({"a", "b"}), frozenset("w"), frozenset("n")}
    assert set(resolution.resident_link.filter(source_key="b")["linked_by"]) == {"name_household@1"}


def test_a_household_in_two_dwellings_tells_nothing(tmp_path: Path) -> None:
    rows = [
        record("a", "李建国", NUMBER, "police.SYRK", household_no="h1"),
        record("w", "陈桂英", number_of(date(1944, 1, 2), 26), "police.SYRK", household_no="h1", dwelling_cluster="d1"),
        record("s", "李建军", number_of(date(1970, 1, 2), 27), "police.SYRK", household_no="h1", dwelling_cluster="d2"),
        record("b", "李建国", dwelling_cluster="d1"),
    ]
    assert frozenset("b") in groups(run(rows, tmp_path))


def test_father_and_son_of_one_name_in_one_dwelling(tmp_path: Path) -> None:
    son = date(1968, 8, 8)
    rows = [
        record("f", "李建国", NUMBER, "police.SYRK", dwelling_cluster="d1"),
        record("s", "李建国", number_of(son, 33), "police.SYRK", dwelling_cluster="d1"),
        record("s2", "李建国", entity="civil.elderly-services", birth_date=son, dwelling_cluster="d1"),
        record("b", "李建国", dwelling_cluster="d1"),
        record("c", "李建果", dwelling_cluster="d1"),
    ]
    found = groups(run(rows, tmp_path))
    assert frozenset("f") in found
    assert frozenset({"s", "s2"}) in found


def test_wang_wei_twice_in_a_building(tmp_path: Path) -> None:
    rows = [
        record("a", "王伟", number_of(date(1970, 1, 1), 11), "police.SYRK", dwelling_cluster="d1"),
        record("b", "王伟", number_of(date(1990, 7, 7), 13), "police.SYRK", dwelling_cluster="d2"),
        record("c", "王玮", dwelling_cluster="d2"),
        record("d", "王伟"),
    ]
    assert groups(run(rows, tmp_path)) == {frozenset("a"), frozenset({"b", "c"}), frozenset("d")}


def test_two_names_under_one_number_where_the_register_knows_of_a_change(tmp_path: Path) -> None:
    rows = [
        record("a", "李建国", NUMBER, "police.SYRK", birth_date=ELDER, former_name_key="李建国", dwelling_cluster="d1"),
        record("b", "高志远", NUMBER, dwelling_cluster="d1"),
    ]
    resolution = run(rows, tmp_path)
    assert groups(resolution) == {frozenset({"a", "b"})}
    stories = explain(ids(resolution)["b"], resolution.resident_link, frame(rows))
    assert all("一方登记改过姓名" in story.zh[1] for story in stories)


@pytest.mark.parametrize(
    "child",
    [
        record("k", "李晨", number_of(CHILD, 301), "police.SYRK", dwelling_cluster="d7"),
        record("k", "李晨", None, "civil.children-in-need", birth_date=CHILD),
        record("k", "李晨", None, "police.SYRK", birth_date=ELDER, dwelling_cluster="d1"),
    ],
)
def test_a_name_that_another_bears_is_not_the_owners_new_one(child: dict[str, Any], tmp_path: Path) -> None:
    rows = [
        record("a", "李建国", NUMBER, "police.SYRK", birth_date=ELDER, former_name_key="李建国", dwelling_cluster="d1"),
        record("b", "李晨", NUMBER, dwelling_cluster="d1"),
        child,
    ]
    assert frozenset("a") in groups(run(rows, tmp_path))


def test_a_second_name_under_a_number_is_not_taken_without_a_known_change(tmp_path: Path) -> None:
    rows = [
        record("a", "李建国", NUMBER, "police.SYRK", birth_date=ELDER, dwelling_cluster="d1"),
        record("b", "高志远", NUMBER, dwelling_cluster="d1"),
    ]
    assert groups(run(rows, tmp_path)) == {frozenset("a"), frozenset("b")}


def test_a_rounded_number_that_passes_its_check_tells_no_sex(tmp_path: Path) -> None:
    body = next(
        text for text in (f"31999919410506{digit}000" for digit in range(10)) if text == number_of(ELDER, int(text[14:17]))
    )
    true = number_of(ELDER, int(body[14]) * 100 + 13)
    rows = [record("a", "李建国", true, "police.SYRK", dwelling_cluster="d1"), record("b", "李建国", body, dwelling_cluster="d1")]
    assert groups(run(rows, tmp_path)) == {frozenset({"a", "b"})}
