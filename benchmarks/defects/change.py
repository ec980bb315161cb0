"""What can be done to a value. Functions are named in kinds.yaml. Not here: which rows are chosen (plant)."""

# ruff: noqa: ARG005 - every change has one signature, whether it needs its argument and place or not
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"  # ISO 7064 MOD 11-2


@dataclass(frozen=True)
class Place:
    """Where a value stands: its row, the row planted before it, all rows, its place among the planted ones, and chance."""

    row: Mapping[str, Any]
    before: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    n: int
    chance: random.Random


Change = Callable[[str, Any, Place], Any]


def checked(body: str) -> str:
    """A number of 17 digits with its check character."""
    return body + CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def _slip(value: str, _: Any, place: Place) -> str:
    """One digit of the sequence number is another one."""
    digit = (int(value[15]) + place.chance.randrange(1, 10)) % 10
    return f"{value[:15]}{digit}{value[16:]}"


def _swapped(value: str, _: Any, place: Place) -> str:
    """Two different neighbours change places."""
    del place
    at = next(i for i in range(13, 5, -1) if value[i] != value[i + 1])
    return value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def _zeros(value: str, _: Any, place: Place) -> str:
    """A spreadsheet kept fifteen digits; a number that ends so by right gets another sequence."""
    del place
    damaged = value[:15] + "000"
    return damaged if checked(damaged[:17]) != damaged else value[:14] + str((int(value[14]) + 1) % 10) + "000"


def _another(value: Any, column: str, place: Place) -> Any:
    """The value of another row of the feed."""
    while (found := place.chance.choice(place.rows)[column]) in {value, None, ""}:
        pass
    return found


CHANGES: dict[str, Change] = {
    "put": lambda value, argument, place: argument.format(n=place.n) if isinstance(argument, str) else argument,
    "one_of": lambda value, argument, place: argument[place.n % len(argument)],
    "cut_end": lambda value, argument, place: value[:-argument],
    "keep": lambda value, argument, place: value[:argument],
    "append": lambda value, argument, place: value + argument,
    "replace": lambda value, argument, place: re.sub(argument[0], argument[1], value),
    "from": lambda value, argument, place: place.row[argument],
    "of_another": _another,
    "as_before": lambda value, argument, place: place.before[argument] if place.n % 2 else value,
    "born": lambda value, argument, place: checked(value[:6] + argument + value[14:17]),
    "born_checked_off": lambda value, argument, place: value[:6] + argument + value[14:],
    "fifteen": lambda value, argument, place: value[:6] + value[8:17],
    "fifteen_centenarian": lambda value, argument, place: value[:6] + value[8:14] + "997",
    "scientific": lambda value, argument, place: f"{value[0]}.{value[1:6]}E+17",
    "zeros": _zeros,
    "slip": _slip,
    "swap_neighbours": _swapped,
    "masked": lambda value, argument, place: f"{value[:6]}********{value[14:]}",
    "county": lambda value, argument, place: checked(argument + value[2:17]),
    "other_sex": lambda value, argument, place: {"1": "2", "2": "1"}[value],
    "other_character": lambda value, argument, place: value[:-1] + ("涵" if value[-1] != "涵" else "岚"),
    "plus": lambda value, argument, place: int(value) + argument,
}
