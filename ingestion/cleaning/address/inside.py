"""Building, unit, floor, room and part of an address. Not here: what it hangs on (anchor)."""

import polars as pl

from ingestion.cleaning.address.anchor import GATE
from ingestion.cleaning.reference import words

_TOKEN = r"(?:[A-Z]?\d+[A-Z甲乙丙丁]?|[A-Z甲乙丙丁戊])"
_BLOCK = r"(?:幢|栋|座|\x{E020}|#)楼?"
_ROOM = r"([A-Z]?\d{1,5})([A-Z甲乙丙丁戊己]|[-之]\d{1,2})?(?:[室房户铺]|房间|商铺)?"
_INSIDE = (
    rf"^(?:({_TOKEN})({_BLOCK}))?-?(?:({GATE})号[院门]?)?-?(?:({_TOKEN}){_BLOCK})?-?(?:({_TOKEN})(?:单元|门|梯))?-?"
    rf"(?:(\d+|地下|负\d|底|顶)(?:楼|层|F))?-?(?:{_ROOM})?(.*)$"
)
_END = r"([A-Z甲乙丙丁]?(?:[室房户].*)?[^\d弄号]*)$"


def short_inside() -> dict[str, pl.Expr]:
    """Writes out the short forms in an estate: 3-2-501 is block, unit, room; 45-203 block (in a lane or a village: gate) and room."""
    inside = pl.col("inside")
    is_gated = pl.col("lane").is_not_null() | pl.col("estate").str.contains(r"[\x{E000}-\x{E009}]村$").fill_null(value=False)
    opened = inside.str.replace(r"^(\d+)#(\D|\d|$)", "${1}\ue020${2}")
    triple = rf"^({_TOKEN})-({_TOKEN})-([A-Z]?\d{{1,5}}){_END}"
    double = rf"^({_TOKEN})-([A-Z]?\d{{1,5}}){_END}"
    gated = opened.str.replace(triple, "${1}号${2}单元${3}${4}")
    gated = gated.str.replace(double, "${1}号${2}${3}").str.replace(r"^(\d{1,3})$", "${1}号")
    blocked = (
        opened.str.replace(triple, "${1}幢${2}单元${3}${4}")
        .str.replace(double, "${1}幢${2}${3}")
        .str.replace(r"^(\d{1,3})$", "${1}幢")
    )
    has_house = pl.col("plot").is_not_null()
    within = opened.str.replace(rf"^(\d{{1,2}}|[A-Z])-(\d{{3,4}}){_END}", "${1}单元${2}${3}")
    long = pl.when(has_house).then(within).when(is_gated).then(gated).otherwise(blocked)
    return {"inside": long.str.replace(r"([幢栋座号\x{E020}])-?(\d{1,2}|[A-Z])-(\d{3,4})", "${1}${2}单元${3}")}


def split_inside() -> dict[str, pl.Expr]:
    """Splits ``inside`` into its elements, still as written."""
    parts = pl.col("inside").str.extract_groups(_INSIDE)
    names = ("block", "block_word", "gate", "second_block", "unit", "floor", "room", "suffix", "tail")
    return {name: parts.struct.field(str(place)) for place, name in enumerate(names, start=1)}


def settled() -> dict[str, pl.Expr]:
    """Settles what one word can mean twice.

    号楼 and # in a lane without a 号 are entrances; a 楼 before a unit, or one that does not fit the room's number, is a block;
    a room of one or two digits behind a floor is counted on that floor.
    """
    block = pl.coalesce("block", "second_block")
    inner_gate = pl.coalesce("gate", "plot")
    is_entrance = pl.col("lane").is_not_null() & inner_gate.is_null() & pl.col("block_word").str.contains(r"[\x{E020}#]")
    floor = pl.col("floor").cast(pl.Int64, strict=False)
    digits = pl.col("room").str.extract(r"(\d+)").cast(pl.Int64, strict=False)
    is_misfit = (digits >= 100) & (digits // 100 != floor)  # noqa: PLR2004 - rooms are counted floor × 100 + number
    is_block = block.is_null() & inner_gate.is_null() & floor.is_not_null() & (pl.col("unit").is_not_null() | is_misfit)
    is_counted = pl.col("room").str.contains(r"^\d{1,2}$") & floor.is_not_null() & ~is_block.fill_null(value=False)
    return {
        "block": pl.when(is_entrance.fill_null(value=False)).then(None).when(is_block).then("floor").otherwise(block),
        "gate": pl.when(is_entrance).then(block).otherwise(inner_gate),
        "room": pl.when(is_counted).then(pl.concat_str("floor", pl.col("room").str.zfill(2))).otherwise("room"),
        "part": _part(),
    }


def _part() -> pl.Expr:
    """Gives the part of a dwelling: a suffix of the room, or a word behind it; a floor stays with a part that has no room."""
    form = "^[室房]?[-之]?(" + "|".join(words("addresses", "parts")) + ")$"
    tail = pl.coalesce(pl.col("tail").str.extract(form), pl.col("loose").str.extract(form))
    has_floor = pl.col("room").is_null() & pl.col("floor").is_not_null()
    floored = pl.when(has_floor & tail.is_not_null()).then(pl.concat_str("floor", pl.lit("楼"), tail)).otherwise(tail)
    return pl.coalesce(pl.col("suffix").str.strip_chars_start("-之"), floored)


def without_zeros(element: str) -> pl.Expr:
    """Strips the leading zeros of an element's number; an empty element is null."""
    bare = pl.col(element).str.replace(r"^0+(\d)", "$1")
    return pl.when(bare.str.len_chars() > 0).then(bare).alias(element)
