"""Days out of text, in the many forms that people and spreadsheets write. Not here: moments (instant)."""

from datetime import date

import polars as pl

from ingestion.cleaning.distinct import by_distinct
from ingestion.cleaning.reference import words
from ingestion.cleaning.text.numerals import HAN_NUMERAL, arabic
from ingestion.cleaning.text.tidy import compact, is_nothing

# Text is compact: NFKC, no spaces, upper case. A time of day behind the day is cut off before.
_EIGHT = r"^(\d{4})(\d{2})(\d{2})$"
_PARTED = r"^(\d{4})[-/.年,](\d{1,2})[-/.月,](\d{1,2})[日号]?$"
_YEAR_LAST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$"
_YEAR_MONTH = r"^(\d{4})[-/.年](\d{1,2})月?$|^((?:1[89]|2[01])\d{2})(\d{2})$"  # 890301 is no month of the year 8903
_YEAR = r"^(\d{4})年?$"
_SHORT_YEAR = r"^(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$|^(\d{2})(\d{2})(\d{2})$"
_SERIAL = r"^(\d{5})(?:\.\d+)?$"
_TIME_BEHIND = r"^(\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}[日号]?)T?\d{1,2}[:时]\d{1,2}.*$|^(\d{8})\d{6}$"
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet with the 1900 system; 45000 is 2023-03-15
_SERIALS = (7_000, 80_000)  # 1919 to 2119: a five-digit number outside is no day
_YEARS = (1850, 2200)
_PLACEHOLDERS = (date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31))


FINDINGS = ("DATE-MALFORMED", "DATE-IMPOSSIBLE", "DATE-PLACEHOLDER", "DATE-AMBIGUOUS", "DATE-PARTIAL")


def day_flags(finding: pl.Series) -> dict[str, pl.Series]:
    """One flag a finding that is there; of a frame without rows, one for each that could be."""
    codes = finding.drop_nulls().unique().to_list() if finding.len() else FINDINGS
    return {code: finding == code for code in codes}


def read_days(text: pl.Series, as_of: date) -> pl.DataFrame:
    """Reads days.

    Args:
        text: One day per row.
        as_of: Business date; a two-digit year is read only where the other century would be after it.

    Returns:
        `day` (Date, null where there is none) and `finding`: null, or DATE-MALFORMED, DATE-IMPOSSIBLE, DATE-PLACEHOLDER,
        DATE-OPEN-END (no end: 9999-12-31, 长期), DATE-AMBIGUOUS, DATE-PARTIAL (`day` is then the first of the month or year).
    """
    numerals = _numerals(text)
    return by_distinct(text, lambda frame: _read(frame, as_of, numerals))


def _numerals(text: pl.Series) -> dict[str, str]:
    """Finds the Chinese numerals in a column and reads each once (二〇二四年三月十五日)."""
    runs = text.drop_nulls().unique().str.extract_all(f"{HAN_NUMERAL}+").explode().drop_nulls().unique().to_list()
    read = {run: arabic(run) for run in sorted(runs, key=len, reverse=True)}
    return {run: number for run, number in read.items() if number is not None}


def _read(frame: pl.LazyFrame, as_of: date, numerals: dict[str, str]) -> pl.LazyFrame:
    """Reads each different text by the first form that fits."""
    plain = compact(pl.col("text"))
    if numerals:
        plain = plain.str.replace_many(list(numerals), list(numerals.values()), leftmost=True)
    plain = plain.str.replace(_TIME_BEHIND, "$1$2")
    named = frame.with_columns(plain=plain).with_columns(
        whole=pl.coalesce(_day(_EIGHT), _day(_PARTED)),
        last=_year_last(),
        partial=pl.coalesce(_month(), _day_text(pl.col("plain").str.extract(_YEAR), pl.lit("01"), pl.lit("01"))),
        short=_short_year(as_of),
        serial=_serial(),
    )
    day = pl.coalesce("whole", "last", "serial", "partial", "short")
    return named.with_columns(day=day).select("text", pl.when(_is_usable()).then("day").alias("day"), finding=_finding())


def _day_text(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Makes a day of three texts; null where there is no such day."""
    text = pl.concat_str(year, month.str.zfill(2), day.str.zfill(2))
    return text.str.to_date("%Y%m%d", strict=False)


def _day(form: str) -> pl.Expr:
    """Reads year, month, day in this order."""
    found = pl.col("plain").str.extract_groups(form)
    return _day_text(*(found.struct.field(str(i)) for i in (1, 2, 3)))


def _month() -> pl.Expr:
    """Reads year and month as the month's first day."""
    found = pl.col("plain").str.extract_groups(_YEAR_MONTH)
    year, month = (pl.coalesce(found.struct.field(str(i)), found.struct.field(str(i + 2))) for i in (1, 2))
    return _day_text(year, month, pl.lit("01"))


def _year_last() -> pl.Expr:
    """Reads a day with its year at the end, only where day and month cannot be mistaken for one another."""
    found = pl.col("plain").str.extract_groups(_YEAR_LAST)
    first, second, year = (found.struct.field(str(i)) for i in (1, 2, 3))
    day_first, month_first = _day_text(year, second, first), _day_text(year, first, second)
    is_certain = day_first.is_null() | month_first.is_null() | (day_first == month_first)
    return pl.when(is_certain).then(pl.coalesce(day_first, month_first))


def _short_year(as_of: date) -> pl.Expr:
    """Reads a day with a two-digit year, only where this century would be in the future and the first part can be no day."""
    found = pl.col("plain").str.extract_groups(_SHORT_YEAR)
    year, month, day = (pl.coalesce(found.struct.field(str(i)), found.struct.field(str(i + 3))) for i in (1, 2, 3))
    is_certain = (year.cast(pl.Int32) > as_of.year % 100) & (year.cast(pl.Int32) > 31)  # noqa: PLR2004 - no month has more days
    return pl.when(is_certain).then(_day_text(pl.concat_str(pl.lit("19"), year), month, day))


def _serial() -> pl.Expr:
    """Reads the day number of a spreadsheet."""
    number = pl.col("plain").str.extract(_SERIAL).cast(pl.Int64)
    return pl.when(number.is_between(*_SERIALS)).then(pl.lit(_SERIAL_ZERO) + pl.duration(days=number)).cast(pl.Date)


def _is_usable() -> pl.Expr:
    """Tells whether a day read is a day of people's lives and no placeholder."""
    return pl.col("day").dt.year().is_between(*_YEARS) & ~pl.col("day").is_in(list(_PLACEHOLDERS))


def _finding() -> pl.Expr:
    """Names what is wrong with a text, if anything is."""
    plain, day = pl.col("plain"), pl.col("day")
    is_open_end = plain.is_in(words("text", "open_ends")) | plain.str.contains(r"^9999[-/.年]?\d{0,2}[-/.月]?\d{0,2}日?$")
    is_zero = plain.str.contains(r"^[0\-/.]+$|^0001[-/.]?01[-/.]?01$")
    shaped = [plain.str.contains(form) for form in (_EIGHT, _PARTED, _YEAR_LAST, _YEAR_MONTH)]
    is_ambiguous = plain.str.contains(_SHORT_YEAR) | (plain.str.contains(_YEAR_LAST) & _is_swappable())
    is_partial = (
        pl.col("whole").is_null() & pl.col("last").is_null() & pl.col("serial").is_null() & pl.col("partial").is_not_null()
    )
    return (
        pl.when(is_nothing(plain))
        .then(None)
        .when(is_open_end)
        .then(pl.lit("DATE-OPEN-END"))
        .when(is_zero | day.is_in(list(_PLACEHOLDERS)))
        .then(pl.lit("DATE-PLACEHOLDER"))
        .when(_is_usable() & is_partial)
        .then(pl.lit("DATE-PARTIAL"))
        .when(_is_usable())
        .then(None)
        .when(is_ambiguous)
        .then(pl.lit("DATE-AMBIGUOUS"))
        .when(pl.any_horizontal(shaped))
        .then(pl.lit("DATE-IMPOSSIBLE"))
        .otherwise(pl.lit("DATE-MALFORMED"))
    )


def _is_swappable() -> pl.Expr:
    """Tells whether day and month of a day with its year at the end could both be either."""
    found = pl.col("plain").str.extract_groups(_YEAR_LAST)
    return pl.all_horizontal(found.struct.field(i).cast(pl.Int32).is_between(1, 12) for i in ("1", "2"))
