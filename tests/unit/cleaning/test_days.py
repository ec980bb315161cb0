"""Days out of text: every form that a day can be written in, and what is named where there is none."""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.cleaning.moment.day import read_days

AS_OF = date(2026, 11, 20)
FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.year}-{day.month}-{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year} 年 {day.month} 月 {day.day} 号",
    lambda day: f"{day:%Y-%m-%d} 00:00:00",
    lambda day: f"{day:%Y-%m-%d}T08:30:00",
    lambda day: f"{day:%Y%m%d}083000",
    lambda day: f" {day:%Y-%m-%d}\t",
    lambda day: "".join(chr(ord(sign) + 0xFEE0) for sign in f"{day:%Y%m%d}"),
)


def read(text: str | None) -> tuple[date | None, str | None]:
    return read_days(pl.Series([text], dtype=pl.String), AS_OF).row(0)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.dates(date(1905, 1, 1), date(2199, 12, 31)), st.sampled_from(FORMS)), min_size=30, max_size=60))
def test_a_day_in_any_form_is_read_back(cases: list[tuple[date, Callable[[date], str]]]) -> None:
    result = read_days(pl.Series([form(day) for day, form in cases]), AS_OF)
    assert result["day"].to_list() == [day for day, _ in cases]
    assert result["finding"].null_count() == len(cases)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.dates(date(1930, 1, 1), date(2090, 1, 1)), min_size=20, max_size=40))
def test_a_spreadsheets_serial_is_its_day(days: list[date]) -> None:
    serials = pl.Series([str((day - date(1899, 12, 30)).days) for day in days])
    assert read_days(serials, AS_OF)["day"].to_list() == days


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text("0123456789-/.年月日", max_size=10), min_size=20, max_size=40))
def test_eight_digits_are_a_day_only_if_the_calendar_has_it(texts: list[str]) -> None:
    result = read_days(pl.Series(texts), AS_OF)["day"].to_list()
    for text, day in zip(texts, result, strict=True):
        if len(text) == 8 and text.isdigit() and "1901" <= text[:4] <= "2199":
            try:
                expected: date | None = date(int(text[:4]), int(text[4:6]), int(text[6:]))
            except ValueError:
                expected = None
            assert day == expected, text


@pytest.mark.parametrize(
    ("text", "day", "finding"),
    [
        (None, None, None),
        ("", None, None),
        ("不详", None, None),
        ("无", None, None),
        ("45000", date(2023, 3, 15), None),
        ("45000.5", date(2023, 3, 15), None),
        ("二〇二四年三月十五日", date(2024, 3, 15), None),
        ("二零二四年十二月三十一日", date(2024, 12, 31), None),
        ("2024-02-30", None, "DATE-IMPOSSIBLE"),
        ("20240230", None, "DATE-IMPOSSIBLE"),
        ("20241301", None, "DATE-IMPOSSIBLE"),
        ("00000000", None, "DATE-PLACEHOLDER"),
        ("0000-00-00", None, "DATE-PLACEHOLDER"),
        ("19000101", None, "DATE-PLACEHOLDER"),
        ("1900-01-01", None, "DATE-PLACEHOLDER"),
        ("99991231", None, "DATE-OPEN-END"),
        ("9999-12-31", None, "DATE-OPEN-END"),
        ("长期", None, "DATE-OPEN-END"),
        ("2016-08", date(2016, 8, 1), "DATE-PARTIAL"),
        ("201608", date(2016, 8, 1), "DATE-PARTIAL"),
        ("2016年8月", date(2016, 8, 1), "DATE-PARTIAL"),
        ("2016.08", date(2016, 8, 1), "DATE-PARTIAL"),
        ("2016年", date(2016, 1, 1), "DATE-PARTIAL"),
        ("2016", date(2016, 1, 1), "DATE-PARTIAL"),
        ("13/03/2024", date(2024, 3, 13), None),
        ("03/13/2024", date(2024, 3, 13), None),
        ("03/03/2024", date(2024, 3, 3), None),
        ("01/03/2024", None, "DATE-AMBIGUOUS"),
        ("89-03-01", date(1989, 3, 1), None),
        ("890301", date(1989, 3, 1), None),
        ("24-03-01", None, "DATE-AMBIGUOUS"),
        ("昨天", None, "DATE-MALFORMED"),
        ("腊月初八", None, "DATE-MALFORMED"),
        ("12345", date(1933, 10, 18), None),
    ],
)
def test_what_people_write_for_days(text: str | None, day: date | None, finding: str | None) -> None:
    assert read(text) == (day, finding)


def test_serial_zero_is_the_day_before_the_last_of_1899() -> None:
    assert read(str(45000))[0] == date(1899, 12, 30) + timedelta(days=45000)
