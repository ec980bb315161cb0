"""Fields with a day."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.moment.day import day_flags, read_days
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.plain_spec import DateField
from ingestion.cleaning.source_column import source_column


def clean_date(field: DateField, raw: pl.DataFrame, context: CleaningContext) -> Piece:
    """Reads one column of days.

    What cannot be a day is null with its code: DATE-MALFORMED, DATE-IMPOSSIBLE, DATE-PLACEHOLDER, DATE-AMBIGUOUS, DATE-PARTIAL
    (kept as its first day where the schema says so), DATE-FUTURE where the day must be past.
    """
    read = read_days(source_column(raw, field.source), context.as_of)
    day, finding = pl.col("day"), pl.col("finding")
    if not field.is_partial_kept:
        day = pl.when(finding.ne_missing("DATE-PARTIAL")).then(day)
    is_future = day > context.as_of if field.is_past else pl.lit(value=False)
    result = read.select(pl.when(~is_future.fill_null(value=False)).then(day).alias(field.to), finding, is_future=is_future)
    flags = day_flags(result["finding"])
    if field.is_open_end:
        flags.pop("DATE-PLACEHOLDER", None)
    flags.pop("DATE-OPEN-END", None)
    if not field.is_open_end and "DATE-OPEN-END" in read["finding"]:
        flags["DATE-PLACEHOLDER"] = read["finding"].is_in(["DATE-OPEN-END", "DATE-PLACEHOLDER"])
    flags["DATE-FUTURE"] = result["is_future"]
    if field.is_required:
        flags["REQUIRED-MISSING"] = result[field.to].is_null()
    return Piece(result.select(field.to), flags)
