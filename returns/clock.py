"""The street's own clock, as it stands on paper."""

from datetime import datetime
from zoneinfo import ZoneInfo

import polars as pl

STREET_TIME = ZoneInfo("Asia/Shanghai")


def on_paper(at: datetime) -> str:
    """A moment to the minute, in the street's time."""
    return at.astimezone(STREET_TIME).strftime("%Y-%m-%d %H:%M")


def on_street(column: str) -> pl.Expr:
    """A column of moments (UTC) by the street's clock."""
    return pl.col(column).dt.replace_time_zone("UTC").dt.convert_time_zone(STREET_TIME.key)
