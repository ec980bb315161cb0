"""Kinds of dirt in names. Each takes the right name and returns the soiled one, or None where it cannot."""

# ruff: noqa: ARG001, ARG005 - every kind of dirt has one signature, whether it needs the clue and chance or not
import random
from collections.abc import Callable

from ingestion.demo.data_files import data
from ingestion.demo.dirt.clue import Clue

SHORT, LONG = 2, 4
TITLES = ["（户主）", "(女)", "先生", "女士", "（已故）"]
PLACEHOLDERS = ["无", "不详", "待核实", "未知", "空"]


def _padded(value: str, clue: Clue, rng: random.Random) -> str | None:
    is_short = len(value) == SHORT and value.isalpha()
    return f"{value[0]}{rng.choice(['　', ' ', '  '])}{value[1]}" if is_short else None


def _trailing_space(value: str, clue: Clue, rng: random.Random) -> str | None:
    return value + rng.choice([" ", "　", "\t"])


def _interpunct(value: str, clue: Clue, rng: random.Random) -> str | None:
    return value.replace("·", rng.choice(data("confusions")["interpuncts"])) if "·" in value else None


def _interpunct_lost(value: str, clue: Clue, rng: random.Random) -> str | None:
    return value.replace("·", "") if "·" in value else None


def _rare(value: str, form: Callable[[list[str]], str]) -> str | None:
    """The first rare character of the name in another form, if there is one."""
    rare: dict[str, list[str]] = data("confusions")["rare"]
    found = next((sign for sign in value if sign in rare), None)
    return value.replace(found, form(rare[found])) if found else None


def _question_mark(value: str, clue: Clue, rng: random.Random) -> str | None:
    mark = rng.choice(["?", "〓", "□"])
    return _rare(value, lambda forms: mark)


def _private_use(value: str, clue: Clue, rng: random.Random) -> str | None:
    return _rare(value, lambda forms: forms[2])


def _description(value: str, clue: Clue, rng: random.Random) -> str | None:
    return _rare(value, lambda forms: forms[0])


def _pinyin(value: str, clue: Clue, rng: random.Random) -> str | None:
    return _rare(value, lambda forms: forms[1])


def _swap(table: str) -> Callable[[str, Clue, random.Random], str | None]:
    """A kind that exchanges one character by the named table of confusions."""

    def kind(value: str, clue: Clue, rng: random.Random) -> str | None:
        pairs: dict[str, str] = data("confusions")[table]
        places = [place for place, sign in enumerate(value) if sign in pairs]
        if not places or len(value) > LONG:
            return None
        place = rng.choice(places)
        return value[:place] + pairs[value[place]] + value[place + 1 :]

    return kind


def _traditional(value: str, clue: Clue, rng: random.Random) -> str | None:
    pairs: dict[str, str] = data("confusions")["traditional"]
    changed = "".join(pairs.get(sign, sign) for sign in value)
    return changed if changed != value and len(value) <= LONG else None


def _former_name(value: str, clue: Clue, rng: random.Random) -> str | None:
    return clue.former_name or None


def _title(value: str, clue: Clue, rng: random.Random) -> str | None:
    return value + rng.choice(TITLES) if len(value) <= LONG else None


def _placeholder(value: str, clue: Clue, rng: random.Random) -> str | None:
    return rng.choice(PLACEHOLDERS)


KINDS: dict[str, Callable[[str, Clue, random.Random], str | None]] = {
    "padded": _padded,
    "trailing_space": _trailing_space,
    "interpunct": _interpunct,
    "interpunct_lost": _interpunct_lost,
    "rare_as_question_mark": _question_mark,
    "rare_as_private_use": _private_use,
    "rare_as_description": _description,
    "rare_as_pinyin": _pinyin,
    "variant": _swap("variants"),
    "traditional": _traditional,
    "homophone": _swap("homophones"),
    "compatibility_form": _swap("compatibility"),
    "former_name": _former_name,
    "title": _title,
    "placeholder": _placeholder,
}
