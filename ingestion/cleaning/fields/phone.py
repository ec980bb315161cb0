"""Fields with telephone numbers."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.person_spec import PhoneField
from ingestion.cleaning.phone.numbers import read_phones
from ingestion.cleaning.piece import Flags, Piece
from ingestion.cleaning.source_column import source_column


def phone_flags(finding: pl.Series) -> Flags:
    """Turns the findings of `read_phones` into flags."""
    return {code: finding == code for code in ("PHONE-PLACEHOLDER", "PHONE-MALFORMED")}


def clean_phone(field: PhoneField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads one cell of telephone numbers."""
    read = read_phones(source_column(raw, field.source))
    columns = read.select(pl.col("mobile").alias(field.mobile), *([pl.col("phones").alias(field.phones)] if field.phones else []))
    return Piece(columns, phone_flags(read["finding"]))
