"""Plain text fields."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.distinct import by_distinct
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.plain_spec import TextField
from ingestion.cleaning.source_column import source_column
from ingestion.cleaning.text.tidy import compact, is_nothing, normal


def clean_text(field: TextField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Tidies one text column; a required one that says nothing rejects the row."""
    value = plain_texts(source_column(raw, field.source)).alias(field.to)
    return Piece(pl.DataFrame([value]), {"REQUIRED-MISSING": value.is_null()} if field.is_required else {})


def plain_texts(text: pl.Series) -> pl.Series:
    """Gives tidy text, null where nothing is said; 无 and 0 are answers here."""
    tidy = pl.when(~is_nothing(compact(pl.col("text")), has_answers=False)).then(normal(pl.col("text")))
    return by_distinct(text, lambda frame: frame.with_columns(plain=tidy))["plain"]
