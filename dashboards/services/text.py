"""How numbers, shares, times, gaps and places are written for officials. Not here: names of codes (labels.py)."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dashboards.services.language import english_words, is_english, say

STREET_TIME = ZoneInfo("Asia/Shanghai")
NONE = "—"
WITHHELD = "—（少于10）"
_HOURS_A_DAY = 24
_MINUTES_AN_HOUR = 60
# Units whose values are shares or means: one decimal. All others are counts when they are whole.
_PERCENT = "%"
# Up to 街道, or to 镇 or 乡 behind 市, 区 or 县, or to 区 or 县 behind 市: everybody who works there knows what stands before.
_ABOVE = re.compile(
    r"^(?:.*?\u8857\u9053|.*?[\u5e02\u533a\u53bf][^\u5e02\u533a\u53bf\u8def\u5f04\u53f7]{1,6}?[\u9547\u4e61]"
    r"|[^\u5e02\u533a\u53bf]{1,6}\u5e02[^\u5e02\u533a\u53bf\u8def\u5f04\u53f7]{1,6}[\u533a\u53bf](?![\u8def\u8857]))(?=.)"
)


def number(value: float | None, decimals: int | None = None) -> str:
    """Thousands separated; without `decimals`, whole numbers have none and others one. Null: a dash."""
    if value is None:
        return NONE
    places = decimals if decimals is not None else int(float(value) != int(value))
    return f"{value:,.{places}f}"


def percent(share: float | None) -> str:
    """A share from 0 to 1 as per cent with one decimal. Null: a dash."""
    return NONE if share is None else f"{share * 100:,.1f}%"


def measured(value: float | None, unit: str, *, is_withheld: bool = False) -> str:
    """An indicator's value: per cent (already times 100) with its sign, anything else without the unit."""
    if is_withheld:
        return say(WITHHELD)
    if value is None:
        return NONE
    return f"{value:,.1f}%" if unit == _PERCENT else number(value)


def count(value: float | None, *, is_withheld: bool = False) -> str:
    """A count of people, homes or devices."""
    return say(WITHHELD) if is_withheld and value is None else number(value, 0)


def on_the_spot(address: str) -> str:
    """An address as people of the street say it: from the road or the estate on."""
    return _ABOVE.sub("", address)


def moment(value: date | None) -> str:
    """A UTC time in the street's own, to the minute; a plain date stays one. Times without a zone are UTC."""
    if not isinstance(value, datetime):
        return NONE if value is None else value.isoformat()
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(STREET_TIME).strftime("%Y-%m-%d %H:%M")


def day(value: date | None) -> str:
    """A date in Chinese order."""
    if value is None:
        return NONE
    return value.isoformat() if is_english() else f"{value.year}年{value.month}月{value.day}日"


def duration(hours: float | None) -> str:
    """How long, in the two largest units: 3天4小时, 5小时10分, 12分."""
    if hours is None:
        return NONE
    minutes = round(hours * _MINUTES_AN_HOUR)
    whole, rest = divmod(minutes, _MINUTES_AN_HOUR)
    days, left = divmod(whole, _HOURS_A_DAY)
    if days:
        return say("{days}天{hours}小时", days=days, hours=left) if left else say("{days}天", days=days)
    return say("{hours}小时{minutes}分", hours=whole, minutes=rest) if whole else say("{minutes}分", minutes=rest)


def period(value: str) -> str:
    """A period as officials write it: 2026-11 → 2026年11月, 2026-11-20 → 2026年11月20日; anything else stays."""
    parts = value.split("-")
    if is_english() or not all(part.isdigit() for part in parts):
        return value
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def unit_name(unit: str) -> str:
    """A unit of measure in the page's language."""
    return english_words("unit").get(unit, unit) if is_english() else unit
