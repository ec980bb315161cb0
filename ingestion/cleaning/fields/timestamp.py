"""Fields with a moment: source times in text, and the two clocks of a device message."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.moment.instant import read_epochs, read_instants
from ingestion.cleaning.piece import Piece
from ingestion.cleaning.plain_spec import ClockField, TimestampField
from ingestion.cleaning.source_column import source_column, source_numbers
from ingestion.cleaning.text.tidy import compact, is_nothing


def timestamps(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Reads moments as UTC without zone, and tells where there is text that is no moment."""
    moments = read_instants(text)
    return moments, _is_malformed(text, moments)


def epoch_timestamps(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The same for epoch milliseconds."""
    moments = read_epochs(text)
    return moments, _is_malformed(text, moments)


def _is_malformed(text: pl.Series, moments: pl.Series) -> pl.Series:
    """Tells where something is said that could not be read."""
    if moments.null_count() == text.null_count():
        return pl.Series([False]).new_from_index(0, text.len())
    unread = pl.DataFrame({"text": text, "moment": moments})
    said = ~is_nothing(compact(pl.col("text").cast(pl.String)))
    return unread.select(pl.col("moment").is_null() & said).to_series()


def clean_timestamp(field: TimestampField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads one column of moments; what is none becomes null and is flagged TIMESTAMP-MALFORMED."""
    moments, is_malformed = timestamps(source_column(raw, field.source))
    flags = {"TIMESTAMP-MALFORMED": is_malformed}
    if field.is_required:
        flags["REQUIRED-MISSING"] = moments.is_null()
    return Piece(pl.DataFrame([moments.alias(field.to)]), flags)


def clean_clock(field: ClockField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads the device's clock beside the gateway's: a time too far from the receipt is none (CLOCK-WRONG)."""
    received = read_epochs(source_numbers(raw, field.received))
    sent, is_malformed = epoch_timestamps(source_numbers(raw, field.source))
    frame = pl.DataFrame({"sent": sent, "received": received})
    gap = pl.col("sent") - pl.col("received")
    is_wrong = (gap > pl.duration(minutes=field.minutes_ahead)) | (gap < -pl.duration(days=field.days_early))
    checked = frame.select(
        pl.when(~is_wrong).then("sent").alias(field.to), pl.col("received").alias(field.received_to), wrong=is_wrong
    )
    flags = {"CLOCK-WRONG": checked["wrong"] | is_malformed, "REQUIRED-MISSING": received.is_null()}
    return Piece(checked.select(field.to, field.received_to), flags)
