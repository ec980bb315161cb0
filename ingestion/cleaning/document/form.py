"""The bare form of a document number, and what its form alone says. Not here: the verdict on it (verdict)."""

import polars as pl

from ingestion.cleaning.document.check_character import passes_check
from ingestion.cleaning.reference import reference

EIGHTEEN = r"^\d{17}[\dX]$"
FIFTEEN = r"^\d{15}$"
SUFFIXED = r"^(?:\d{17}[\dX]|\d{15})-\d{1,2}$"
SCIENTIFIC = r"^\d(?:\.\d+)?E\+?1[4-9]$"
MASKED = r"^[\dA-Z]*\*[\dA-Z*]*$"
_MASK_SIGNS = r"[●•■█○◯﹡✱#?_◆]"
_X_LIKE_LAST = r"^(\d{17})[×✕✖╳ХΧ*]$"
_DASHES = r"[‐‑‒–—―−]"


def bare(compacted: pl.Expr) -> pl.Expr:
    """Gives compact text without labels, with one dash, one mask sign, and without separators that only group digits."""
    plain = compacted.str.replace(reference("documents")["labels"], "").str.replace_all(_DASHES, "-")
    plain = plain.str.replace_all(_MASK_SIGNS, "*").str.replace(r"^(\d{15,18})\.0+$", "$1")
    joined = plain.str.replace_all(r"[\-.,·/()]", "")
    is_grouped = joined.str.contains(EIGHTEEN) | joined.str.contains(FIFTEEN)
    return pl.when(is_grouped & ~plain.str.contains(SUFFIXED)).then(joined).otherwise(plain)


def with_mended_x(plain: pl.Series) -> pl.Series:
    """Reads ×, * and letters that look like X at the 18th place as X, only where the check then passes."""
    if not plain.str.contains(_X_LIKE_LAST).any():
        return plain
    frame = pl.DataFrame({"plain": plain}).with_columns(mended=pl.col("plain").str.replace(_X_LIKE_LAST, "${1}X"))
    checked = frame.with_columns(passes=passes_check(pl.col("mended")))
    return checked.select(pl.when("passes").then("mended").otherwise("plain").alias("plain"))["plain"]


def kind_of_form(plain: pl.Expr, hint: pl.Expr) -> pl.Expr:
    """Names the kind of document where the form is unmistakable, or fits the kind that the source names; else null."""
    is_hint_passport = hint == "passport"
    kinds = {
        "foreign_permanent": plain.str.contains(r"^9\d{16}[\dX]$|^[A-Z]{3}\d{12}$"),
        "hmt_residence": plain.str.contains(r"^8[123]0000\d{11}[\dX]$"),
        "citizen": plain.str.contains(EIGHTEEN) | plain.str.contains(FIFTEEN),
        "hmt_permit": plain.str.contains(r"^[HM]\d{10}$")
        | (plain.str.contains(r"^[HM]\d{8}$") & ~is_hint_passport.fill_null(value=False)),
        "taiwan_permit": (hint == "taiwan_permit") & plain.str.contains(r"^\d{8}(?:\d{2})?(?:\(?[A-Z0-9]{1,3}\)?)?$"),
        "passport": plain.str.contains(r"^E[A-HJ-NP-Z0-9]\d{7}$|^G\d{8}$")
        | (is_hint_passport & plain.str.contains(r"^[A-Z0-9]{5,14}$") & plain.str.contains(r"\d{3}")),
    }
    chosen = pl.lit(None, dtype=pl.String)
    for kind, fits in reversed(kinds.items()):
        chosen = pl.when(fits).then(pl.lit(kind)).otherwise(chosen)
    return chosen


def visible_eighteen(plain: pl.Expr) -> pl.Expr:
    """Writes a masked citizen-like number with 18 characters, ``*`` where hidden; null where its form allows no such reading.

    A mask with another number of stars is drawn out to 18 characters; a masked 15-digit number (three digits behind) is upgraded.
    """
    parts = plain.str.extract_groups(r"^(\d{1,14})(?:\*+|X{4,})(\d{0,5}[\dX]?)$")
    front, back = parts.struct.field("1"), parts.struct.field("2")
    is_legacy = (plain.str.len_chars() == 15) & (back.str.len_chars() == 3)  # noqa: PLR2004 - the 15-digit form and its sequence number
    legacy = pl.concat_str(plain.str.slice(0, 6), pl.lit("19"), plain.str.slice(6), pl.lit("*"))
    drawn = pl.concat_str(front.str.pad_end(pl.lit(18) - back.str.len_chars(), "*"), back)
    whole = pl.when(plain.str.contains(r"^[\d*]{17}[\dX*]$")).then(plain)
    return pl.coalesce(whole, pl.when(is_legacy & plain.str.contains(r"^[\d*]{15}$")).then(legacy), drawn)
