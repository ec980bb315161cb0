"""Number fields."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.field_spec import NumberField
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.source_column import source_column
from ingestion.cleaning.text.numerals import HAN_NUMERAL, arabic
from ingestion.cleaning.text.tidy import compact, is_nothing

_THOUSANDS = r"^(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?)\D*$"
# A sign, digits, an exponent as spreadsheets write it; then a unit without further digits (㎡ is m2 after NFKC).
_NUMBER = r"^(?:约|¥|￥|RMB|人民币)?([-+]?(?:\d+\.?\d*|\.\d+)(?:E[-+]?\d+)?)(?:\D*|M2|M\^2)$"


def clean_number(field: NumberField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads one number column; what is no number is flagged NUMBER-MALFORMED, what cannot be is NUMBER-RANGE, and both become null."""
    text = source_column(raw, field.source)
    frame = pl.DataFrame({"text": text}).with_columns(value=pl.col("text").cast(pl.Float64, strict=False))
    if frame["value"].is_not_null().sum() < text.is_not_null().sum():
        frame = frame.with_columns(value=pl.coalesce("value", numbers(text)))
    value = pl.col("value")
    is_finite = value.is_finite()
    low, high = value < (field.minimum if field.minimum is not None else float("-inf")), value > (field.maximum or float("inf"))
    is_fraction = (value != value.round()) if field.is_integer else pl.lit(value=False)
    checked = frame.select(
        pl.when(is_finite & ~low & ~high & ~is_fraction).then(value).alias(field.to),
        has_text=~is_nothing(compact(pl.col("text")), has_answers=False),
        is_malformed=value.is_null() | ~is_finite,
        is_range=(low | high | is_fraction) & is_finite,
    )
    flags = {"NUMBER-MALFORMED": checked["has_text"] & checked["is_malformed"], "NUMBER-RANGE": checked["is_range"]}
    if field.is_required:
        flags["REQUIRED-MISSING"] = checked[field.to].is_null()
    return Piece(checked.select(pl.col(field.to).cast(field.outputs()[field.to])), flags)


def numbers(text: pl.Series) -> pl.Series:
    """Reads numbers with units, thousands signs or in Chinese numerals (八十九点五 is not read; 八十九 is); null for what is none."""
    plain = compact(pl.col("text"))
    frame = pl.DataFrame({"text": text}).with_columns(plain=plain)
    han = frame["plain"].str.extract(f"^({HAN_NUMERAL}+)\\D*$")
    counted = {run: arabic(run) for run in han.drop_nulls().unique().to_list()}
    thousands = pl.col("plain").str.extract(_THOUSANDS).str.replace_all(",", "")
    return frame.select(
        pl.coalesce(
            thousands, pl.col("plain").str.extract(_NUMBER), han.replace_strict(counted, default=None, return_dtype=pl.String)
        )
        .cast(pl.Float64, strict=False)
        .alias("value")
    )["value"]
