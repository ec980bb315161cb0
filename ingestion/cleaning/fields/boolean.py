"""Yes-or-no fields."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.distinct import by_distinct
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.plain_spec import BooleanField
from ingestion.cleaning.reference import words
from ingestion.cleaning.source_column import source_column
from ingestion.cleaning.text.tidy import compact, is_nothing


def boolean_values(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Reads yes and no.

    Returns:
        The values (null where nothing, or nothing known, is said), and where something unknown is said.
    """
    answer = pl.col("answer")
    is_yes, is_no = (answer.is_in(words("text", name)) for name in ("true_words", "false_words"))
    known = pl.when(is_yes | is_no).then(is_yes)
    read = by_distinct(text, lambda frame: frame.with_columns(answer=compact(pl.col("text"))).with_columns(truth=known))
    is_unknown = read.select(pl.col("truth").is_null() & ~is_nothing(answer)).to_series()
    return read["truth"], is_unknown


def clean_boolean(field: BooleanField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads one yes-or-no column."""
    values, is_unknown = boolean_values(source_column(raw, field.source))
    flags = {"BOOLEAN-UNKNOWN": is_unknown}
    if field.is_required:
        flags["REQUIRED-MISSING"] = values.is_null()
    return Piece(pl.DataFrame([values.alias(field.to)]), flags)
