"""Moments out of text are kept in UTC; a device's clock counts only near the receipt."""

from datetime import UTC, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.cleaning.moment.instant import read_epochs, read_instants

SHANGHAI = timezone(timedelta(hours=8))
MOMENTS = st.datetimes(datetime(1995, 1, 1), datetime(2150, 1, 1)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001 - local by design


@settings(max_examples=12, deadline=None)
@given(st.lists(MOMENTS, min_size=10, max_size=30), st.integers(0, 5))
def test_a_moment_in_any_form_is_the_same_moment(moments: list[datetime], form: int) -> None:
    aware = [moment.replace(tzinfo=SHANGHAI) for moment in moments]
    forms = (
        lambda moment: f"{moment:%Y%m%d%H%M%S}",
        lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}",
        lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}",
        lambda moment: moment.isoformat(),
        lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        lambda moment: f"{moment.year}/{moment.month}/{moment.day} {moment:%H:%M:%S}",
    )
    read = read_instants(pl.Series([forms[form](moment) for moment in aware])).to_list()
    assert read == [moment.astimezone(UTC).replace(tzinfo=None) for moment in aware]


@settings(max_examples=12, deadline=None)
@given(st.lists(MOMENTS, min_size=10, max_size=30))
def test_epoch_milliseconds_are_read_back(moments: list[datetime]) -> None:
    epochs = [str(int(moment.replace(tzinfo=UTC).timestamp() * 1000)) for moment in moments]
    assert read_epochs(pl.Series(epochs)).to_list() == moments


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20 08:30:00.123456", datetime(2026, 11, 20, 0, 30, 0, 123456)),  # noqa: DTZ001 - UTC without zone
        ("2026-11-20T08:30:00.5+08:00", datetime(2026, 11, 20, 0, 30, 0, 500000)),  # noqa: DTZ001
        ("2026-11-20 08:30", datetime(2026, 11, 20, 0, 30)),  # noqa: DTZ001
        ("2026-11-20", datetime(2026, 11, 19, 16, 0)),  # noqa: DTZ001
        ("2026-11-20 08:30:00+00", datetime(2026, 11, 20, 8, 30)),  # noqa: DTZ001
        ("2026-11-20T08:30:00-0530", datetime(2026, 11, 20, 14, 0)),  # noqa: DTZ001
        ("2026-13-20 08:30:00", None),
        ("20261120253000", None),
        ("soon", None),
        (None, None),
    ],
)
def test_moments_as_sources_write_them(text: str | None, moment: datetime | None) -> None:
    assert read_instants(pl.Series([text], dtype=pl.String)).to_list() == [moment]


def test_what_is_no_number_is_no_epoch() -> None:
    assert read_epochs(pl.Series(["x", None, "1e99", "-99999999999999", "1795161600000.0"])).null_count() == 4
