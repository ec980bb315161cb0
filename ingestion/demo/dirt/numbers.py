"""Kinds of dirt in hand-typed document numbers. Each takes the right value and returns the soiled one; None where it cannot."""

# ruff: noqa: ARG001 - every kind of dirt has one signature, whether it needs the clue and chance or not
import random
from collections.abc import Callable

from ingestion.demo.dirt.clue import Clue
from ingestion.demo.dirt.width import full_width

CITIZEN_LENGTH = 18
PLACEHOLDERS = ["无", "无证", "000000000000000000", "999999999999999999", "不详", "待核实", "111111111111111111", "/"]


def _spaces(value: str, clue: Clue, rng: random.Random) -> str | None:
    if len(value) != CITIZEN_LENGTH:
        return f" {value} "
    return rng.choice([f"{value[:6]} {value[6:14]} {value[14:]}", f"{value} ", f"　{value}", f"{value[:10]}\u200b{value[10:]}"])


def _full_width(value: str, clue: Clue, rng: random.Random) -> str | None:
    return full_width(value)


def _lower_x(value: str, clue: Clue, rng: random.Random) -> str | None:
    return f"{value[:-1]}x" if value.endswith("X") else None


def _star_for_x(value: str, clue: Clue, rng: random.Random) -> str | None:
    return f"{value[:-1]}{rng.choice('*×＊')}" if value.endswith("X") else None


def _fifteen_digits(value: str, clue: Clue, rng: random.Random) -> str | None:
    is_citizen = len(value) == CITIZEN_LENGTH and value[6:8] == "19" and value[0] not in "89"
    return value[:6] + value[8:17] if is_citizen else None


def _one_digit_slip(value: str, clue: Clue, rng: random.Random) -> str | None:
    places = [place for place, sign in enumerate(value) if sign.isdigit()]
    if not places:
        return None
    place = rng.choice(places[6:] or places)  # the county stays as it is, so that no real one can appear
    return value[:place] + rng.choice([d for d in "0123456789" if d != value[place]]) + value[place + 1 :]


def _neighbours_swapped(value: str, clue: Clue, rng: random.Random) -> str | None:
    places = [p for p in range(6, len(value) - 1) if value[p] != value[p + 1] and value[p : p + 2].isdigit()]
    if not places:
        return None
    place = rng.choice(places)
    return value[:place] + value[place + 1] + value[place] + value[place + 2 :]


def _excel_scientific(value: str, clue: Clue, rng: random.Random) -> str | None:
    is_number = value.isdigit() and len(value) == CITIZEN_LENGTH
    return f"{value[0]}.{value[1:6]}E+17" if is_number else None


def _excel_zeros(value: str, clue: Clue, rng: random.Random) -> str | None:
    is_number = value.isdigit() and len(value) == CITIZEN_LENGTH and not value.endswith("000")
    return f"{value[:15]}000" if is_number else None


def _quote_prefix(value: str, clue: Clue, rng: random.Random) -> str | None:
    return rng.choice(["'", "\t"]) + value


def _empty(value: str, clue: Clue, rng: random.Random) -> str | None:
    return ""


def _placeholder(value: str, clue: Clue, rng: random.Random) -> str | None:
    return rng.choice(PLACEHOLDERS)


def _mothers_number(value: str, clue: Clue, rng: random.Random) -> str | None:
    return clue.mothers_number or None


def _mothers_number_minus_1(value: str, clue: Clue, rng: random.Random) -> str | None:
    return f"{clue.mothers_number}-1" if clue.mothers_number else None


KINDS: dict[str, Callable[[str, Clue, random.Random], str | None]] = {
    "spaces": _spaces,
    "full_width": _full_width,
    "lower_x": _lower_x,
    "star_for_x": _star_for_x,
    "fifteen_digits": _fifteen_digits,
    "one_digit_slip": _one_digit_slip,
    "neighbours_swapped": _neighbours_swapped,
    "excel_scientific": _excel_scientific,
    "excel_zeros": _excel_zeros,
    "quote_prefix": _quote_prefix,
    "empty": _empty,
    "placeholder": _placeholder,
    "mothers_number": _mothers_number,
    "mothers_number_minus_1": _mothers_number_minus_1,
}
