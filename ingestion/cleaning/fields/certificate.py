"""Kind and grade out of a disability certificate's number: citizen number, kind 1 to 7, grade 1 to 4, perhaps a re-issue sign."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.person_spec import CertificateField
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.source_column import source_column
from ingestion.cleaning.text.tidy import compact

_FORM = r"^[\dX×*]{18}([1-7])([1-4])(?:[A-Z]\d{1,2})?$"


def clean_certificate(field: CertificateField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads kind and grade; a number of another form is flagged CERTIFICATE-FORM and gives neither."""
    number = pl.DataFrame({"number": source_column(raw, field.source)}).select(compact(pl.col("number")))
    found = number.select(pl.col("number").str.extract_groups(_FORM).alias("found")).unnest("found")
    columns = found.select(pl.col("1").alias(field.kind_to), pl.col("2").alias(field.grade_to))
    return Piece(columns, {"CERTIFICATE-FORM": number["number"].is_not_null() & found["1"].is_null()})
