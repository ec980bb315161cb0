"""Kinds of dirt in phone cells. Each takes a right mobile number and returns the soiled cell, or None where it cannot."""

# ruff: noqa: ARG001, ARG005 - every kind of dirt has one signature, whether it needs the clue and chance or not
import random
from collections.abc import Callable

from ingestion.demo.dirt.clue import Clue
from ingestion.demo.dirt.width import full_width

PLACEHOLDERS = ["11111111111", "13800000000", "13800138000", "00000000000", "12345678901", "无", "0", "-"]
OFFICES = 3  # numbers of offices that stand for hundreds of people
NOTES = ["（本人）", "儿子", "女儿", "(老伴)", "邻居"]


def landline(clue: Clue, rng: random.Random) -> str:
    """Eight digits that begin with 9: no exchange was given them."""
    return f"9{rng.randrange(10**7):07d}"


def _office(value: str, clue: Clue, rng: random.Random) -> str | None:
    return f"{clue.style.area_code}-9{clue.style.street_code[-3:]}000{rng.randrange(OFFICES)}"


def _several(value: str, clue: Clue, rng: random.Random) -> str | None:
    other = rng.choice([f"154{rng.randrange(10**8):08d}", landline(clue, rng)])
    return f"{value}{rng.choice(['、', '/', ';', '，', ' '])}{other}"


def _note(value: str, clue: Clue, rng: random.Random) -> str | None:
    note = rng.choice(NOTES)
    return f"{value}{note}" if note[0] in "（(" else f"{note}{value}"


KINDS: dict[str, Callable[[str, Clue, random.Random], str | None]] = {
    "prefix_plus86": lambda value, clue, rng: rng.choice(["+86", "+86 ", "86"]) + value,
    "prefix_0086": lambda value, clue, rng: "0086" + value,
    "dashes": lambda value, clue, rng: rng.choice(
        [f"{value[:3]}-{value[3:7]}-{value[7:]}", f"{value[:3]} {value[3:7]} {value[7:]}"]
    ),
    "full_width": lambda value, clue, rng: full_width(value),
    "several": _several,
    "run_together": lambda value, clue, rng: f"{value}154{rng.randrange(10**8):08d}",
    "landline": lambda value, clue, rng: f"{clue.style.area_code}{rng.choice(['', '-'])}{landline(clue, rng)}",
    "landline_without_zero": lambda value, clue, rng: rng.choice([clue.style.area_code[1:], ""]) + landline(clue, rng),
    "extension": lambda value, clue, rng: f"{landline(clue, rng)}{rng.choice(['-801', '转801', '转12'])}",
    "office": _office,
    "placeholder": lambda value, clue, rng: rng.choice(PLACEHOLDERS),
    "note": _note,
    "digit_missing": lambda value, clue, rng: value[:-1],
    "empty": lambda value, clue, rng: "",
}
