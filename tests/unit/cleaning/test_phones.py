"""Telephone numbers: what was dressed up in a cell comes out again, and nothing else."""

import re
from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.cleaning.phone.numbers import read_phones

MOBILES = (
    st.integers(13_000_000_001, 19_999_999_998)
    .map(str)
    .filter(lambda number: len(set(number[3:])) > 2 and "12345678" not in number)
)
LANDLINES = st.tuples(st.sampled_from(["010", "021", "0571", "0755"]), st.integers(20_000_001, 89_999_998).map(str)).filter(
    lambda parts: len(set(parts[1])) > 2 and parts[1] != "12345678"
)
DRESSES: tuple[Callable[[str], str], ...] = (
    lambda number: number,
    lambda number: f"+86{number}",
    lambda number: f"+86 {number[:3]} {number[3:7]} {number[7:]}",
    lambda number: f"0086{number}",
    lambda number: f"86{number}",
    lambda number: f"{number[:3]}-{number[3:7]}-{number[7:]}",
    lambda number: f"{number[:3]} {number[3:7]} {number[7:]}",
    lambda number: f"儿子{number}",
    lambda number: f"{number}（本人）",
    lambda number: "".join(chr(ord(sign) + 0xFEE0) for sign in number),
)
SEPARATORS = ("、", "/", ";", "；", "，", ",", " / ", "\n", " 或 ")


def slow(cell: str) -> list[str]:
    """The oracle for plain cells: parts between separators, each of digits only."""
    parts = re.split(r"[、/;；，,\n或 ]+", cell)
    return [part for part in parts if re.fullmatch(r"1[3-9]\d{9}", part)]


def read(text: str | None) -> dict[str, object]:
    return read_phones(pl.Series([text], dtype=pl.String)).row(0, named=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(MOBILES, st.sampled_from(DRESSES)), min_size=1, max_size=3), st.sampled_from(SEPARATORS))
def test_mobiles_come_out_of_any_dress(cases: list[tuple[str, Callable[[str], str]]], separator: str) -> None:
    row = read(separator.join(dress(number) for number, dress in cases))
    expected = list(dict.fromkeys(number for number, _ in cases))
    assert (row["phones"], row["mobile"], row["finding"]) == (expected, expected[0], None)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text("0123456789、/;", max_size=26), min_size=15, max_size=15))
def test_plain_cells_give_the_mobiles_that_the_oracle_sees(cells: list[str]) -> None:
    fast = read_phones(pl.Series(cells))["phones"].to_list()
    for cell, numbers in zip(cells, fast, strict=True):
        assert {number for number in slow(cell) if number in numbers} == {
            n for n in numbers if n in re.split(r"[、/;]+", cell) and n[0] == "1"
        }


@settings(max_examples=20, deadline=None)
@given(LANDLINES, st.sampled_from(["{0}-{1}", "({0}){1}", "{0}{1}", "{0} {1}", "{0}-{1}-801", "{0}-{1}转801"]))
def test_landlines_keep_their_area_code_and_lose_their_extension(parts: tuple[str, str], form: str) -> None:
    row = read(form.format(*parts))
    assert (row["phones"], row["mobile"]) == (["".join(parts)], None)


@settings(max_examples=20, deadline=None)
@given(MOBILES, MOBILES)
def test_two_mobiles_written_together_are_two(first: str, second: str) -> None:
    assert read(first + second)["phones"] == list(dict.fromkeys([first, second]))


@pytest.mark.parametrize(
    ("text", "phones", "finding"),
    [
        (None, [], None),
        ("无", [], None),
        ("0", [], None),
        ("13800138000", [], "PHONE-PLACEHOLDER"),
        ("13800000000", [], "PHONE-PLACEHOLDER"),
        ("11111111111", [], "PHONE-PLACEHOLDER"),
        ("00000000000", [], "PHONE-PLACEHOLDER"),
        ("12345678901", [], "PHONE-PLACEHOLDER"),
        ("15555555555", [], "PHONE-PLACEHOLDER"),
        ("138123456701", [], "PHONE-MALFORMED"),
        ("1381234567", [], "PHONE-MALFORMED"),
        ("微信联系", [], "PHONE-MALFORMED"),
        ("2161234568", ["02161234568"], None),
        ("61234568", ["61234568"], None),
        ("61234568-801", ["61234568"], None),
        ("400-820-8821", ["4008208821"], None),
        ("13812345671.0", ["13812345671"], None),
        ("13812345671 021-61234568", ["13812345671", "02161234568"], None),
        ("13800138000/13812345671", ["13812345671"], None),
    ],
)
def test_cells_as_people_fill_them(text: str | None, phones: list[str], finding: str | None) -> None:
    row = read(text)
    assert (row["phones"], row["finding"]) == (phones, finding)
