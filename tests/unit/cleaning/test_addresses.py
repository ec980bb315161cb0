"""Addresses: a corpus of forms with their elements, keys, levels, and element columns."""

import csv
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.cleaning.address.elements import plain_element, plain_lanes, plain_road, plain_rooms
from ingestion.cleaning.address.estate_name import read_estate_names
from ingestion.cleaning.address.parse import parse_addresses

ELEMENTS = ("road", "lane", "sublane", "gate", "block", "unit", "room", "part", "estate")
CORPUS = list(csv.DictReader((Path(__file__).parent / "addresses.csv").open(encoding="utf-8", newline="")))


@pytest.fixture(scope="module")
def corpus_read() -> pl.DataFrame:
    return parse_addresses(pl.Series([case["text"] for case in CORPUS]))


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len({case["text"] for case in CORPUS}) >= 400


@pytest.mark.parametrize("place", range(len(CORPUS)), ids=[case["text"].replace("\n", " ") for case in CORPUS])
def test_every_form_of_the_corpus_gives_its_elements(corpus_read: pl.DataFrame, place: int) -> None:
    row = corpus_read.row(place, named=True)
    expected = dict(pair.split(":") for pair in (CORPUS[place]["elements"] or "").split())
    assert {name: row[name] for name in ELEMENTS if row[name] is not None} == expected


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text("澄江路弄号室幢单元小区村0129一十百-#(、 市区A", max_size=14), min_size=40, max_size=60))
def test_no_text_breaks_the_parser(texts: list[str]) -> None:
    parsed = parse_addresses(pl.Series(texts))
    assert parsed.height == len(texts)
    keyed = parsed.filter(pl.col("road_key").is_not_null())
    assert keyed["road_key"].str.count_matches(r"\|", literal=False).eq(7).all()


def test_keys_keep_empty_slots_and_are_null_without_an_anchor() -> None:
    parsed = parse_addresses(pl.Series(["澄江路9901弄阳光小区12号302室", "12号302室", "阳光小区3幢501室A"]))
    assert parsed["road_key"].to_list() == ["澄江路|9901||12|||302|", None, None]
    assert parsed["estate_key"].to_list() == ["阳光小区|9901||12|||302|", None, "阳光小区||||3||501|A"]


def test_a_plots_number_on_the_road_is_no_part_of_the_estates_key() -> None:
    parsed = parse_addresses(pl.Series(["澄江路100号阳光小区3幢2单元501室", "阳光小区3幢2单元501室"]))
    assert parsed["estate_key"].n_unique() == 1
    assert parsed["road_key"].to_list() == ["澄江路|||100|3|2|501|", None]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("澄江路9901弄12号302室", "room"),
        ("澄江路9901弄12号亭子间", "room"),
        ("澄江路9901弄12号", "gate"),
        ("阳光小区3幢", "block"),
        ("阳光小区3幢2单元", "block"),
        ("澄江路9901弄", "lane"),
        ("澄江路", "road"),
        ("阳光小区", "estate"),
        ("", "none"),
        ("不详", "none"),
    ],
)
def test_the_level_is_the_finest_element(text: str, level: str) -> None:
    assert parse_addresses(pl.Series([text]))["level"].to_list() == [level]


def test_a_given_estate_is_the_context_of_a_short_form() -> None:
    parsed = parse_addresses(pl.Series(["3-2-501", "荔景苑3-2-501"]), pl.Series(["阳光小区", "阳光小区"]))
    assert parsed["estate_key"].to_list() == ["阳光小区||||3|2|501|", "荔景苑||||3|2|501|"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("示例四村", "示例4村"),
        ("示例 4 村", "示例4村"),
        ("示例４村", "示例4村"),
        ("阳光小区（一期）", "阳光小区1期"),
        ("阳光小区（原名）", "阳光小区"),
        ("东海市云洲区阳光花园", "阳光花园"),
        ("澄江路一一九七弄", "澄江路1197弄"),
        ("无", None),
        (None, None),
    ],
)
def test_an_estate_has_one_canonical_name(text: str | None, key: str | None) -> None:
    assert read_estate_names(pl.Series([text], dtype=pl.String))["key"].to_list() == [key]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12号", "12"),
        ("012", "12"),
        ("十二号", "12"),
        ("3幢", "3"),
        ("3号楼", "3"),
        ("A座", "A"),
        ("二单元", "2"),
        ("第2单元", "2"),
        ("12.0", "12"),
        ("", None),
    ],
)
def test_element_columns_are_bare(text: str, value: str | None) -> None:
    assert plain_element(pl.Series("gate", [text])).to_list() == [value]


@pytest.mark.parametrize(
    ("text", "unit", "room", "part"),
    [
        ("302室", None, "302", None),
        ("0302", None, "302", None),
        ("302A", None, "302", "A"),
        ("302室乙", None, "302", "乙"),
        ("302-1", None, "302", "1"),
        ("302(北间)", None, "302", "北间"),
        ("三〇二室", None, "302", None),
        ("2-501", "2", "501", None),
        ("2单元501", "2", "501", None),
        ("3楼302", None, "302", None),
        ("302、303室", None, "302", None),
        ("亭子间", None, None, "亭子间"),
        ("二层阁", None, None, "2层阁"),
        ("底层前间", None, None, "底层前间"),
        ("302.0", None, "302", None),
        (None, None, None, None),
    ],
)
def test_room_columns_fall_into_unit_room_and_part(
    text: str | None, unit: str | None, room: str | None, part: str | None
) -> None:
    assert plain_rooms(pl.Series([text], dtype=pl.String)).row(0) == (unit, room, part)


def test_lane_and_road_columns_are_normalised_as_texts_are() -> None:
    assert plain_lanes(pl.Series(["9901弄", "100弄5支弄", "一百弄", ""])).rows() == [
        ("9901", None),
        ("100", "5"),
        ("100", None),
        (None, None),
    ]
    assert plain_road(pl.Series(["东海市云洲区澄江路", "澄江北1路", "无"])).to_list() == ["澄江路", "澄江北一路", None]
