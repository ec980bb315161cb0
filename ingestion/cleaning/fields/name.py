"""Fields with a personal name."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.name.personal import read_names
from ingestion.cleaning.person_spec import NameField
from ingestion.cleaning.piece import Flags, Piece
from ingestion.cleaning.source_column import source_column

_CODES = {
    "is_placeholder": "NAME-PLACEHOLDER",
    "is_title_only": "NAME-TITLE-ONLY",
    "is_hidden": "NAME-MASKED",
    "is_several": "NAME-SEVERAL",
    "is_rare": "NAME-RARE-CHARACTER",
    "is_organisation": "OWNER-NOT-PERSON",
}


def name_flags(read: pl.DataFrame) -> Flags:
    """Turns what `read_names` found into flags; an organisation is nothing but that."""
    is_organisation = read["is_organisation"]
    return {
        code: read[column] if column == "is_organisation" else read[column] & ~is_organisation for column, code in _CODES.items()
    }


def clean_name(field: NameField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads one column of names. An alias that is nothing (无) is no defect, so only lost characters are flagged."""
    read = read_names(source_column(raw, field.source))
    is_nobody = read["is_placeholder"] & read["name_key"].is_null()
    shown = read.select(
        pl.when(~is_nobody).then("name").alias(field.to), *([pl.col("name_key").alias(field.key)] if field.key else [])
    )
    return Piece(shown, {"NAME-RARE-CHARACTER": read["is_rare"]})
