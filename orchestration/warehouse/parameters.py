"""What a city defines otherwise (`[parameters]` of yidang.toml), checked and handed to dbt as vars.

What may stand there, and within which bounds, is data: dbt_project/parameters.yaml. Not here: what the numbers mean (dbt models),
or reading the file (ingestion.settings).
"""

import csv
import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from ingestion.settings import SettingsError
from orchestration.warehouse.project import PROJECT

CATALOGUE = PROJECT / "parameters.yaml"
CITY_ROWS = "city_rows"  # the var that holds replaced numbers of seeds: macros/city_rows.sql


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bounds(_Frozen):
    """One number: its kind, its least and greatest value, the name of the number that it may not exceed, what it is."""

    type: Literal["whole", "number"]
    least: float = Field(alias="from")
    greatest: float = Field(alias="to")
    not_above: str | None = None
    zh: str | None = None
    en: str | None = None

    def expected(self) -> str:
        """What may stand there, in words."""
        kind = "a whole number" if self.type == "whole" else "a number"
        return f"expected {kind} from {self.least:g} to {self.greatest:g}{f' ({self.en})' if self.en else ''}"

    def allows(self, value: object) -> bool:
        """True when the value is of the kind and within the bounds; `true` is no number."""
        kinds: tuple[type, ...] = (int,) if self.type == "whole" else (int, float)
        return isinstance(value, kinds) and not isinstance(value, bool) and self.least <= float(str(value)) <= self.greatest


class RowNumbers(_Frozen):
    """The numbers of a seed that a city may replace; `key` names its rows."""

    key: str
    zh: str
    en: str
    columns: dict[str, Bounds]


class ParameterCatalogue(_Frozen):
    """The content of parameters.yaml."""

    vars: dict[str, Bounds]
    rows: dict[str, RowNumbers]


@cache
def parameter_catalogue() -> ParameterCatalogue:
    """Everything that a city may define otherwise."""
    return ParameterCatalogue.model_validate(yaml.safe_load(CATALOGUE.read_text(encoding="utf-8")))


def dbt_vars(config: Path, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The vars that dbt is given beside those of its project.

    Args:
        config: the file that the parameters were read from; named in errors.
        parameters: the table `[parameters]` as it was read.

    Raises:
        SettingsError: one line with every value that cannot be used: its key, and what was expected.
    """
    catalogue = parameter_catalogue()
    tables = {name: value for name, value in parameters.items() if name in catalogue.rows}
    values = {name: value for name, value in parameters.items() if name not in tables}
    problems = _value_problems(values, catalogue)
    replaced: list[dict[str, Any]] = []
    for seed, rows in tables.items():
        found, wrong = _replaced(seed, catalogue.rows[seed], rows)
        replaced += found
        problems += wrong
    if problems:
        raise SettingsError(f"{config}: {'; '.join(problems)}")
    return values | ({CITY_ROWS: replaced} if replaced else {})


def _value_problems(values: Mapping[str, Any], catalogue: ParameterCatalogue) -> list[str]:
    known = [*catalogue.vars, *catalogue.rows]
    problems = [f"[parameters] unknown key {name!r}{_hint(name, known)}" for name in values if name not in catalogue.vars]
    given = {name: value for name, value in values.items() if name in catalogue.vars}
    wrong = {name for name, value in given.items() if not catalogue.vars[name].allows(value)}
    problems += [f"[parameters] {name}: {catalogue.vars[name].expected()}" for name in given if name in wrong]
    effective = _project_vars() | given
    return problems + ([] if wrong else _order_problems("[parameters]", catalogue.vars, effective, given))


def _replaced(seed: str, numbers: RowNumbers, rows: object) -> tuple[list[dict[str, Any]], list[str]]:
    """The replaced numbers of one seed, one a dict, and what is wrong."""
    if not isinstance(rows, dict):
        return [], [f"[parameters] {seed}: expected a table of rows, such as [parameters.{seed}.{_rows(seed)[0][numbers.key]}]"]
    replaced, problems = [], []
    for name, values in rows.items():
        mine = [row for row in _rows(seed) if row[numbers.key] == name]
        wrong = _row_problems(f"[parameters.{seed}.{name}]", numbers, mine, values)
        if not mine:
            wrong = [f"[parameters.{seed}] unknown row {name!r}{_hint(name, [row[numbers.key] for row in _rows(seed)])}"]
        problems += wrong
        if not wrong:
            places = {"seed": seed, "key": numbers.key, "row": name}
            replaced += [{**places, "column": column, "value": value} for column, value in values.items()]
    return replaced, problems


def _row_problems(place: str, numbers: RowNumbers, mine: list[dict[str, str]], values: object) -> list[str]:
    there = [column for column in numbers.columns if any(row[column] for row in mine)]
    if not isinstance(values, dict):
        return [f"{place} expected a table of numbers: {', '.join(there)}"]
    problems = []
    for column, value in values.items():
        if column not in there:
            problems.append(f"{place} unknown key {column!r}{_hint(column, there)}")
        elif not numbers.columns[column].allows(value):
            problems.append(f"{place} {column}: {numbers.columns[column].expected()}")
    if problems:
        return problems
    for row in mine:
        told = {column: float(row[column]) for column in there if row[column]}
        effective = told | {column: value for column, value in values.items() if column in told}
        problems += _order_problems(place, numbers.columns, effective, values)
    return list(dict.fromkeys(problems))


def _order_problems(
    place: str, bounds: Mapping[str, Bounds], effective: Mapping[str, Any], given: Mapping[str, Any]
) -> list[str]:
    """Where a number exceeds the one that it may not exceed; only pairs of which the city gives one."""
    pairs = [(name, b.not_above) for name, b in bounds.items() if b.not_above and {name, b.not_above} & set(given)]
    return [
        f"{place} {low}: expected at most {high}, which is {effective[high]:g}"
        for low, high in pairs
        if low in effective and high in effective and effective[low] > effective[high]
    ]


@cache
def _rows(seed: str) -> list[dict[str, str]]:
    path = next((PROJECT / "seeds").rglob(f"{seed}.csv"))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _project_vars() -> dict[str, Any]:
    project: dict[str, Any] = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    return dict(project["vars"])


def _hint(name: str, known: Iterable[str]) -> str:
    names = list(dict.fromkeys(known))
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(names)}"
