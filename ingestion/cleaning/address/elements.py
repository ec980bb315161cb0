"""Address elements that come in columns of their own, normalised as those of a text. Not here: free text (parse)."""

import polars as pl

from ingestion.cleaning.address.area import without_area
from ingestion.cleaning.address.inside import settled, split_inside, without_zeros
from ingestion.cleaning.address.numerals import with_plain_numerals
from ingestion.cleaning.address.signs import restore
from ingestion.cleaning.address.tidy import body, tidy
from ingestion.cleaning.text.numerals import HAN_NUMERAL, arabic
from ingestion.cleaning.text.tidy import compact, is_nothing

_UNIT_WORDS = r"(?:支弄|弄|号楼|号院|号|幢|栋|座|楼|单元|门|梯|#)+$"
_SUBLANE = r"^(.+?)弄(.+?)支?弄?$"


def plain_element(text: pl.Series) -> pl.Series:
    """Gives the bare value of a gate, block or unit column: 012号 → 12, 03幢 → 3, 二单元 → 2, A座 → A; null for nothing."""
    frame = pl.DataFrame({"text": text})
    plain = compact(pl.col("text")).str.replace(r"^(\d+)\.0+$", "$1").str.strip_prefix("第")
    said = frame.select(pl.when(~is_nothing(plain)).then(plain.str.replace(_UNIT_WORDS, "")).alias("text"))["text"]
    han = said.str.extract(f"^({HAN_NUMERAL}+)$").drop_nulls().unique().to_list()
    counted = {run: arabic(run) or run for run in han}
    bare = said.replace(counted).str.replace(r"^0+(\d)", "$1")
    return pl.select(pl.when(bare.str.len_chars() > 0).then(bare).alias(text.name))[text.name]


def plain_road(text: pl.Series) -> pl.Series:
    """Gives the canonical name of a road column; null for nothing."""
    is_said = ~is_nothing(compact(pl.col("road")))
    bare = pl.DataFrame({"road": text}).select(pl.when(is_said).then(body(tidy(pl.col("road")))).alias("road"))["road"]
    plain = pl.DataFrame({"road": with_plain_numerals(bare)}).select(restore(without_area(pl.col("road"))))["road"]
    return pl.select(pl.when(plain.str.len_chars() > 0).then(plain).alias("road"))["road"]


def plain_lanes(text: pl.Series) -> pl.DataFrame:
    """Splits a lane column into `lane` and `sublane`: 9901弄 → 9901; 100弄5支弄 → 100 and 5."""
    both = pl.DataFrame({"text": text}).select(compact(pl.col("text")).str.extract_groups(_SUBLANE).alias("both")).unnest("both")
    lane = both["1"].zip_with(both["1"].is_not_null(), text.cast(pl.String))
    return pl.DataFrame({"lane": plain_element(lane), "sublane": plain_element(both["2"])})


def plain_rooms(text: pl.Series) -> pl.DataFrame:
    """Splits a room column into `unit`, `room` and `part`: 0302室A → 302, A; 2-501 → unit 2, 501; 亭子间 → no room, 亭子间."""
    said = pl.DataFrame({"text": text}).select(_said()).to_series().alias("text")
    frame = pl.DataFrame({"inside": with_plain_numerals(said)}).with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in ("lane", "plot", "road", "estate", "loose")
    )
    split = frame.with_columns(pl.col("inside").str.replace(r"^(\d{1,2}|[A-Z])-(\d{3,4})", "${1}单元${2}")).with_columns(
        **split_inside()
    )
    settle = split.with_columns(**settled())
    return settle.select(without_zeros(name) for name in ("unit", "room", "part"))


def _said() -> pl.Expr:
    """Gives the tidy text of a room column, of two rooms the first; null for nothing."""
    plain = compact(pl.col("text")).str.replace(r"^(\d+)\.0+$", "$1")
    bare = tidy(plain).str.replace_all(r"[()]", "").str.replace_all(r"号([室房])", "$1").str.replace("^(?:商铺|店铺|店面)", "")
    return pl.when(~is_nothing(plain)).then(bare.str.replace(r"^(\d{3,4}[室房]?)[、,/;和及].*$", "$1"))
