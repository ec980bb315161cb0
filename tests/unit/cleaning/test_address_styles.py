"""What is written in any style is read back, what was read is read back the same, and no room comes from nowhere."""

import csv
from collections.abc import Callable
from pathlib import Path

import polars as pl
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ingestion.cleaning.address.parse import parse_addresses

ELEMENTS = ("road", "lane", "sublane", "gate", "block", "unit", "room", "part", "estate")
PREFIXES = (
    "",
    "东海市云洲区",
    "东海市",
    "东海市东海市云洲区",
    "东海市市辖区云洲区澄江路街道",
    "南岭省榕江市岭秀区榕荫街道榕荫社区居委会",
    "地址：",
)
NOTES = ("", "（靠近菜场）", "【出租】", " 电话13812345670", " ")
ROADS = st.sampled_from(["澄江路", "梧城东路", "云锦支路", "榕荫大道", "棠下大街", "紫荆一路"])
ESTATES = st.sampled_from(["翠竹花园", "棠溪小区", "荔景苑", "和平里", "星河湾", "金色澄江", "锦绣花城"])
VILLAGES = st.sampled_from(["澄江4村", "梧城东村", "双杨新村", "望江12村"])
NUMBERS = st.integers(1, 99).map(str)
LANES = st.integers(1, 2999).map(str)
ROOMS = st.tuples(st.integers(1, 33), st.integers(1, 12)).map(lambda pair: f"{pair[0]}{pair[1]:02d}")
PARTS = st.sampled_from(["A", "甲", "北间", "南间", "1"])
OLD_PARTS = st.sampled_from(
    [
        "底层前间",
        "底层后间",
        "灶间",
        "前楼",
        "后楼",
        "亭子间",
        "2层阁",
        "3层阁",
        "首层前间",
        "阁楼",
        "2层",
        "前客堂",
        "东厢房",
        "晒台",
    ]
)
Elements = dict[str, str]
CORPUS = [case["text"] for case in csv.DictReader((Path(__file__).parent / "addresses.csv").open(encoding="utf-8", newline=""))]
FAST = (Phase.explicit, Phase.reuse, Phase.generate)  # a list of addresses is told in full: shrinking it takes minutes


def full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign for sign in text)


def by_digit(number: str) -> str:
    return "".join("〇一二三四五六七八九"[int(sign)] for sign in number)


def positional(number: str) -> str:
    said, steps = "", ["", "十", "百", "千"]
    for place, sign in enumerate(number):
        step = len(number) - place - 1
        said += "零一二三四五六七八九"[int(sign)] + (steps[step] if sign != "0" else "")
    while "零零" in said:
        said = said.replace("零零", "零")
    return said.rstrip("零")


def canonical(x: Elements) -> str:
    """The normal form: what an address of these elements looks like when nothing is short or unusual."""
    text = x.get("road", "") + (f"{x['lane']}弄" if "lane" in x else "") + (f"{x['sublane']}支弄" if "sublane" in x else "")
    gate = f"{x['gate']}号" if "gate" in x else ""
    block = f"{x['block']}幢" if "block" in x else ""
    is_plot = "road" in x and "lane" not in x and "block" in x
    text += gate + x.get("estate", "") + block if is_plot else x.get("estate", "") + block + gate
    text += f"{x['unit']}单元" if "unit" in x else ""
    return text + (f"{x['room']}室" if "room" in x else "") + x.get("part", "")


LANE_FORMS: tuple[Callable[[Elements], str], ...] = (
    canonical,
    lambda x: canonical(x).removesuffix("室"),
    lambda x: f"{x['road']}{x['lane']}-{x['gate']}-{x['room']}",
    lambda x: f"{x['road']}{x['lane']}弄{x['gate']}/{x['room']}",
    lambda x: f"{x['road']}{x['lane']}弄{x['gate']}#{x['room']}",
    lambda x: f"{x['road']}{by_digit(x['lane'])}弄{by_digit(x['gate'])}号{x['room']}室",
    lambda x: f"{x['road']}{positional(x['lane'])}弄{positional(x['gate'])}号{by_digit(x['room'])}室",
    lambda x: f"{x['road']} {x['lane']}弄 0{x['gate']}号 0{x['room']}室",
    lambda x: full_width(canonical(x)),
    lambda x: f"{x['road']}{x['lane']}弄{x['gate']}号楼{x['room']}室",
    lambda x: f"{x['road']}，{x['lane']}弄，{x['gate']}号，{x['room']}室",
    lambda x: f"{x['road']}{x['lane']}弄{x['gate']}號{x['room']}房",
    lambda x: canonical(x) + canonical(x),
)
BLOCK_FORMS: tuple[Callable[[Elements], str], ...] = (
    canonical,
    lambda x: f"{x['estate']}{x['block']}栋{x['unit']}单元{x['room']}",
    lambda x: f"{x['estate']}{x['block']}号楼{x['unit']}门{x['room']}室",
    lambda x: f"{x['estate']}{x['block']}座{x['unit']}梯{x['room']}房",
    lambda x: f"{x['estate']}{x['block']}-{x['unit']}-{x['room']}",
    lambda x: f"{x['estate']}{x['block']}#{x['unit']}-{x['room']}",
    lambda x: f"{x['estate']}{by_digit(x['block'])}幢{by_digit(x['unit'])}单元{x['room']}室",
    lambda x: f"{x['estate']}{positional(x['block'])}幢{x['unit']}单元{by_digit(x['room'])}",
    lambda x: f"{x['estate']} 0{x['block']}幢 {x['unit']}单元 0{x['room']}室",
    lambda x: full_width(canonical(x)),
    lambda x: f"{x['estate']}第{x['block']}幢第{x['unit']}单元{x['room']}室",
)
PLAIN_FORMS: tuple[Callable[[Elements], str], ...] = (canonical, lambda x: full_width(canonical(x)))
Case = tuple[Elements, Callable[[Elements], str], str, str]
LANE = st.fixed_dictionaries({"road": ROADS, "lane": LANES, "gate": NUMBERS, "room": ROOMS})
BLOCK = st.fixed_dictionaries({"estate": ESTATES, "block": NUMBERS, "unit": st.integers(1, 9).map(str), "room": ROOMS})
# The styles that hold for no short form: sub-lanes, villages, fronts, plots, shared rooms, old houses, gates of an estate.
OTHER = st.one_of(
    st.fixed_dictionaries({"road": ROADS, "lane": LANES, "sublane": NUMBERS, "gate": NUMBERS, "room": ROOMS}),
    st.fixed_dictionaries({"estate": VILLAGES, "gate": NUMBERS, "room": ROOMS}, optional={"part": PARTS}),
    st.fixed_dictionaries({"road": ROADS, "gate": LANES}, optional={"room": ROOMS}),
    st.fixed_dictionaries({"road": ROADS, "gate": LANES, "estate": ESTATES, "block": NUMBERS, "unit": NUMBERS, "room": ROOMS}),
    st.fixed_dictionaries({"road": ROADS, "lane": LANES, "gate": NUMBERS, "room": ROOMS, "part": PARTS}),
    st.fixed_dictionaries({"road": ROADS, "lane": LANES, "gate": NUMBERS, "part": OLD_PARTS}),
    st.fixed_dictionaries({"road": ROADS, "lane": LANES, "estate": ESTATES, "gate": NUMBERS, "room": ROOMS}),
    st.fixed_dictionaries({"estate": ESTATES, "block": st.sampled_from("ABC"), "room": ROOMS}),
    st.fixed_dictionaries({"estate": ESTATES, "block": NUMBERS, "unit": NUMBERS, "room": ROOMS, "part": PARTS}),
    st.fixed_dictionaries({"road": ROADS, "gate": st.sampled_from(["12甲", "甲12", "12附3", "12-14"]), "room": ROOMS}),
)


def cases(elements: st.SearchStrategy[Elements], forms: tuple[Callable[[Elements], str], ...]) -> st.SearchStrategy[list[Case]]:
    case = st.tuples(elements, st.sampled_from(forms), st.sampled_from(PREFIXES), st.sampled_from(NOTES))
    return st.lists(case, min_size=20, max_size=40)


def read_all(texts: list[str]) -> list[Elements]:
    rows = parse_addresses(pl.Series(texts, dtype=pl.String)).to_dicts()
    return [{name: row[name] for name in ELEMENTS if row[name] is not None} for row in rows]


def assert_read_back(several: list[Case]) -> None:
    texts = [prefix + form(elements) + note for elements, form, prefix, note in several]
    for (elements, *_), text, found in zip(several, texts, read_all(texts), strict=True):
        assert found == elements, text


@settings(max_examples=5, deadline=None, phases=FAST)
@given(cases(LANE, LANE_FORMS))
def test_an_address_of_a_lane_is_read_back(several: list[Case]) -> None:
    assert_read_back(several)


@settings(max_examples=5, deadline=None, phases=FAST)
@given(cases(BLOCK, BLOCK_FORMS))
def test_an_address_of_a_block_is_read_back(several: list[Case]) -> None:
    assert_read_back(several)


@settings(max_examples=6, deadline=None, phases=FAST)
@given(cases(OTHER, PLAIN_FORMS))
def test_an_address_of_any_other_style_is_read_back(several: list[Case]) -> None:
    assert_read_back(several)


@settings(max_examples=5, deadline=None, phases=FAST)
@given(st.lists(st.one_of(LANE, BLOCK, OTHER), min_size=30, max_size=40))
def test_a_text_without_a_room_yields_none(several: list[Elements]) -> None:
    without = [{name: value for name, value in x.items() if name not in ("room", "part")} for x in several]
    for elements, found in zip(without, read_all([canonical(x) for x in without]), strict=True):
        assert found == elements


def test_what_was_read_is_read_back_the_same() -> None:
    """Reading the normal form of what was read changes nothing."""
    first = [x for x in read_all(CORPUS) if x.keys() & {"road", "estate"}]
    again = read_all([canonical(x) for x in first])
    assert len(first) > 400
    assert [pair for pair in zip(first, again, strict=True) if pair[0] != pair[1]] == []


@settings(max_examples=6, deadline=None, phases=FAST)
@given(NUMBERS, NUMBERS, ROOMS, st.sampled_from(["", "A", "甲", "-1", "(北间)"]), st.sampled_from(["{0}村", "{1}村"]))
def test_a_village_is_the_same_by_either_numeral(village: str, gate: str, room: str, part: str, form: str) -> None:
    text = f"示例{form.format(village, by_digit(village))}{gate}号{room}室{part}"
    expected = {"estate": f"示例{village}村", "gate": gate, "room": room}
    assert read_all([text])[0] == expected | ({"part": part.strip("-()")} if part else {})
