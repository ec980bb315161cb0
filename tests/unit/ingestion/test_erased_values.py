"""However a value of an erased person was written in a delivery, it is found there; what only looks like it is left alone."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.cleaning.phone.numbers import read_phones
from ingestion.erasure.person import Person
from ingestion.erasure.written import full_width

MOBILE, OTHER, LANDLINE, NUMBER = "13800000001", "15412345679", "02187654321", "31999919500301123X"
PERSON = Person(frozenset(), frozenset(), frozenset({MOBILE, LANDLINE, NUMBER, "王小芳"}), frozenset())


def left(text: str) -> str:
    return PERSON.pattern.sub("*", text)


@pytest.mark.parametrize(
    "text",
    [
        MOBILE,
        f"{MOBILE}{OTHER}",
        f"{OTHER}{MOBILE}",
        f"{MOBILE}{LANDLINE}",
        f"{LANDLINE}{MOBILE}",
        f"86{MOBILE}",
        f"+86 {MOBILE}",
        f"0086-{MOBILE}",
        "138 0000 0001",
        "138-0000-0001",
        full_width(MOBILE),
        f"王小芳{MOBILE}白天",
        "(021)8765-4321",
        "021-87654321转8001",
        "21-8765 4321",
    ],
)
def test_a_telephone_that_cleaning_reads_is_no_longer_read(text: str) -> None:
    mine = {MOBILE, LANDLINE}
    assert mine & set(read_phones(pl.Series([text]))["phones"][0])
    assert mine & set(read_phones(pl.Series([left(text)]))["phones"][0]) == set()


BREAKS = st.lists(st.sampled_from(["", "", "", " ", "-"]), min_size=10, max_size=10)
AROUND = st.sampled_from(["", "86", "+86", "0086", "+86 ", "电话", "/", f"{OTHER},", f"{OTHER}", "手机："])


@given(BREAKS, AROUND, st.sampled_from(["", "（家）", f"/{OTHER}", OTHER, " 备用"]))
def test_in_whatever_form_cleaning_reads_a_mobile_it_is_taken_out(breaks: list[str], before: str, behind: str) -> None:
    text = before + MOBILE[0] + "".join(cut + digit for cut, digit in zip(breaks, MOBILE[1:], strict=True)) + behind
    assert MOBILE not in read_phones(pl.Series([left(text)]))["phones"][0]


@pytest.mark.parametrize("text", [NUMBER, NUMBER.lower(), f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", f"{NUMBER}44", "王 小芳"])
def test_a_number_and_a_name_are_found_as_they_are_written(text: str) -> None:
    assert left(text) in {"*", "*44"}


@pytest.mark.parametrize("text", [f"319999{MOBILE}1", f"9{MOBILE}", f"{MOBILE}5", "王小芳芳", OTHER, "8765432"])
def test_what_is_another_value_stays(text: str) -> None:
    assert left(text) == text
