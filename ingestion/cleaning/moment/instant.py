"""Moments out of text, kept as UTC without a zone. Not here: days (day)."""

import polars as pl

from ingestion.cleaning.distinct import by_distinct
from ingestion.cleaning.text.tidy import normal

# China has had one zone, UTC+8, without daylight saving since 1992; no source has older moments.
_SHANGHAI_OFFSET = pl.duration(hours=8)
_EARLIEST, _LATEST = 1900, 2200
_DIGITS_ONLY = r"^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$"
_PARTED = (
    r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T ]*(\d{1,2})[:时](\d{1,2})[:分]?(?:(\d{1,2})秒?(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{0,2})?$"
)
_QUICK_FORMS = ("%Y%m%d%H%M%S", "%Y-%m-%d %H:%M:%S")


def read_instants(text: pl.Series) -> pl.Series:
    """Reads moments in the sources' forms: ``20261120083000``, ``2026-11-20 08:30:00``, ISO 8601 with or without a zone.

    Args:
        text: One moment per row.

    Returns:
        Datetime in microseconds, UTC without zone; without a zone in the text it was Asia/Shanghai; null for what is no moment.
    """
    quick = pl.coalesce(pl.col("text").str.to_datetime(form, strict=False, time_unit="us") for form in _QUICK_FORMS)
    frame = pl.DataFrame({"text": text}).with_columns(quick=quick - _SHANGHAI_OFFSET)
    rest = frame.select(pl.when(pl.col("quick").is_null()).then("text").alias("text"))["text"]
    moment = (
        frame["quick"]
        if rest.null_count() == rest.len()
        else frame["quick"].zip_with(rest.is_null(), by_distinct(rest, _read)["moment"])
    )
    is_real = moment.dt.year().is_between(_EARLIEST, _LATEST)
    return pl.select(pl.when(is_real).then(moment).alias("moment"))["moment"]


def _read(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Reads each different text by its parts."""
    plain = normal(pl.col("text")).str.to_uppercase()
    parts = frame.with_columns(plain=plain).with_columns(
        parted=pl.col("plain").str.extract_groups(_PARTED), digits=pl.col("plain").str.extract_groups(_DIGITS_ONLY)
    )
    part = [pl.coalesce(pl.col("parted").struct.field(str(i)), pl.col("digits").struct.field(str(i))) for i in range(1, 7)]
    padded = [part[0], *(value.fill_null("0").str.zfill(2) for value in part[1:])]
    fraction = pl.col("parted").struct.field("7").fill_null("0").str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int64)
    local = pl.concat_str(padded).str.to_datetime("%Y%m%d%H%M%S", strict=False, time_unit="us")
    zone = pl.col("parted").struct.field("8")
    moment = (local - _offset(zone) + pl.duration(microseconds=fraction)).cast(pl.Datetime("us"))
    return parts.select("text", moment=moment)


def _offset(zone: pl.Expr) -> pl.Expr:
    """Gives the distance from UTC that a zone's text tells; Shanghai's for none."""
    sign = pl.when(zone.str.starts_with("-")).then(-1).otherwise(1)
    hours = zone.str.extract(r"^[+-](\d{2})").cast(pl.Int64).fill_null(0)
    minutes = zone.str.extract(r"^[+-]\d{2}:?(\d{2})$").cast(pl.Int64).fill_null(0)
    return pl.when(zone.is_null()).then(_SHANGHAI_OFFSET).otherwise(pl.duration(minutes=sign * (hours * 60 + minutes)))


def read_epochs(text: pl.Series) -> pl.Series:
    """Reads epoch milliseconds (text, or Int64) as UTC without zone; null for what is no moment of the years 1900 to 2200."""
    whole = text.cast(pl.Int64, strict=False)
    if whole.null_count() > text.null_count():
        fraction = text.cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)
        whole = whole.zip_with(whole.is_not_null(), fraction)
    low, high = -2_208_988_800_000, 7_258_118_400_000
    milliseconds = pl.when(pl.col("whole").is_between(low, high)).then("whole").cast(pl.Datetime("ms")).cast(pl.Datetime("us"))
    return pl.DataFrame({"whole": whole}).select(milliseconds.alias("moment"))["moment"]
