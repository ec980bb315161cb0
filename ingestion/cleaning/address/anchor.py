"""What an address hangs on: its road, its lane, its estate. Not here: building, unit, room (inside)."""

import polars as pl

from ingestion.cleaning.address.signs import NAME
from ingestion.cleaning.reference import words

_SECTION = r"(?:[东南西北中上下]?[一二三四五六七八九十]?段)?"
_SOUNDS_LIKE_ROAD = "露璐潞鹭"
_ROAD = rf"^({NAME}*\p{{Han}}(?:路|街|大道|巷|胡同){_SECTION})"
_SIDED_ROAD = rf"^({NAME}*\p{{Han}}(?:路|大道|街)[东南西北中])\d"
_PLAIN_ROAD = rf"^({NAME}*\p{{Han}}(?:道|[一二三四五六七八九十]条|支路))(?:\d|$)"
# The plot that an estate stands on, before the road and number of one of its shops.
_PLOT_BEFORE_ROAD = r"^\p{Han}{2,8}(?:路|街|大道)\d+号(\p{Han}{2,8}(?:路|街|大道)\d+(?:[号弄#\x{E020}].*)?)$"
_LANE = r"\d+(?:-\d+)?[甲乙丙丁A-Z]?"
GATE = r"[甲乙丙丁附]?\d+(?:[甲乙丙丁戊A-Z]|-\d+|附\d+|之\d+)?"
_LANES = rf"^(?:({_LANE})弄[内里]?)?-?(?:({_LANE})支?弄)?-?(?:({GATE})号(?:大?院|门)?(?:([附之]\d+)号?)?)?-?(.*)$"


def shop_road() -> dict[str, pl.Expr]:
    """Takes the plot of an estate from before the road and number of one of its shops."""
    return {"body": pl.col("body").str.replace(_PLOT_BEFORE_ROAD, "$1")}


def roads() -> dict[str, pl.Expr]:
    """Splits ``body`` into `road`, an estate that stands before it (`front`), and `behind`."""
    road = pl.coalesce(pl.col("body").str.extract(form) for form in (_SIDED_ROAD, _ROAD, _PLAIN_ROAD))
    return {"road": road, "behind": pl.col("body").str.strip_prefix(road.fill_null(""))}


def single_road() -> dict[str, pl.Expr]:
    """Gives a road that was written twice once."""
    road, half = pl.col("road"), pl.col("road").str.len_chars() // 2
    is_doubled = (half > 1) & (half * 2 == road.str.len_chars()) & (road.str.head(half) == road.str.tail(half))
    return {"road": pl.when(is_doubled).then(road.str.head(half)).otherwise(road)}


def front_estate() -> dict[str, pl.Expr]:
    """Splits a road like 阳光小区示例路 into estate and road."""
    endings = "|".join(words("addresses", "estate_endings"))
    parts = pl.col("road").str.extract_groups(
        rf"^({NAME}+(?:{endings}|[\x{{E000}}-\x{{E009}}][村期区]))(\p{{Han}}{{2,}}(?:路|街|大道|巷|道).*)$"
    )
    return {"front": parts.struct.field("1"), "road": pl.coalesce(parts.struct.field("2"), "road")}


def short_lanes() -> dict[str, pl.Expr]:
    """Writes out the short forms behind a road: 9901-12-302 is lane, gate, room; 500-302 gate and room; 500 a gate."""
    behind = pl.col("behind")
    end = r"([A-Z甲乙丙丁]?[室房户]?[^\d弄号]*)$"
    long = (
        behind.str.replace(rf"^(\d+)-(\d+)-(\d+)-(\d+){end}", "${1}弄${2}支弄${3}号${4}${5}")
        .str.replace(rf"^(\d+)-(\d+)-(\d+){end}", "${1}弄${2}号${3}${4}")
        .str.replace(rf"^(\d+)-(\d{{3,5}}){end}", "${1}号${2}${3}")
        .str.replace(r"^(\d+-\d{1,2})$", "${1}号")
        .str.replace(r"^(\d+)$", "${1}号")
    )
    return {"behind": pl.when(pl.col("road").is_not_null()).then(long).otherwise(behind)}


def lanes() -> dict[str, pl.Expr]:
    """Splits ``behind`` into `lane`, `sublane`, `gate` before any estate name, and the new `behind`."""
    parts = pl.col("behind").str.extract_groups(_LANES)
    lane, sublane, gate, annex, rest = (parts.struct.field(str(i)) for i in range(1, 6))
    numbered = pl.when(annex.is_not_null()).then(pl.concat_str(gate, annex)).otherwise(gate)
    return {"lane": lane, "sublane": sublane, "plot": numbered, "behind": rest}


def estates() -> dict[str, pl.Expr]:
    """Splits ``behind`` into `estate` and `inside`, what stands in or behind the estate."""
    letters = r"[A-Z甲乙丙丁][幢栋座\x{E020}#]|[A-Z]-?\d|[A-Z]单元|[甲乙丙丁附]\d+号|\x{E021}\d|[假负]\d|(?:PARTED)\d".replace(
        "PARTED", "|".join(words("addresses", "counted_parts"))
    )
    parts = pl.col("behind").str.extract_groups(rf"^(\D*?)[-#]?((?:\d|{letters}).*)?$")
    estate = parts.struct.field("1")
    bare = estate.str.replace("^(.{3,}?)(?:" + "|".join(words("addresses", "estate_spots")) + ")$", "$1")
    return {"estate": bare, "inside": parts.struct.field("2").fill_null("")}


def judged_estate() -> dict[str, pl.Expr]:
    """Keeps as an estate only what can be one.

    A bare ending behind a road belongs to the road's name (长江路 + 新村); behind a lane it says nothing (9901弄小区).
    A text behind a gate without any number after it is a note, unless it ends like an estate.
    """
    estate, road = pl.col("estate"), pl.col("road")
    endings = "|".join(words("addresses", "estate_endings"))
    is_bare = estate.str.contains(f"^(?:{endings})$")
    is_empty = estate.str.len_chars() == 0
    is_note = estate.str.contains("^(?:" + "|".join(words("addresses", "notes")) + ")")
    is_hanging = (
        pl.any_horizontal(pl.col("plot", "lane").is_not_null())
        & (pl.col("inside") == "")
        & ~estate.str.contains(f"(?:{endings}|村)$")
    )
    joins = is_bare & road.is_not_null() & pl.col("lane").is_null() & pl.col("plot").is_null()
    is_none = is_empty | is_note | (is_bare & ~joins) | is_hanging
    kept = pl.when(joins).then(pl.concat_str(road, estate)).when(~is_none).then(estate)
    return {
        "estate": pl.coalesce(kept, "front"),
        "road": pl.when(~joins).then(road),
        "loose": pl.when(is_none & ~is_empty & ~is_bare).then(estate),
    }


def estate_lane() -> dict[str, pl.Expr]:
    """Takes the lane and sub-lane that stand behind an estate's name (示例里12弄5号)."""
    parts = pl.col("inside").str.extract_groups(rf"^({_LANE})弄(?:({_LANE})支?弄)?-?(.*)$")
    is_lane = pl.col("lane").is_null() & parts.struct.field("1").is_not_null()
    found = [pl.when(is_lane).then(parts.struct.field(str(place))) for place in (1, 2, 3)]
    return {
        "lane": pl.coalesce("lane", found[0]),
        "sublane": pl.coalesce("sublane", found[1]),
        "inside": pl.coalesce(found[2], "inside"),
    }


def guessed_road() -> dict[str, pl.Expr]:
    """Gives a lane whose road lost its 路 (示例9901弄) that road back, or had it misspelt by a sign that sounds the same."""
    misspelt = pl.col("body").str.extract_groups(rf"^(\p{{Han}}{{2,5}})[{_SOUNDS_LIKE_ROAD}](\d+[弄号-].*)$")
    spelt = pl.concat_str(misspelt.struct.field("1"), pl.lit("路"), misspelt.struct.field("2"))
    name = pl.col("body").str.extract(rf"^(\p{{Han}}{{1,3}}[\p{{Han}}--[{_SOUNDS_LIKE_ROAD}]])\d+弄")
    endings = "|".join(words("addresses", "estate_endings"))
    is_guess = name.is_not_null() & ~name.str.contains(f"[路街道巷条]|(?:{endings}|[村苑园城庭坊里])$")
    return {
        "body": pl.when(spelt.is_not_null())
        .then(spelt)
        .when(is_guess)
        .then(pl.concat_str(name, pl.lit("路"), pl.col("body").str.strip_prefix(name)))
        .otherwise("body"),
        "is_guessed": is_guess.fill_null(value=False) | spelt.is_not_null(),
    }
