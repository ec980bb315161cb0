"""Public security's two registers, clean: SYRK (actual population) and BZDZ (standard addresses).

Columns that begin with `_` are the generator's own: `_person`, `_house` (where XZZ is), `_hukou_house` (where HJDZ is).
"""

import random
from datetime import date, datetime
from typing import Any

import polars as pl

from ingestion.demo.chance import dice
from ingestion.demo.data_files import data
from ingestion.demo.sources.addressing import Addressing, committee_code
from ingestion.demo.sources.documents import held
from ingestion.demo.sources.stamps import stamp
from ingestion.demo.style import Style
from ingestion.demo.world.people import World
from ingestion.demo.world.person import NOWHERE, Person

TIME = "%Y%m%d%H%M%S"
SECOND_DOCUMENT = 0.15
REASONS = {"dead": "1", "moved_out": "2", "double": "3"}
UNREPORTED_DEATH = 0.15
WITHOUT_CODE = 0.012  # dwellings that have no standard address
GHOST_ADDRESSES = 0.006  # standard addresses of a room that the housing bureau does not know
HIDDEN = {"_person": pl.Int64, "_house": pl.Int64, "_hukou_house": pl.Int64}


class Register:
    """Writes SYRK rows; numbers go on where they stopped."""

    def __init__(self, style: Style, world: World, seed: int, day: date, first: int = 0) -> None:
        stage = f"police.{day:%Y%m%d}.{first}"
        self.style, self.day, self.count = style, day, first
        self.rng: random.Random = dice(seed, stage)
        self.addressing = Addressing(style, world.places, dice(seed, stage + ".addresses"))
        self.coded = coded_houses(world, seed)
        self.rates = data("population")["rates"]
        self._kinds = {home.house: home.holding for home in world.homes}

    def row(self, person: Person, category: str, lives: int, changed: datetime, fate: str = "") -> dict[str, Any]:
        """One row; `lives` is the dwelling of XZZ (-1: outside), `fate` dead, moved_out or double where it is cancelled."""
        self.count += 1
        rng, hukou = self.rng, person.registered_at
        kind, number = held(rng, person, SECOND_DOCUMENT)
        is_coded = lives in self.coded and rng.random() < self.rates["standard_code_known"]
        county = self.style.county if hukou != NOWHERE else person.county
        return {
            "RYBH": f"{self.style.street_code}{self.count:09d}",
            "XM": person.name,
            "CYM": person.former_name,
            "XBDM": person.sex,
            "ZJZL": kind,
            "ZJHM": number,
            "CSRQ": f"{person.birth:%Y%m%d}",
            "HJDZ": (self.addressing.write(hukou, "hukou") or person.hukou_text) if person.people == "citizen" else "",
            "HJXZQH": county if person.people == "citizen" else "",
            "XZZ": self.addressing.write(lives, "police") or person.lives_text,
            "DZBM": self.coded.get(lives, "") if is_coded else "",
            "RKLB": category,
            "HH": household_number(self.style, person) if category in "14" else "",
            "YHZGX": person.relation if person.relation else "90",
            "LXDH": person.mobile if rng.random() < self.rates["phone_in_police"] else "",
            "DJRQ": f"{max(person.arrived, person.birth):%Y%m%d}",
            "ZXBS": "1" if fate else "0",
            "ZXYY": REASONS.get(fate, ""),
            "GXSJ": changed.strftime(TIME),
            "_person": person.person,
            "_house": lives if lives != NOWHERE else None,
            "_hukou_house": hukou if hukou != NOWHERE else None,
        }

    def rows_of(self, person: Person, holding: str) -> list[dict[str, Any]]:
        """Every SYRK row of one person: where registered, where living, cancelled ones and doubles."""
        rng = self.rng
        if person.role in ("landlord", "past_owner"):
            return []
        changed = stamp(rng, self.day, 1200, since=person.fate_on)
        if person.fate != "alive":
            is_reported = person.fate != "dead" or rng.random() > UNREPORTED_DEATH
            return [self.row(person, category(person), person.home, changed, person.fate if is_reported else "")]
        if person.role == "absent":
            lives = person.registered_at if rng.random() < self.rates["absent_written_home"] else NOWHERE
            return [self.row(person, "4", lives, changed)]
        rows = []
        if person.lives_at != NOWHERE and rng.random() >= self.rates["not_in_police"].get(holding, 0.0):
            rows.append(self.row(person, category(person), person.lives_at, changed))
        if person.registered_at not in (NOWHERE, person.lives_at):
            is_written = rng.random() < self.rates["apart_written_where_living"]
            rows.append(self.row(person, "4", person.lives_at if is_written else person.registered_at, changed))
        if rows and rng.random() < self.rates["duplicate_register"]:
            rows.append(self.row(person, category(person), person.lives_at, stamp(rng, self.day), "double"))
        return rows


def category(person: Person) -> str:
    """1 registered where living, 2 migrant, 3 from abroad."""
    if person.people != "citizen":
        return "3"
    return "1" if person.registered_at == person.home else "2"


def household_number(style: Style, person: Person) -> str:
    """The household of the registration; people registered at one dwelling share it."""
    return f"{style.county}{person.registered_at + 100001:08d}" if person.registered_at != NOWHERE else ""


def register_rows(style: Style, world: World, seed: int, day: date) -> pl.DataFrame:
    """The whole SYRK on the given day."""
    register = Register(style, world, seed, day)
    holdings = {home.household: home.holding for home in world.homes}
    rows: list[dict[str, Any]] = []
    for person in world.people:
        rows += register.rows_of(person, holdings.get(person.household, "tenant"))
    return register_frame(rows)


def register_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """SYRK rows with the generator's columns typed, however few there are."""
    return pl.DataFrame(rows, schema_overrides=HIDDEN)


def coded_houses(world: World, seed: int) -> dict[int, str]:
    """The standard-address code of each house that has one."""
    rng = dice(seed, "police.codes")
    return {house: f"BZ{house + 1:010d}" for house in range(len(world.places.houses)) if rng.random() >= WITHOUT_CODE}


def standard_addresses(style: Style, world: World, seed: int, day: date) -> pl.DataFrame:
    """The whole BZDZ; a few entries stand for rooms that no other source knows (`_house` null)."""
    rng = dice(seed, "police.standard")
    addressing = Addressing(style, world.places, dice(seed, "police.standard.addresses"))
    houses = world.places.houses.select("committee", "building").rows()
    buildings = world.places.buildings
    rows = []
    for house, code in coded_houses(world, seed).items():
        committee, building = houses[house]
        spot = (buildings["lon"][building], buildings["lat"][building])
        rows.append(
            standard_row(
                style,
                addressing=addressing,
                house=house,
                code=code,
                committee=committee_code(style, committee),
                spot=spot,
                rng=rng,
                day=day,
            )
        )
        if rng.random() < GHOST_ADDRESSES and rows[-1]["SH"]:
            rows.append({**rows[-1], "DZBM": code.replace("BZ0", "BZ9"), "SH": "9901室", "DZQC": "", "_house": None})
            rows[-1]["DZQC"] = rows[-2]["DZQC"].replace(rows[-2]["SH"], "9901室")
    return pl.DataFrame(rows, schema_overrides={"_house": pl.Int64})


def standard_row(
    style: Style,
    *,
    addressing: Addressing,
    house: int,
    code: str,
    committee: str,
    spot: tuple[float, float],
    rng: random.Random,
    day: date,
) -> dict[str, Any]:
    """One standard address with its elements, each with its suffix."""
    elements = addressing.elements[house]
    is_block = elements.form == "block"
    return {
        "DZBM": code,
        "XZQH": style.county,
        "JDDM": style.street_code,
        "JWDM": committee,
        "XQMC": elements.estate,
        "LJX": elements.road if elements.form != "village" and (not is_block or elements.plot) else "",
        "LN": (f"{elements.lane}弄" if elements.lane else "") + (f"{elements.sublane}支弄" if elements.sublane else ""),
        "MPH": f"{elements.gate or elements.plot}号" if elements.gate or elements.plot else "",
        "ZH": f"{elements.block}幢" if is_block else "",
        "DYH": f"{elements.unit}单元" if elements.unit else "",
        "SH": elements.door.replace(f"{elements.unit}单元", "", 1) if elements.unit else elements.door,
        "DZQC": addressing.write(house, "standard"),
        "JD": f"{spot[0]:.6f}",
        "WD": f"{spot[1]:.6f}",
        "GXSJ": stamp(rng, day, 2000).strftime(TIME),
        "_house": house,
    }
