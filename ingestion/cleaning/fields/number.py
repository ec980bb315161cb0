"""Number fields."""

from functools import cache

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.distinct import by_distinct
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.plain_spec import NumberField
from ingestion.cleaning.source_column import source_numbers
from ingestion.cleaning.text.numerals import HAN_NUMERAL, chinese
from ingestion.cleaning.text.tidy import compact, is_nothing

_THOUSANDS = r"^(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?)\D*$"
# A sign, digits, an exponent as spreadsheets write it; then a unit without further digits (㎡ is m2 after NFKC).
_COUNTERS = "人|个|户|层|套|台|元|年|平方米|平米|M2"
_NUMBER = r"^(?:约|¥|￥|RMB|人民币)?([-+]?(?:\d+\.?\d*|\.\d+)(?:E[-+]?\d+)?)(?:[^\d万亿千百]*|M2|M\^2)$"


def clean_number(field: NumberField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads one number column; what is no number (NUMBER-MALFORMED) or cannot be (NUMBER-RANGE) becomes null."""
    read = by_distinct(source_numbers(raw, field.source), lambda frame: _checked(frame, field))
    flags = {"NUMBER-MALFORMED": read["is_malformed"], "NUMBER-RANGE": read["is_range"]}
    if field.is_required:
        flags["REQUIRED-MISSING"] = read["value"].is_null()
    return Piece(read.select(pl.col("value").cast(field.outputs()[field.to]).alias(field.to)), flags)


def _checked(frame: pl.LazyFrame, field: NumberField) -> pl.LazyFrame:
    """Reads each different text and compares it with what the field can hold."""
    value = pl.col("read")
    low = value < (float("-inf") if field.minimum is None else field.minimum)
    high = value > (float("inf") if field.maximum is None else field.maximum)
    is_fraction = (value != value.round()) if field.is_integer else pl.lit(value=False)
    is_bad = (low | high | is_fraction).fill_null(value=False)
    is_said = ~is_nothing(compact(pl.col("text")), has_answers=False)
    return frame.with_columns(read=_number()).select(
        "text", value=pl.when(~is_bad).then(value), is_range=is_bad, is_malformed=is_said & value.is_null()
    )


def _number() -> pl.Expr:
    """Reads a number with a unit, with thousands signs, or in Chinese numerals (八十九, not 八十九点五); null for none."""
    plain = compact(pl.col("text"))
    thousands = plain.str.extract(_THOUSANDS).str.replace_all(",", "")
    han = plain.str.extract(f"^({HAN_NUMERAL}+)(?:{_COUNTERS})?$").replace_strict(
        _small_numerals(), default=None, return_dtype=pl.String
    )
    number = pl.coalesce(
        pl.col("text").cast(pl.Float64, strict=False),
        pl.coalesce(thousands, plain.str.extract(_NUMBER), han).cast(pl.Float64, strict=False),
    )
    return pl.when(number.is_finite()).then(number)


@cache
def _small_numerals() -> dict[str, str]:
    """Gives the Chinese numerals up to 99, positional: more is never written so."""
    return {chinese(number): str(number) for number in range(1, 100)}
