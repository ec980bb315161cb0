"""Telephone numbers out of one cell of text. Not here: where the columns go (fields/phone)."""

import polars as pl

from ingestion.cleaning.distinct import by_distinct
from ingestion.cleaning.reference import words
from ingestion.cleaning.text.tidy import compact, is_nothing, normal

# Edges are ASCII word edges: a number may stand directly beside Chinese text, never beside another digit or a letter.
_EDGE = r"(?-u:\b)"
_MOBILE = r"1[3-9](?:[ \-]?\d){9}"
_AREA = r"\(?0(?:10|2\d|[3-9]\d{2})\)?"
_LANDLINE = rf"{_AREA}[ \-]?\d{{3,4}}[ \-]?\d{{4}}"
_SERVICE = r"[48]00[ \-]?\d{3}[ \-]?\d{4}|[48]00[ \-]?\d{4}[ \-]?\d{3}"
_NO_ZERO = r"(?:10|2\d)[ \-]\d{4}[ \-]?\d{4}|2\d[2-9]\d{7}"
_LOCAL = r"[2-9]\d{3}[ \-]?\d{4}|[2-8]\d{6}"
_ANY = rf"{_EDGE}(?:(?:\+?86|0086)[ \-]?{_MOBILE}|{_MOBILE}|{_SERVICE}|{_LANDLINE}|{_NO_ZERO}|{_LOCAL}){_EDGE}"
_EXTENSION = r"(\d{7,8})(?:[ \-]*(?:转|分机|EXT\.?|X)[ \-:]*\d{1,6}|-\d{2,5}(?:\b|$))"
_JOINED = (
    (rf"{_EDGE}(1[3-9]\d{{9}})(1[3-9]\d{{9}}){_EDGE}", "$1 $2"),
    (rf"{_EDGE}(1[3-9]\d{{9}})(0\d{{9,11}}){_EDGE}", "$1 $2"),
    (rf"{_EDGE}(0(?:10|2\d)\d{{8}})(1[3-9]\d{{9}}){_EDGE}", "$1 $2"),
)
_MOBILE_ONLY = r"^1[3-9]\d{9}$"


def read_phones(text: pl.Series) -> pl.DataFrame:
    """Reads all usable numbers of each cell.

    Args:
        text: One cell per row: any number of numbers, with notes, separators, country codes and extensions.

    Returns:
        `phones` (list: mobiles as 11 digits, landlines as digits with the area code that the text has, without extension; each
        once, in the order of the text; empty list for none), `mobile` (the first mobile or null), `finding` (PHONE-PLACEHOLDER,
        PHONE-MALFORMED, or null).
    """
    placeholder = _placeholder()
    is_plain = pl.col("text").str.contains(_MOBILE_ONLY) & ~pl.col("text").str.contains(placeholder)
    frame = pl.DataFrame({"text": text}).with_columns(is_plain=is_plain.fill_null(value=False))
    rest = by_distinct(frame.select(pl.when(~pl.col("is_plain")).then("text").alias("text"))["text"], _read)
    both = pl.concat([frame, rest], how="horizontal")
    return both.select(
        phones=pl.when("is_plain").then(pl.concat_list("text")).otherwise("phones"),
        mobile=pl.when("is_plain").then("text").otherwise("mobile"),
        finding="finding",
    )


def _placeholder() -> str:
    """Gives the expression of numbers that are none."""
    return "^(?:" + "|".join(words("phones", "placeholders")) + ")$"


def _read(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Reads each different cell."""
    plain = normal(pl.col("text")).str.to_uppercase().str.replace_all(r"[‐‑‒–—―−~]", "-").str.replace(r"^(\d{11})\.0$", "$1")
    plain = plain.str.replace_all(_EXTENSION, "$1 ").str.replace_all(r"[、/;,|\n_]+", ";")
    for pattern, parted in _JOINED:
        plain = plain.str.replace_all(pattern, parted)
    found = pl.col("plain").str.extract_all(_ANY).list.eval(_canonical(pl.element()))
    placeholder = _placeholder()
    good = (
        pl.col("found").list.eval(pl.element().filter(~pl.element().str.contains(placeholder))).list.unique(maintain_order=True)
    )
    is_fake = (pl.col("found").list.len() > 0) | pl.col("plain").str.replace_all(r"\D", "").str.contains(placeholder)
    finding = (
        pl.when(is_nothing(compact(pl.col("text"))) | (pl.col("phones").list.len() > 0))
        .then(None)
        .otherwise(pl.when(is_fake).then(pl.lit("PHONE-PLACEHOLDER")).otherwise(pl.lit("PHONE-MALFORMED")))
    )
    numbered = frame.with_columns(plain=plain).with_columns(found=found.fill_null([])).with_columns(phones=good)
    mobile = pl.col("phones").list.eval(pl.element().filter(pl.element().str.contains(_MOBILE_ONLY))).list.first()
    return numbered.select("text", "phones", mobile=mobile, finding=finding)


def _canonical(number: pl.Expr) -> pl.Expr:
    """Brings one number to digits: no country code before a mobile, the zero of a two-digit area code back."""
    digits = number.str.replace_all(r"\D", "").str.replace(r"^(?:00)?86(1[3-9]\d{9})$", "$1")
    return pl.when(digits.str.contains(r"^(?:10|2\d)\d{8}$")).then(pl.concat_str(pl.lit("0"), digits)).otherwise(digits)
