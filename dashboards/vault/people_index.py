"""Finding people by plain values: an index that stands in this process alone and is made from the vault of one version.

Nothing searchable lies on a disk (docs/decisions/0008): without the key there is no index. It answers with resident ids only.
Not here: which of those found a person may see (repositories/plain.py).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.distance import Levenshtein

from dashboards.vault.sound import first_letters, sound

Kind = Literal["number", "digits", "letters", "name"]
MOST = 5000  # ids that one search hands on; who finds more has asked for too little
_NUMBER = re.compile(r"\d{15}|\d{17}[\dX]|[A-Z]{1,2}\d{7,10}|\d{11}")
_FEWEST = {"number": 8, "digits": 4, "letters": 2, "name": 2}  # signs a search must have, by kind
_SLIP_FROM = 3  # of two characters, one different is somebody else


@dataclass(frozen=True)
class Found:
    """One person found; `how`: whole (the value itself), part (a part of it), sound (spoken alike), near (one sign differs)."""

    resident_id: str
    how: Literal["whole", "part", "sound", "near"]


def tidy(text: str) -> str:
    """What was typed, in the form in which values are compared: full-width signs narrow, no spaces, upper case."""
    return re.sub(r"[\s·•・-]", "", unicodedata.normalize("NFKC", text)).upper()


def kind_of(text: str) -> Kind | None:
    """What a tidied text is; None: too short to search for."""
    if _NUMBER.fullmatch(text):
        kind: Kind = "number"
    elif re.fullmatch(r"\d+X?", text):
        kind = "digits"
    else:
        kind = "letters" if re.fullmatch(r"[A-Z]+", text) else "name"
    return kind if len(text) >= _FEWEST[kind] else None


class PeopleIndex:
    """All people of one version, by name, sound, document number and phones."""

    def __init__(self, people: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Take in resident ids with their opened rows."""
        self._names: dict[str, list[str]] = {}
        self._numbers: dict[str, list[str]] = {}
        for resident, row in people:
            self._add(self._names, tidy(row.get("name") or ""), resident)
            told = [row.get("id_number"), row.get("mobile"), *(row.get("phones") or "").split(",")]
            for number in {tidy(value) for value in told if value}:
                self._add(self._numbers, number, resident)
        self._sounds = {name: sound(name) for name in self._names}

    def find(self, text: str) -> list[Found]:
        """Who fits a tidied text, best first, at most MOST."""
        ways: dict[Kind, Callable[[str], list[Found]]] = {
            "number": lambda asked: _hits(self._numbers, {"whole": lambda value: value == asked}),
            "digits": lambda asked: _hits(self._numbers, {"part": lambda value: value.endswith(asked)}),
            "letters": self._by_letters,
            "name": self._by_name,
        }
        kind = kind_of(text)
        return ways[kind](text)[:MOST] if kind else []

    def _by_name(self, asked: str) -> list[Found]:
        heard = sound(asked)
        return _hits(
            self._names,
            {
                "whole": lambda name: name == asked,
                "part": lambda name: asked in name,
                "sound": lambda name: self._sounds[name] == heard,
                "near": lambda name: len(asked) >= _SLIP_FROM and Levenshtein.distance(name, asked, score_cutoff=1) <= 1,
            },
        )

    def _by_letters(self, asked: str) -> list[Found]:
        letters = asked.lower()
        return _hits(
            self._names,
            {
                "whole": lambda name: name == asked,
                "sound": lambda name: self._sounds[name] == letters or first_letters(name) == letters,
                "part": lambda name: len(letters) > _SLIP_FROM and self._sounds[name].startswith(letters),
            },
        )

    @staticmethod
    def _add(values: dict[str, list[str]], value: str, resident: str) -> None:
        if value:
            values.setdefault(value, []).append(resident)


def _hits(values: dict[str, list[str]], fits: dict[Any, Callable[[str], bool]]) -> list[Found]:
    """Who bears a value that fits in one of the ways; each person once, in the best way."""
    found: dict[str, Found] = {}
    for how, is_fit in fits.items():
        for value in filter(is_fit, values):
            for resident in values[value]:
                found.setdefault(resident, Found(resident, how))
    return list(found.values())
