"""When a message happened, and on which day of the street. Not here: which clocks are wrong (cleaning)."""

from datetime import date

import polars as pl

from ingestion.telemetry.rules import telemetry_rules

DAY_US = 86_400_000_000

# Nothing can have happened after it was told: a clock that runs ahead is wrong too. A null is skipped.
HAPPENED = pl.min_horizontal("sent_at", "received_at")


def day_number() -> pl.Expr:
    """The street's day on which a message happened, as days since 1970 (Int32)."""
    offset = telemetry_rules().utc_offset_hours * 3_600_000_000
    return ((HAPPENED.to_physical() + offset) // DAY_US).cast(pl.Int32).alias("day")


def is_of(day: date) -> pl.Expr:
    """Whether a message happened on this day of the street; the same as `day_number`, without a division."""
    begin = ((day - date(1970, 1, 1)).days * 24 - telemetry_rules().utc_offset_hours) * 3_600_000_000
    return HAPPENED.to_physical().is_between(begin, begin + DAY_US, closed="left")


def days_of(messages: pl.DataFrame) -> list[date]:
    """The days that messages speak of, in order; none when there are no messages."""
    return messages.select(day_number().unique().sort().cast(pl.Date)).to_series().to_list()
