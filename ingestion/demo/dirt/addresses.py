"""Kinds of dirt in addresses written as one text. Each takes the cell and the address meant; None where it cannot be done."""

# ruff: noqa: ARG001, ARG005 - every kind of dirt has one signature, whether it needs the clue and chance or not
import random
import re
from collections.abc import Callable

from ingestion.demo.data_files import data
from ingestion.demo.dirt.clue import Clue
from ingestion.demo.dirt.numerals import by_digit, positional
from ingestion.demo.dirt.phones import landline
from ingestion.demo.dirt.width import full_width
from ingestion.demo.world.elements import Elements

NUMBERED = re.compile(r"(\d+)(弄|号|幢|单元)")
NOTES = ["（靠近菜场）", "(老房子)", "（幼儿园旁）", "【出租】", "(西门进)"]
DASHED = 0.6  # of block short forms: 3-2-501 rather than 3#2-501
VILLAGE_NUMERALS = "一二三四五六七八九"
SWAPS = {"幢": ["栋", "座", "号楼", "#", "#楼"], "单元": ["门", "梯"], "室": ["房", "户", ""], "号": ["号楼", "#"]}


def _meant(value: str, clue: Clue) -> Elements | None:
    """The address meant, if the cell holds it in its plain form."""
    return clue.elements if clue.elements and value.endswith(clue.elements.text) else None


def _rewritten(value: str, meant: Elements, text: str) -> str:
    return value[: len(value) - len(meant.text)] + text


def _chinese_digits(value: str, clue: Clue, rng: random.Random) -> str | None:
    zero = rng.choice("〇零")
    changed = NUMBERED.sub(lambda found: by_digit(found[1], zero) + found[2], value)
    return changed if changed != value else None


def _chinese_positional(value: str, clue: Clue, rng: random.Random) -> str | None:
    changed = NUMBERED.sub(lambda found: (positional(found[1]) or found[1]) + found[2], value)
    return changed if changed != value else None


def _suffixes_dropped(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant = _meant(value, clue)
    if not meant or not meant.room or meant.form == "shop" or meant.part:
        return None
    numbers = [meant.lane, meant.sublane, meant.gate or meant.block, meant.unit, meant.room]
    anchor = meant.estate if meant.form in ("block", "village") else meant.road
    return _rewritten(value, meant, anchor + "-".join(number for number in numbers if number))


def _short_form(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant = _meant(value, clue)
    if not meant or meant.form not in ("block", "village", "lane") or not meant.room or meant.part:
        return None
    if meant.form == "block":
        sign = "-" if rng.random() < DASHED else "#"
        short = f"{meant.block}{sign}{meant.unit}-{meant.room}"
    else:
        short = f"{meant.gate}{rng.choice(['/', '#', '-'])}{meant.room}"
    return _rewritten(value, meant, meant.anchor + short)


def _other_suffix(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant = _meant(value, clue)
    usable = [s for s in SWAPS if meant and s in meant.building + meant.door and (s != "室" or not meant.part)]
    if not meant or not usable:
        return None
    suffix = rng.choice(usable)
    end = (meant.building + meant.door).replace(suffix, rng.choice(SWAPS[suffix]), 1)
    return _rewritten(value, meant, meant.anchor + end)


def _leading_zero(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant = _meant(value, clue)
    if not meant or not meant.room:
        return None
    building = f"0{meant.building}" if len(meant.gate or meant.block) == 1 else meant.building
    door = meant.door if building != meant.building else meant.door.replace(meant.room, f"0{meant.room}")
    return _rewritten(value, meant, meant.anchor + building + door)


def _doubled_prefix(value: str, clue: Clue, rng: random.Random) -> str | None:
    style = clue.style
    if not value.startswith(style.district_text):
        return None
    first = f"{style.province}{style.city}"
    return rng.choice([first + value, f"{first}市辖区{value[len(first) :]}", style.district_text + value])


def _spaces(value: str, clue: Clue, rng: random.Random) -> str | None:
    places = sorted(rng.sample(range(1, len(value)), min(2, len(value) - 1)), reverse=True)
    for place in places:
        value = value[:place] + rng.choice([" ", "　"]) + value[place:]
    return value


def _old_road(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant = _meant(value, clue)
    old = clue.style.old_roads.get(meant.road) if meant and meant.form not in ("block", "village") else None
    return value.replace(meant.road, old) if meant and old and meant.road in value else None


def _estate_for_lane(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant = _meant(value, clue)
    is_lane = meant and meant.form == "lane"
    return _rewritten(value, meant, meant.estate + meant.building + meant.door) if meant and is_lane else None


def _estate_numeral(value: str, clue: Clue, rng: random.Random) -> str | None:
    changed = re.sub(f"([{VILLAGE_NUMERALS}])村", lambda found: f"{VILLAGE_NUMERALS.index(found[1]) + 1}村", value)
    return changed if changed != value else None


def _typing_error(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant, table = _meant(value, clue), data("confusions")["typing"]
    places = [place for place, sign in enumerate(meant.anchor) if sign in table] if meant else []
    if not meant or not places:
        return None
    place = rng.choice(places)
    anchor = meant.anchor[:place] + table[meant.anchor[place]] + meant.anchor[place + 1 :]
    return _rewritten(value, meant, anchor + meant.building + meant.door)


def _two_rooms(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant = _meant(value, clue)
    if not meant or not meant.room or meant.part:
        return None
    return _rewritten(value, meant, meant.text.replace(f"{meant.room}室", f"{meant.room}、{int(meant.room) + 1}室"))


def _room_missing(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant = _meant(value, clue)
    return _rewritten(value, meant, meant.anchor + meant.building) if meant and meant.door else None


def _estate_only(value: str, clue: Clue, rng: random.Random) -> str | None:
    meant = _meant(value, clue)
    return _rewritten(value, meant, meant.anchor if meant.form != "front" else meant.road) if meant else None


def _line_break(value: str, clue: Clue, rng: random.Random) -> str | None:
    place = rng.randrange(1, len(value))
    return value[:place] + "\n" + value[place:]


KINDS: dict[str, Callable[[str, Clue, random.Random], str | None]] = {
    "full_width": lambda value, clue, rng: full_width(value),
    "chinese_digits": _chinese_digits,
    "chinese_positional": _chinese_positional,
    "suffixes_dropped": _suffixes_dropped,
    "short_form": _short_form,
    "other_suffix": _other_suffix,
    "leading_zero": _leading_zero,
    "doubled_prefix": _doubled_prefix,
    "note": lambda value, clue, rng: value + rng.choice(NOTES),
    "spaces": _spaces,
    "phone_inside": lambda value, clue, rng: f"{value} 电话{landline(clue, rng)}",
    "old_road": _old_road,
    "estate_for_lane": _estate_for_lane,
    "estate_numeral": _estate_numeral,
    "typing_error": _typing_error,
    "line_break": _line_break,
    "two_rooms": _two_rooms,
    "room_missing": _room_missing,
    "estate_only": _estate_only,
    "empty": lambda value, clue, rng: "",
}
GRADES = {"room_missing": "building", "estate_only": "estate", "empty": "none", "two_rooms": "building"}
