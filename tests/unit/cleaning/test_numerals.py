"""Chinese numerals in both manners against plain writers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.cleaning.text.numerals import arabic, chinese

SIGNS = "零一二三四五六七八九"


def by_digit(number: int, zero: str) -> str:
    return "".join(zero if sign == "0" else SIGNS[int(sign)] for sign in str(number))


def positional(number: int) -> str:
    """Writes 1 to 9999 as it is read aloud: 107 is 一百零七, 18 is 十八."""
    text, has_gap = "", False
    for step, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit == 0:
            has_gap = bool(text)
            continue
        text += ("零" if has_gap else "") + SIGNS[digit] + name
        has_gap = False
    return text.removeprefix("一") if 10 <= number < 20 else text


@given(st.integers(1, 99_999), st.sampled_from("零〇○"))
def test_a_numeral_written_digit_by_digit_is_read_back(number: int, zero: str) -> None:
    assert arabic(by_digit(number, zero)) == str(number)


@given(st.integers(1, 9_999))
def test_a_positional_numeral_is_read_back(number: int) -> None:
    assert arabic(positional(number)) == str(number)


@given(st.integers(1, 99))
def test_what_is_written_for_roads_is_read_back(number: int) -> None:
    assert arabic(chinese(number)) == str(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一一九七", "1197"),
        ("一千二百", "1200"),
        ("一千二", "1200"),
        ("一千零二", "1002"),
        ("两百", "200"),
        ("廿三", "23"),
        ("卅", "30"),
        ("一百一十五", "115"),
        ("百", None),
        ("十百", None),
        ("二三十", None),
    ],
)
def test_numerals_as_people_write_them(text: str, number: str | None) -> None:
    assert arabic(text) == number
