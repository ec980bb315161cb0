"""Plain text fields."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.field_spec import TextField
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.source_column import source_column
from ingestion.cleaning.text.tidy import compact, is_nothing, normal


def clean_text(field: TextField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Tidies one text column; a required one that says nothing rejects the row."""
    text = source_column(raw, field.source).alias("text")
    tidy = pl.when(~is_nothing(compact(pl.col("text")), has_answers=False)).then(normal(pl.col("text")))
    value = pl.DataFrame([text]).select(tidy.alias(field.to))[field.to]
    return Piece(pl.DataFrame([value]), {"REQUIRED-MISSING": value.is_null()} if field.is_required else {})
