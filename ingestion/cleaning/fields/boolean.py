"""Yes-or-no fields."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.field_spec import BooleanField
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.reference import words
from ingestion.cleaning.source_column import source_column
from ingestion.cleaning.text.tidy import compact, is_nothing


def boolean_values(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Reads yes and no.

    Returns:
        The values (null where nothing, or nothing known, is said), and where something unknown is said.
    """
    answer = pl.col("answer")
    truth = (
        pl.when(answer.is_in(words("text", "true_words"))).then(True).when(answer.is_in(words("text", "false_words"))).then(False)
    )
    frame = pl.DataFrame({"answer": text}).select(compact(answer)).with_columns(truth=truth)
    is_unknown = frame.select(pl.col("truth").is_null() & ~is_nothing(answer)).to_series()
    return frame["truth"], is_unknown


def clean_boolean(field: BooleanField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads one yes-or-no column."""
    values, is_unknown = boolean_values(source_column(raw, field.source))
    flags = {"BOOLEAN-UNKNOWN": is_unknown}
    if field.is_required:
        flags["REQUIRED-MISSING"] = values.is_null()
    return Piece(pl.DataFrame([values.alias(field.to)]), flags)
