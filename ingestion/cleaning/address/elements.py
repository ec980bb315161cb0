"""Address elements that come in columns of their own, normalised as those of a text. Not here: free text (parse)."""

import polars as pl

from ingestion.cleaning.address.area import without_area
from ingestion.cleaning.address.numerals import with_plain_numerals
from ingestion.cleaning.address.signs import restore
from ingestion.cleaning.address.tidy import body, tidy
from ingestion.cleaning.reference import words
from ingestion.cleaning.text.numerals import HAN_NUMERAL, arabic
from ingestion.cleaning.text.tidy import compact, is_nothing

_UNIT_WORDS = r"(?:支弄|弄|号楼|号院|号|幢|栋|座|楼|单元|门|梯|#)+$"
_ROOM = r"^([A-Z]?\d{1,5}|[A-Z])([A-Z甲乙丙丁戊己]|[-之]\d{1,2})?[室房户铺]?(.*)$"


def plain_element(text: pl.Series) -> pl.Series:
    """Gives the bare value of a lane, gate, block or unit column: 9901弄 → 9901, 03幢 → 3, 二单元 → 2, A座 → A; null for nothing."""
    frame = pl.DataFrame({"text": text})
    plain = compact(pl.col("text")).str.replace(r"^(\d+)\.0+$", "$1").str.strip_prefix("第")
    said = frame.select(pl.when(~is_nothing(plain)).then(plain.str.replace(_UNIT_WORDS, "")).alias("text"))["text"]
    han = said.str.extract(f"^({HAN_NUMERAL}+)$").drop_nulls().unique().to_list()
    counted = {run: arabic(run) or run for run in han}
    bare = said.replace(counted).str.replace(r"^0+(\d)", "$1")
    return pl.select(pl.when(bare.str.len_chars() > 0).then(bare).alias(text.name))[text.name]


def plain_road(text: pl.Series) -> pl.Series:
    """Gives the canonical name of a road column; null for nothing."""
    bare = pl.DataFrame({"road": text}).select(pl.when(~is_nothing(compact(pl.col("road")))).then(body(tidy(pl.col("road")))))[
        "road"
    ]
    plain = pl.DataFrame({"road": with_plain_numerals(bare)}).select(restore(without_area(pl.col("road"))))["road"]
    return pl.select(pl.when(plain.str.len_chars() > 0).then(plain).alias("road"))["road"]


def plain_rooms(text: pl.Series) -> pl.DataFrame:
    """Splits a room column into `room` and `part`: 0302室A → 302, A; 302(北间) → 302, 北间; 亭子间 → no room, 亭子间."""
    parts = "|".join(words("addresses", "parts"))
    form = f"^[室房]?[-之]?({parts})$"
    plain = with_plain_numerals(pl.DataFrame({"text": text}).select(_said()).to_series().alias("text"))
    found = pl.DataFrame({"text": plain}).with_columns(found=pl.col("text").str.extract_groups(_ROOM))
    field = pl.col("found").struct.field
    room = field("1").str.replace(r"^0+(\d)", "$1")
    part = pl.coalesce(
        field("2").str.strip_chars_start("-之"),
        field("3").str.extract(form),
        pl.when(room.is_null()).then(pl.col("text").str.extract(form)),
    )
    return found.select(room=room, part=part)


def _said() -> pl.Expr:
    """Gives the tidy text of a room column; null for nothing."""
    plain = compact(pl.col("text")).str.replace(r"^(\d+)\.0+$", "$1")
    bracketless = tidy(plain).str.replace_all(r"\(", "").str.replace_all(r"\)", "").str.replace_all(r"号([室房])", "$1")
    return pl.when(~is_nothing(plain)).then(bracketless.str.replace(r"^(\d{3,4}[室房]?)[、,/;和及].*$", "$1"))
