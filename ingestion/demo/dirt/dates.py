"""Kinds of dirt in dates. The right forms are YYYY-MM-DD (`date_text`) and YYYYMMDD (`date_compact`)."""

# ruff: noqa: ARG001, ARG005 - every kind of dirt has one signature, whether it needs the clue and chance or not
import random
from collections.abc import Callable
from datetime import date

from ingestion.demo.dirt.clue import Clue

EXCEL_ZERO = date(1899, 12, 30)
PLACEHOLDERS = ["1900-01-01", "9999-12-31", "0000-00-00", "不详", "-"]
COMPACT_PLACEHOLDERS = ["19000101", "00000000", "99991231"]


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _chinese(value: str, clue: Clue, rng: random.Random) -> str | None:
    day = _day(value)
    return f"{day.year}年{day.month}月{day.day}日"


def _slashes(value: str, clue: Clue, rng: random.Random) -> str | None:
    day = _day(value)
    return f"{day.year}/{day.month}/{day.day}"


TEXT_KINDS: dict[str, Callable[[str, Clue, random.Random], str | None]] = {
    "slashes": _slashes,
    "compact": lambda value, clue, rng: value.replace("-", ""),
    "chinese": _chinese,
    "dots": lambda value, clue, rng: value.replace("-", "."),
    "excel_serial": lambda value, clue, rng: str((_day(value) - EXCEL_ZERO).days),
    "month_only": lambda value, clue, rng: rng.choice(
        [value[:7], value[:7].replace("-", "."), value[:7].replace("-", "年") + "月"]
    ),
    "impossible": lambda value, clue, rng: rng.choice([f"{value[:4]}-02-30", f"{value[:4]}-13-01", f"{value[:8]}32"]),
    "placeholder": lambda value, clue, rng: rng.choice(PLACEHOLDERS),
}
COMPACT_KINDS: dict[str, Callable[[str, Clue, random.Random], str | None]] = {
    "dashes": lambda value, clue, rng: f"{value[:4]}-{value[4:6]}-{value[6:]}",
    "placeholder": lambda value, clue, rng: rng.choice(COMPACT_PLACEHOLDERS),
    "impossible": lambda value, clue, rng: rng.choice([f"{value[:4]}0230", f"{value[:4]}1301"]),
    "month_only": lambda value, clue, rng: value[:6],
    "empty": lambda value, clue, rng: "",
}
