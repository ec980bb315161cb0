"""Building, unit, floor, room and part of an address. Not here: what it hangs on (anchor)."""

import polars as pl

from ingestion.cleaning.address.anchor import GATE
from ingestion.cleaning.address.signs import BASEMENT
from ingestion.cleaning.reference import words

_MARK = r"(?:[A-Z]?\d+[A-Z甲乙丙丁]?|[A-Z甲乙丙丁戊])"
_BLOCK = r"(?:幢|栋|座|\x{E020}|#)楼?"
_ROOM = r"([A-Z负]?\d{1,5})([A-Z甲乙丙丁戊己]|[-之]\d{1,2}|-[A-Z])?([室房户铺]|房间|商铺)?"
_INSIDE = (
    rf"^(?:({_MARK})({_BLOCK}))?-?(?:({GATE})号[院门]?)?-?(?:({_MARK}){_BLOCK})?-?(?:({_MARK})(?:单元|门|梯))?-?"
    rf"(?:(\d+|\x{{E021}}\d|假\d|底|首|顶)(?:楼|层|F))?-?(?:{_ROOM})?(.*)$"
)
_SIDE = "[东南西北前后]{1,2}间?"  # 前楼东间: one of the rooms into which an old room was parted
_SHOP = "^(?:商铺|店铺|商店|门面房?)$"  # 1层商铺 is the shop that takes the floor
_END = r"[A-Z甲乙丙丁]?(?:[室房户].*)?[^\d弄号]*$"


def short_inside() -> dict[str, pl.Expr]:
    """Writes out the short forms inside: 3-2-501 is block (in a lane: entrance), unit, room; 45-203 building and room."""
    opened = pl.col("inside").str.replace(r"^(\d+)#", "${1}\ue020").str.replace(r"^(\d+)楼(\d+(?:单元|门|梯))", "${1}幢${2}")
    building = pl.when(_is_gated()).then(pl.lit("号")).otherwise(pl.lit("幢"))
    long_building = pl.when(pl.col("lane").is_not_null()).then(pl.lit("号")).otherwise(pl.lit("幢"))
    three = opened.str.extract_groups(rf"^({_MARK})-({_MARK})-([A-Z]?\d{{1,5}}{_END})")
    two = opened.str.extract_groups(rf"^({_MARK})-([A-Z]?\d{{1,5}}{_END})")
    one = opened.str.extract(r"^(\d{1,3})$")
    part = three.struct.field
    long = pl.coalesce(
        pl.concat_str(part("1"), long_building, part("2"), pl.lit("单元"), part("3")),
        pl.concat_str(two.struct.field("1"), building, two.struct.field("2")),
        pl.concat_str(one, building),
        opened,
    )
    within = (
        opened.str.replace(rf"^(\d{{1,2}})-(\d{{1,2}})-(\d{{3,4}}{_END})", "${1}幢${2}单元${3}")
        .str.replace(rf"^(\d{{1,2}})-(\d{{1,2}})-(\d{{1,2}}{_END})", "${1}单元${2}楼${3}")
        .str.replace(rf"^(\d{{1,2}}|[A-Z])-(\d{{3,4}}{_END})", "${1}单元${2}")
    )
    known = pl.when(pl.col("plot").is_not_null() & pl.col("estate").is_null()).then(within).otherwise(long)
    return {"inside": known.str.replace(r"([幢栋座号\x{E020}])-?(\d{1,2}|[A-Z])-(\d{3,4})", "${1}${2}单元${3}")}


def _is_gated() -> pl.Expr:
    """Tells whether buildings here are known by their entrances (号): in lanes, in villages, on a road without an estate."""
    is_on_road = pl.col("road").is_not_null() & pl.col("estate").is_null()
    return pl.col("lane").is_not_null() | pl.col("estate").str.ends_with("村").fill_null(value=False) | is_on_road


def split_inside() -> dict[str, pl.Expr]:
    """Splits ``inside`` into its elements, still as written."""
    parts = pl.col("inside").str.extract_groups(_INSIDE)
    names = ("block", "block_word", "gate", "second_block", "unit", "floor", "room", "suffix", "room_word", "tail")
    return {name: parts.struct.field(str(place)) for place, name in enumerate(names, start=1)}


def certain_room() -> dict[str, pl.Expr]:
    """Keeps a room only where the text says so: one or two digits with nothing around them may be a floor or a part of a gate."""
    is_bare = pl.col("room").str.contains(r"^\d{1,2}$") & pl.all_horizontal(
        pl.col("room_word", "unit", "floor", "suffix").is_null()
    )
    is_bare = is_bare & pl.any_horizontal(pl.col("gate", "plot").is_not_null()) & pl.col("block").is_null()
    return {"room": pl.when(~is_bare.fill_null(value=False)).then("room")}


def settled() -> dict[str, pl.Expr]:
    """Settles what one word can mean twice.

    号楼 and # in a lane without a 号 are entrances; a 楼 before a unit, or one that does not fit the room's number, is a block;
    a room of one or two digits behind a floor is counted on that floor.
    """
    block = pl.coalesce("block", "second_block")
    inner_gate = pl.coalesce("gate", "plot")
    is_entrance = (
        _is_gated() & inner_gate.is_null() & pl.col("unit").is_null() & pl.col("block_word").str.contains(r"[\x{E020}#]")
    )
    floor = pl.col("floor").cast(pl.Int64, strict=False)
    digits = pl.col("room").str.extract(r"(\d+)").cast(pl.Int64, strict=False)
    is_misfit = (digits >= 100) & (digits // 100 != floor)  # noqa: PLR2004 - rooms are counted floor × 100 + number
    is_block = block.is_null() & inner_gate.is_null() & floor.is_not_null() & (pl.col("unit").is_not_null() | is_misfit)
    is_below = pl.col("floor").str.starts_with(BASEMENT) & pl.col("room").str.contains(r"^\d")
    is_counted = pl.col("room").str.contains(r"^\d{1,2}$") & floor.is_not_null() & ~is_block.fill_null(value=False)
    return {
        "block": pl.when(is_entrance.fill_null(value=False)).then(None).when(is_block).then("floor").otherwise(block),
        "gate": pl.when(is_entrance).then(block).otherwise(inner_gate),
        "room": pl.when(is_below)
        .then(pl.concat_str(pl.lit("负"), "room"))
        .when(is_counted)
        .then(pl.concat_str("floor", pl.col("room").str.zfill(2)))
        .otherwise("room"),
        "part": _part(),
    }


def _part() -> pl.Expr:
    """Gives the part of a dwelling: a suffix of the room, or a word behind it; without a room, the floor belongs to it.

    A floor with words behind it that cannot be read is no part: it would be the same for every room of that floor.
    """
    form = "^[室房]?[-之]?((?:" + "|".join(words("addresses", "parts")) + ")(?:" + _SIDE + ")?)(?:间|室|户|搭建)?$"
    words_behind = pl.coalesce(pl.col("tail").str.extract(form), pl.col("loose").str.extract(form))
    tail = words_behind.str.replace("^(底|首|[1-6])楼", "${1}层")
    has_floor = pl.col("room").is_null() & pl.col("floor").is_not_null()
    is_told = pl.col("tail").str.contains(r"[\p{L}\p{N}]") & ~pl.col("tail").str.contains(_SHOP)
    is_unread = words_behind.is_null() & is_told.fill_null(value=False)
    floored = (
        pl.when(has_floor & is_unread)
        .then(None)
        .when(has_floor)
        .then(pl.concat_str(pl.col("floor"), pl.lit("层"), tail.fill_null("")))
        .otherwise(tail)
    )
    said = pl.coalesce(pl.col("suffix").str.strip_chars_start("-之"), floored)
    return said.replace({numeral: str(place) for place, numeral in enumerate("一二三四五六七八九", start=1)})


def without_zeros(element: str) -> pl.Expr:
    """Strips the leading zeros of an element's number; an empty element is null."""
    bare = pl.col(element).str.replace(r"^0+(\d)", "$1")
    return pl.when(bare.str.len_chars() > 0).then(bare).alias(element)
