"""Plain text fields."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.distinct import by_distinct
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.plain_spec import TextField
from ingestion.cleaning.reference import words
from ingestion.cleaning.source_column import source_column
from ingestion.cleaning.text.tidy import compact, is_nothing, normal


def clean_text(field: TextField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Tidies one text column; a required one that says nothing rejects the row."""
    value = plain_texts(source_column(raw, field.source)).alias(field.to)
    return Piece(pl.DataFrame([value]), {"REQUIRED-MISSING": value.is_null()} if field.is_required else {})


# A code in plain letters, digits and signs, longer than any word that says nothing: it is tidy already.
_CODE = rf"^[0-9A-Za-z][!-~]{{{max(map(len, words('text', 'null_markers')))},}}$"


def plain_texts(text: pl.Series) -> pl.Series:
    """Gives tidy text, null where nothing is said; 无 and 0 are answers here."""
    is_tidy = text.str.contains(_CODE).fill_null(value=True)
    if is_tidy.all():
        return text
    tidy = pl.when(~is_nothing(compact(pl.col("text")), has_answers=False)).then(normal(pl.col("text")))
    rest = pl.select(pl.when(~is_tidy).then(text).alias("text"))["text"]
    return text.zip_with(is_tidy, by_distinct(rest, lambda frame: frame.with_columns(plain=tidy))["plain"])
