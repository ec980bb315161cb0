"""A day is the street's, whatever zone a moment is told in."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ingestion.street_time import street_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 19, 15, 59, tzinfo=UTC), date(2026, 11, 19)),
        (datetime(2026, 11, 19, 16, 0, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 19, 22, 30), date(2026, 11, 20)),  # noqa: DTZ001 - as the tables keep it: UTC without a zone
        (datetime(2026, 11, 20, 0, 30, tzinfo=timezone(timedelta(hours=8))), date(2026, 11, 20)),
    ],
)
def test_a_moment_lies_on_the_day_of_the_streets_clock(moment: datetime, day: date) -> None:
    assert street_day(moment) == day
