"""Names and numbers that are one, wrongly written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.evidence.names import is_like
from identity.evidence.numbers import fits_mask, is_near, wrong_digits
from identity.rules.rule_book import load_rule_book

BOOK = load_rule_book()
DIGITS = st.text("0123456789", min_size=18, max_size=18)


@pytest.mark.parametrize(
    ("left", "right", "like"),
    [
        ("张伟", "张玮", True),
        ("张伟", "张明", False),
        ("張偉", "张伟", True),
        ("李建国", "李健国", True),
        ("李建国", "李国建", True),
        ("李建国", "李卫东", False),
        ("王□明", "王大明", True),
        ("王\ue863", "王䶮", True),
        ("欧阳建国", "欧阳国", True),
        ("王伟", "王大伟", False),
    ],
)
def test_names(left: str, right: str, like: bool) -> None:
    assert is_like(left, right, BOOK.names) is like
    assert is_like(right, left, BOOK.names) is like


@given(DIGITS, st.integers(0, 17), st.integers(1, 9))
def test_one_slip_is_one(number: str, place: int, step: int) -> None:
    slipped = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert wrong_digits(number, slipped) == 1
    assert wrong_digits(slipped, number) == 1


@given(DIGITS, st.integers(0, 16))
def test_swapped_neighbours_are_one_slip(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert wrong_digits(number, swapped) == int(number != swapped)


@given(DIGITS, st.integers(0, 17))
def test_a_lost_digit_is_one_slip_of_the_pen(number: str, place: int) -> None:
    assert wrong_digits(number, number[:place] + number[place + 1 :]) == 0


@given(DIGITS, st.integers(0, 18), st.integers(0, 18))
def test_a_mask_fits_its_own_number(number: str, start: int, stop: int) -> None:
    assert fits_mask("".join("*" if start <= place < stop else sign for place, sign in enumerate(number)), number)


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        (date(1980, 4, 5), date(1980, 4, 6), True),
        (date(1980, 4, 5), date(1980, 5, 4), True),
        (date(1980, 4, 5), date(1990, 4, 5), True),
        (date(1980, 4, 5), date(1981, 6, 5), False),
        (date(1980, 12, 31), date(1981, 1, 1), True),
    ],
)
def test_birth_dates(left: date, right: date, near: bool) -> None:
    assert is_near(left, right, BOOK.vetoes.birth_slip) is near


def test_every_rule_of_the_book_is_told_in_both_languages_and_once() -> None:
    tags = [rule.tag for rule in (*BOOK.rules, BOOK.single)]
    assert len(tags) == len(set(tags))
    assert all(rule.zh and rule.en for rule in BOOK.rules)
