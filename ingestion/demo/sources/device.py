"""The device platform's register, clean: what hangs where, and whom it looks after.

Not here: telemetry and work orders (`sources.telemetry`, `sources.workorders`).
"""

import random
from datetime import date, timedelta
from typing import Any

import polars as pl

from ingestion.demo.chance import choose, dice
from ingestion.demo.data_files import data
from ingestion.demo.sources.addressing import Addressing
from ingestion.demo.sources.columns import typed
from ingestion.demo.style import Style
from ingestion.demo.world.households import Home
from ingestion.demo.world.people import World
from ingestion.demo.world.person import NOWHERE, Person

ELDER = 65
CARE = ("door_sensor", "panic_button")


class Fitter:
    """Hangs devices where `data/devices.yaml` says, and lists them."""

    def __init__(self, style: Style, world: World, seed: int, day: date) -> None:
        self.style, self.world, self.day = style, world, day
        self.rng: random.Random = dice(seed, "device")
        self.addressing = Addressing(style, world.places, dice(seed, "device.addresses"))
        self.lists = data("devices")
        self._estates = world.places.estates.select("name", "road").rows()

    def register(self) -> pl.DataFrame:
        """One row a device; `_house`, `_building`, `_estate` are the finest place it belongs to."""
        rows: list[dict[str, Any]] = []
        makers = {
            "elder": self._elders,
            "dwelling": self._dwellings,
            "building": self._buildings,
            "estate": self._by_estate,
            "bay": self._bays,
        }
        for kind, plan in self.lists["types"].items():
            rows += makers[plan["per"]](kind, float(plan["share"]))
        for number, row in enumerate(rows):
            row["deviceId"] = f"DV{self.style.county}{number + 1:07d}"
        return typed("register", rows)

    def _elders(self, kind: str, share: float) -> list[dict[str, Any]]:
        rows = []
        for home in self.world.homes:
            elder = next((p for p in home.members if p.lives_at == home.house and p.age(self.day) >= ELDER), None)
            wanted = share if home.kind == "elder_alone" else share / 4
            if elder and self.rng.random() < wanted:
                rows.append(self._row(kind, home.house, self._contact(home, elder)))
        return rows

    def _contact(self, home: Home, elder: Person) -> Person:
        """The elder, or a child of the home whose phone is asked first."""
        child = next((p for p in home.members if p.mother == elder.person or p.relation in ("20", "30")), None)
        return child if child and child.mobile and self.rng.random() < self.lists["contact_is_child"] else elder

    def _dwellings(self, kind: str, share: float) -> list[dict[str, Any]]:
        return [self._row(kind, home.house, None) for home in self.world.homes if self.rng.random() < share]

    def _buildings(self, kind: str, share: float) -> list[dict[str, Any]]:
        rows = []
        first = dict(reversed([(b, h) for h, b in enumerate(self.world.places.houses["building"])]))
        for building, house in first.items():
            if self.rng.random() < share:
                elements = self.addressing.elements[house]
                row = self._row(kind, NOWHERE, None) | {"_building": building, "_estate": self._estate(house)}
                rows.append(row | {"estateName": elements.estate, "address": f"{elements.anchor}{elements.building}"})
        return rows

    def _by_estate(self, kind: str, share: float) -> list[dict[str, Any]]:
        rows = []
        for estate in range(len(self._estates)):
            rows += [self._of_estate(kind, estate) for _ in range(int(share) + (self.rng.random() < share % 1))]
        return rows

    def _bays(self, kind: str, share: float) -> list[dict[str, Any]]:
        homes = [home for home in self.world.homes if self.rng.random() < share]
        return [self._of_estate(kind, self._estate(home.house)) for home in homes]

    def _of_estate(self, kind: str, estate: int) -> dict[str, Any]:
        name, road = self._estates[estate]
        address = self.rng.choice([name, name, f"{name}{self.rng.choice(['东', '西', '南'])}门", f"{road}{name}"])
        return self._row(kind, NOWHERE, None) | {"_estate": estate, "estateName": name, "address": address}

    def _estate(self, house: int) -> int:
        return int(self.world.places.houses["estate"][house])

    def _row(self, kind: str, house: int, contact: Person | None) -> dict[str, Any]:
        rng = self.rng
        vendor = rng.choice(list(self.lists["vendors"]))
        status = choose(rng, self.lists["status"])
        installed = self.day - timedelta(days=rng.randint(20, 2200))
        is_home = house != NOWHERE
        return {
            "type": kind,
            "vendor": vendor,
            "model": rng.choice(self.lists["vendors"][vendor]),
            "estateName": self.addressing.elements[house].estate if is_home else "",
            "address": self.addressing.write(house, "device"),
            "contactName": contact.name if contact else None,
            "contactPhone": (contact.mobile or None) if contact else None,
            "installedOn": installed.isoformat(),
            "retiredOn": (self.day - timedelta(days=rng.randint(1, 19))).isoformat() if status == "RETIRED" else None,
            "status": status,
            "heartbeatSeconds": self.lists["types"][kind]["heartbeat"],
            "_person": contact.person if contact else None,
            "_house": house if is_home else None,
            "_building": self.world.places.houses["building"][house] if is_home else None,
            "_estate": self._estate(house) if is_home else None,
        }
