"""The street's clock: moments are kept in UTC, days are those of Shanghai. Not here: moments in delivered texts (cleaning)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STREET_TIME = ZoneInfo("Asia/Shanghai")


def street_day(at: datetime) -> date:
    """The day of the street's clock on which a moment lies; without a zone it is UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(STREET_TIME).date()
