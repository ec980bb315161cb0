"""Kinds of dirt in coded columns and in single elements of addresses."""

# ruff: noqa: ARG001, ARG005 - every kind of dirt has one signature, whether it needs the clue and chance or not
import random
import re
from collections.abc import Callable

from ingestion.demo.dirt.clue import Clue
from ingestion.demo.dirt.width import full_width

Kinds = dict[str, Callable[[str, Clue, random.Random], str | None]]
SUFFIX = re.compile(r"(弄|支弄|号|幢|栋|单元|室)$")
LEADING = re.compile(r"^(\d)")


def _suffix_dropped(value: str, clue: Clue, rng: random.Random) -> str | None:
    return SUFFIX.sub("", value) if SUFFIX.search(value) and "支弄" not in value else None


def _leading_zero(value: str, clue: Clue, rng: random.Random) -> str | None:
    return f"0{value}" if LEADING.match(value) else None


def _other_suffix(value: str, clue: Clue, rng: random.Random) -> str | None:
    if not value.endswith(("幢", "栋", "号")) or "支弄" in value:
        return None
    return value[:-1] + (rng.choice(["号楼", "栋", "座", "#"]) if value[-1] != "号" else rng.choice(["号楼", "号 "]))


SEX: Kinds = {
    "word": lambda value, clue, rng: {"1": "男", "2": "女"}[value],
    "letter": lambda value, clue, rng: {"1": "M", "2": "F"}[value],
    "unknown": lambda value, clue, rng: rng.choice(["0", "9", ""]),
    "wrong": lambda value, clue, rng: {"1": "2", "2": "1"}[value],
}
RELATION: Kinds = {
    "zero_lost": lambda value, clue, rng: value[1:] if value.startswith("0") else None,
    "unknown_code": lambda value, clue, rng: rng.choice(["99", "02", "", "儿媳"]),
}
FLAG: Kinds = {"word": lambda value, clue, rng: {"0": rng.choice(["否", ""]), "1": "是"}[value]}
ELEMENT: Kinds = {
    "suffix_dropped": _suffix_dropped,
    "leading_zero": _leading_zero,
    "full_width": lambda value, clue, rng: full_width(value),
}
BUILDING: Kinds = {"other_suffix": _other_suffix, "suffix_dropped": _suffix_dropped, "leading_zero": _leading_zero}
