"""The street's own clock, as it stands on paper."""

from datetime import datetime
from zoneinfo import ZoneInfo

STREET_TIME = ZoneInfo("Asia/Shanghai")


def on_paper(at: datetime) -> str:
    """A moment to the minute, in the street's time."""
    return at.astimezone(STREET_TIME).strftime("%Y-%m-%d %H:%M")
