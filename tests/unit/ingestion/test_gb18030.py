"""GB18030-2022 as other decoders read it, and what is not GB18030 at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.readers.gb18030 import decode, encode

# Codes whose meaning changed with the edition of 2022, and A3A0: what independent decoders give for them.
CODES = [
    "FE59",
    "FE61",
    "FE66",
    "FE67",
    "FE6D",
    "FE7E",
    "FE90",
    "FEA0",
    "A6D9",
    "A6DA",
    "A6DB",
    "A6DC",
    "A6DD",
    "A6DE",
    "A6DF",
    "A6EC",
    "A6ED",
    "A6F3",
    "A8BC",
    "A3A0",
]
MEANT = [
    "9FB4",
    "9FB5",
    "9FB6",
    "9FB7",
    "9FB8",
    "9FB9",
    "9FBA",
    "9FBB",
    "FE10",
    "FE12",
    "FE11",
    "FE13",
    "FE14",
    "FE15",
    "FE16",
    "FE17",
    "FE18",
    "FE19",
    "1E3F",
    "3000",
]


@pytest.mark.parametrize(("code", "meant"), zip(CODES, MEANT, strict=True))
def test_moved_codes_have_left_the_private_use_area(code: str, meant: str) -> None:
    assert decode(bytes.fromhex(code), "gb18030") == chr(int(meant, 16))


@pytest.mark.parametrize("name", ["䶮", "㛃", "㮾", "𬀩", "𫖯", "买买提·吐尔逊", "龴龵"])
def test_rare_names_survive_the_way_there_and_back(name: str) -> None:
    assert decode(encode(name), "gb18030") == name


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=["Cs", "Co", "Cn"]), min_size=1))
@settings(max_examples=60, deadline=None)
def test_whatever_is_encoded_is_decoded_to_itself(text: str) -> None:
    moved_away = set("\ue7c7")
    assert decode(b"x" + encode(text), "gb18030") in {"x" + text} or moved_away & set(text)


def test_utf8_is_recognised_by_its_mark_or_by_its_bytes() -> None:
    text = "编号,姓名\r\n1,控江路的张三·李\r\n"
    assert decode(text.encode("utf-8-sig"), "gb18030") == text
    assert decode(text.encode(), "gb18030") == text
    assert decode(b"\x84\x31\x95\x33" + text.encode("gb18030"), "gb18030") == text


def test_short_gb18030_that_is_valid_utf8_by_chance_stays_gb18030() -> None:
    assert decode("联通".encode("gb18030"), "gb18030") == "联通"


def test_bytes_that_are_no_text_are_marked_and_take_nothing_with_them() -> None:
    assert decode("张".encode("gb18030") + b"\xff,b\n", "gb18030") == "张\udcff,b\n"
