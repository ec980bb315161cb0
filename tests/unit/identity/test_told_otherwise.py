"""Names, numbers and birth dates that people tell in another way than the register, and those that only look like it."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from identity.evidence.names import is_same_sound, is_shortened
from identity.evidence.numbers import contradicts_mask
from identity.evidence.unconfirmed import in_digits
from identity.explain.compare import agreements
from identity.rules.rule_book import load_rule_book
from tests.unit.identity.invented import groups, masked, number_of, record, run

BOOK = load_rule_book()
BORN, CHILD = date(1957, 2, 16), date(2024, 9, 1)
NUMBER = number_of(BORN, 483)
POLICE, ELDER = "police.SYRK", "civil.elderly-services"
HOME: dict[str, Any] = {"mobile": "13900000001", "dwelling_cluster": "d1"}
PLAIN = record("a", "周永生", NUMBER, POLICE, **HOME)


def _is_one(rows: list[dict[str, Any]], folder: Path) -> bool:
    return groups(run(rows, folder)) == {frozenset(row["source_key"] for row in rows)}


@pytest.mark.parametrize(
    ("left", "right", "is_part"),
    [
        ("周永生", "周生", True),
        ("周永生", "周永", True),
        ("周永生", "永生", False),
        ("周永生", "周明", False),
        ("热合曼尼亚孜", "热合曼", True),
        ("热合曼尼亚孜", "尼亚孜", False),  # the father's name, which is the child's second part
        ("ROSSIPETER", "PETERROSSI", True),
        ("GARCIAMINJUN", "GARCIAMIN", True),
        ("JOHNASMITH", "SMITHJOHN", True),
        ("SMITHJOHN", "SMITHMARY", False),
        ("SMITHJOHN", "SMITH", True),
    ],
)
def test_shortened_names(left: str, right: str, *, is_part: bool) -> None:
    assert is_shortened(left, right) is is_part
    assert is_shortened(right, left) is is_part


@pytest.mark.parametrize(("left", "right"), [("孫琳順", "孙琳顺"), ("羅豔", "罗艳"), ("卢轩", "卢瑄"), ("林茜", "林倩")])
def test_traditional_forms_and_sounds_of_all_usual_characters(left: str, right: str) -> None:
    assert is_same_sound(left, right, BOOK.names)


def test_no_character_has_two_sounds() -> None:
    signs = [sign for group in BOOK.names.near for sign in group]
    assert len(signs) == len(set(signs))
    assert " " not in signs


def test_letters_for_the_digits_of_their_shape() -> None:
    told = pl.Series("told", ["31999919570216O483", "3l999919570216048X", "O1234567", "H01234567"]).to_frame()
    read = told.select(in_digits(pl.col("told"))).to_series().to_list()
    assert read == ["319999195702160483", "31999919570216048X", "O1234567", "H01234567"]


def test_a_number_with_a_letter_for_a_digit(tmp_path: Path) -> None:
    lettered = {"id_kind": "citizen", "id_status": "malformed", "id_evidence": NUMBER.replace("0", "O", 1)}
    assert _is_one([PLAIN, record("b", "周永生", mobile="13900000002", dwelling_cluster="d2", **lettered)], tmp_path)


@pytest.mark.parametrize(
    ("visible", "other", "is_other"),
    [
        (masked(NUMBER)["id_visible"], NUMBER, False),
        ("3199" + "89" + "*" * 8 + NUMBER[14:], NUMBER, False),
        ("319999" + "*" * 8 + NUMBER[15] + NUMBER[14] + NUMBER[16:], NUMBER, False),
        (masked(number_of(BORN, 485))["id_visible"], NUMBER, True),  # a twin: the check character differs as well
        ("319999" + "*" * 8 + NUMBER[14:17] + "*", NUMBER, False),
        ("319989" + "*" * 8 + NUMBER[14:17] + "*", NUMBER, True),  # without its check character nothing tells a slip
    ],
)
def test_slips_in_what_a_mask_shows(visible: str, other: str, *, is_other: bool) -> None:
    assert contradicts_mask(visible, other) is is_other
    assert contradicts_mask(other, visible) is is_other


def test_a_masked_number_with_a_slip(tmp_path: Path) -> None:
    slipped = masked(NUMBER) | {"id_visible": "319989" + masked(NUMBER)["id_visible"][6:]}
    assert _is_one([PLAIN, record("b", "周永生", None, ELDER, birth_date=BORN, **slipped, **HOME)], tmp_path)


@pytest.mark.parametrize("told", [date(1957, 1, 17), date(1957, 1, 1), date(1957, 4, 1)])
@pytest.mark.parametrize("number", [{}, masked(NUMBER)])
def test_a_lunar_birthday_or_a_year_alone(told: date, number: dict[str, Any], tmp_path: Path) -> None:
    assert _is_one([PLAIN, record("b", "周永生", None, ELDER, birth_date=told, **number, **HOME)], tmp_path)


@pytest.mark.parametrize("told", [date(1957, 5, 30), date(1958, 1, 1), date(1985, 3, 20)])
def test_another_birthday_is_another_person(told: date, tmp_path: Path) -> None:
    assert not _is_one([PLAIN, record("b", "周永生", None, ELDER, birth_date=told, **HOME)], tmp_path)


def test_a_birthday_told_otherwise_needs_more_than_a_like_name(tmp_path: Path) -> None:
    assert not _is_one([PLAIN, record("b", "周永声", None, ELDER, birth_date=date(1957, 1, 17), **HOME)], tmp_path)


@pytest.mark.parametrize("name", ["周生", "周永", "周敏生"])
def test_a_shortened_name_under_the_number(name: str, tmp_path: Path) -> None:
    assert _is_one([PLAIN, record("b", name, NUMBER, **HOME)], tmp_path)


def test_a_shortened_name_that_a_child_at_home_bears(tmp_path: Path) -> None:
    child = record("c", "周生", number_of(CHILD, 301), POLICE, **HOME)
    found = groups(run([PLAIN, record("b", "周生", NUMBER, **HOME), child], tmp_path))
    assert not any({"a", "b"} <= group for group in found)


@pytest.mark.parametrize(
    ("owners", "is_one"),
    [
        ([record("b", "周永远", NUMBER, **HOME)], True),  # a slip of the pen, or an earlier name
        ([record("b", "周卫东", NUMBER, mobile="13900000001", dwelling_cluster="d2")], True),  # an earlier name
        ([record("b", "周卫东", NUMBER, **HOME)], False),  # his child under his number
        ([record("b", "高志远", NUMBER, **HOME)], False),  # his wife
        ([record("b", "周卫东", NUMBER, **HOME), record("c", "周永生", NUMBER, **HOME)], False),  # two owners of one dwelling
        ([record("b", "周永东", NUMBER, **HOME), record("c", "周永生", NUMBER, **HOME)], False),
        ([record("b", "周生", NUMBER, **HOME), record("c", "周永生", NUMBER, **HOME)], False),
        ([record("b", "周永声", NUMBER, **HOME), record("c", "周永生", NUMBER, **HOME)], True),  # one of them, listed twice
    ],
)
def test_who_owns_a_home_under_anothers_number(owners: list[dict[str, Any]], *, is_one: bool, tmp_path: Path) -> None:
    assert any({"a", "b"} <= group for group in groups(run([PLAIN, *owners], tmp_path))) is is_one


def test_a_foreign_name_with_the_surname_behind(tmp_path: Path) -> None:
    passport = {"id_kind": "passport", "id_number": "X99406205", "id_status": "valid"}
    assert _is_one([record("a", "KIMOLGA", entity=POLICE, **passport, **HOME), record("b", "OLGAKIM", **HOME)], tmp_path)


def test_what_is_told_otherwise_is_told_in_the_explanation() -> None:
    told = record("b", "周生", None, ELDER, birth_date=date(1957, 1, 17), **HOME)
    assert agreements(PLAIN, told, BOOK) == ["name_part", "birth_loose", "phone_same", "dwelling_same"]
