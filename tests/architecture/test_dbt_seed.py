"""Lists that two parts of the project hold agree: seeds with the source contracts, the rule catalogue and each other."""

import csv
import re
from pathlib import Path

import pytest

from ingestion.cleaning.rules import rule_catalogue
from ingestion.contracts.loader import load_contracts

DBT = Path(__file__).resolve().parents[2] / "dbt_project"
INDICATOR = DBT / "models" / "intermediate" / "indicator"


def seed(path: str) -> list[dict[str, str]]:
    with (DBT / "seeds" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", sorted((DBT / "seeds").rglob("*.csv")), ids=lambda path: path.stem)
def test_every_seed_is_whole_and_says_nothing_twice(path: Path) -> None:
    rows = seed(path.relative_to(DBT / "seeds").as_posix())
    assert [row for row in rows if None in row or None in row.values() or not next(iter(row.values()))] == []
    assert len({tuple(row.values()) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", ["device/device_type", "device/alarm_sla", "task/task_kind", "quality/source_owner"])
def test_the_first_column_is_the_key(name: str) -> None:
    keys = [next(iter(row.values())) for row in seed(f"{name}.csv")]
    assert sorted(set(keys)) == sorted(keys)


def test_owners_are_those_of_the_contracts() -> None:
    told = {row["source_system"]: (row["owner_zh"], row["owner_en"]) for row in seed("quality/source_owner.csv")}
    assert told == {name: (contract.owner.zh, contract.owner.en) for name, contract in load_contracts().items()}


def test_rules_are_those_of_the_catalogue() -> None:
    columns = ("name_zh", "name_en", "dimension", "severity")
    told = {row["rule"]: tuple(row[column] for column in columns) for row in seed("quality/quality_rule.csv")}
    assert told == {code: (rule.zh, rule.en, rule.dimension, rule.severity) for code, rule in rule_catalogue().items()}


def measures(model: str) -> set[str]:
    """What a model counts, by the list at its head."""
    block = re.search(r"set measures = \[(.*?)\]", (INDICATOR / f"{model}.sql").read_text(encoding="utf-8"), re.DOTALL)
    assert block, model
    return set(re.findall(r"'(\w+)'", block.group(1)))


def test_every_measure_of_an_indicator_is_counted() -> None:
    counted: set[str] = set()
    for path in INDICATOR.glob("int_*__counted.sql"):
        counted |= measures(path.stem)
    formulas = seed("indicator/indicator_formula.csv")
    used = {row["numerator_measure"] for row in formulas} | {row["denominator_measure"] for row in formulas} - {""}
    assert {measure.rpartition(":")[2] for measure in used} == counted
    fleets = {row["fleet"] for row in seed("device/device_type.csv")}
    assert {measure.rpartition(":")[0] for measure in used} - {""} == fleets


def test_a_set_is_of_known_devices() -> None:
    rows = seed("device/configuration_set.csv")
    assert {row["device_type"] for row in rows} <= {row["type"] for row in seed("device/device_type.csv")}
    assert {(row["place_level"], row["wanted_in"]) for row in rows} <= {
        (p, w) for p in ("entrance", "stairwell") for w in ("place", "dwelling")
    }


def test_a_street_has_at_least_twenty_five_indicators() -> None:
    formulas = seed("indicator/indicator_formula.csv")
    assert len({row["indicator_code"] for row in formulas}) == len(formulas) >= 25
    assert {row["direction"] for row in formulas} <= {"higher", "lower", "neutral"}
    assert {row["cadence"] for row in formulas} <= {"snapshot", "dated", "monthly", "remembered"}


def test_what_is_told_of_earlier_months_is_counted_of_them() -> None:
    told = [row for row in seed("indicator/indicator_formula.csv") if row["cadence"] == "dated"]
    counted = measures("int_presence__counted") | measures("int_occupancy__counted") | measures("int_registration__counted")
    used = {row["numerator_measure"] for row in told} | {row["denominator_measure"] for row in told} - {""}
    assert used == counted
