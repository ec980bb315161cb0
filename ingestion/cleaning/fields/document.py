"""A citizen number alone (a guardian's)."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.document.verdict import read_documents
from ingestion.cleaning.person_spec import DocumentField
from ingestion.cleaning.piece import Flags, Piece
from ingestion.cleaning.source_column import source_column


def document_flags(read: pl.DataFrame) -> Flags:
    """Takes the rule columns out of what `read_documents` gave."""
    return {name: read[name] for name in read.columns if name.startswith("ID-")}


def clean_document(field: DocumentField, raw: pl.DataFrame, context: CleaningContext) -> Piece:
    """Reads one column of citizen numbers; a number that may not serve as a key becomes null, with its rule."""
    number = source_column(raw, field.source)
    nothing = pl.Series([None] * raw.height, dtype=pl.String)
    read = read_documents(number, nothing, nothing.cast(pl.Date), context.as_of)
    return Piece(read.select(pl.col("id_number").alias(field.to)), document_flags(read))
