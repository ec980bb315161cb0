"""Soils the cells of clean records at the rates of `data/dirt.yaml`, and writes down every cell that was soiled.

A cell is soiled at most once per field. Not here: the kinds themselves, one module a group; rows that are repeated or damaged.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from ingestion.demo.chance import dice, stream
from ingestion.demo.data_files import data
from ingestion.demo.dirt import addresses, codes, dates, names, numbers, phones
from ingestion.demo.dirt.clue import Clue
from ingestion.demo.style import Style
from ingestion.demo.world.elements import Elements
from ingestion.demo.world.person import Person

Kind = Callable[[str, Clue, random.Random], str | None]
GROUPS: dict[str, dict[str, Kind]] = {
    "number": numbers.KINDS,
    "child_number": numbers.KINDS,
    "name": names.KINDS,
    "phone": phones.KINDS,
    "date_text": dates.TEXT_KINDS,
    "date_compact": dates.COMPACT_KINDS,
    "address": addresses.KINDS,
    "element": codes.ELEMENT,
    "sex_code": codes.SEX,
    "relation_code": codes.RELATION,
    "flag": codes.FLAG,
    "building_name": codes.BUILDING,
}
KEYS = {
    "property.building": "building_id",
    "property.house": "house_id",
    "property.owner": "owner_id",
    "property.lease": "lease_id",
    "police.SYRK": "RYBH",
    "police.BZDZ": "DZBM",
    "civil.assistance-cases": "caseId",
    "civil.members": "caseId",
    "civil.disability-certificates": "certificateNo",
    "civil.elderly-services": "recordId",
    "civil.children-in-need": "recordId",
    "device.register": "deviceId",
}
LOG = {"entity": pl.String, "key": pl.String, "field": pl.String, "kind": pl.String, "clean": pl.String}
TALLY = {
    "entity": pl.String,
    "field": pl.String,
    "kind": pl.String,
    "rate": pl.Float64,
    "cells": pl.Int64,
    "tried": pl.Int64,
    "soiled": pl.Int64,
}


@dataclass
class Soiler:
    """Soils frames and keeps the log.

    Args:
        seed: the street's seed.
        dirt: factor on every rate; 0 leaves all clean.
        style: the city's look.
        elements: the address of each house.
        people: persons by number, for former names and mothers' numbers.
        stage: names the stream of chance, so that a later day has its own.
    """

    seed: int
    dirt: float
    style: Style
    elements: list[Elements]
    people: list[Person]
    stage: str = "dirt"
    log: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    tally: list[tuple[str, str, str, float, int, int, int]] = field(default_factory=list)

    def soil(self, entity: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with its fields soiled, as `data/dirt.yaml` says for the entity."""
        for path, rule in data("dirt")["fields"].items():
            column = path.removeprefix(f"{entity}.")
            if column != path and column in frame.columns and frame.height:
                frame = frame.with_columns(self._field(entity, frame, column, rule))
        return frame

    def _field(self, entity: str, frame: pl.DataFrame, column: str, rule: dict[str, Any]) -> pl.Series:
        values = frame[column].to_list()
        filled = np.array([bool(value) for value in values])
        stage = f"{self.stage}.{entity}.{column}"
        chance, rng = stream(self.seed, stage), dice(self.seed, stage)
        keys, clues = frame[KEYS[entity]].to_list(), self._clues(frame, rule)
        for kind, rate in data("dirt")["groups"][rule["group"]].items():
            share = min(1.0, rate * rule.get("factor", 1.0) * self.dirt)
            tried = np.flatnonzero((chance.random(len(values)) < share) & filled)
            soiled, cells = 0, int(filled.sum())
            for place in tried.tolist():
                changed = GROUPS[rule["group"]][kind](values[place], clues(place), rng)
                if changed is not None and changed != values[place]:
                    self.log.append((entity, keys[place], column, kind, values[place]))
                    values[place], soiled, filled[place] = changed, soiled + 1, False
            self.tally.append((entity, column, kind, share, cells, len(tried), soiled))
        return pl.Series(column, values, dtype=frame[column].dtype)

    def _clues(self, frame: pl.DataFrame, rule: dict[str, Any]) -> Callable[[int], Clue]:
        """A function that gives the clue of one row; it is called for soiled cells only."""
        nothing = [None] * frame.height
        persons = frame["_person"].to_list() if "_person" in frame.columns else nothing
        mothers = frame["_mother"].to_list() if "_mother" in frame.columns else nothing
        houses = frame[rule["house"]].to_list() if "house" in rule else nothing

        def clue(place: int) -> Clue:
            person, mother, house = persons[place], mothers[place], houses[place]
            return Clue(
                self.style,
                self.elements[house] if house is not None else None,
                self.people[person].former_name if person is not None else "",
                self.people[mother].id_number if mother is not None else "",
            )

        return clue

    def log_frame(self) -> pl.DataFrame:
        """One row a soiled cell: entity, key, field, kind, and the value that was right."""
        return pl.DataFrame(self.log, schema=LOG, orient="row")

    def tally_frame(self) -> pl.DataFrame:
        """One row a field and kind: effective rate, cells, cells that chance chose, cells soiled in the end."""
        return pl.DataFrame(self.tally, schema=TALLY, orient="row")
