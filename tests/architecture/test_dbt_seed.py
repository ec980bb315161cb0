"""Lists that two parts of the project hold agree: seeds with the source contracts, the rule catalogue and each other."""

import csv
import re
from pathlib import Path

from ingestion.cleaning.rules import rule_catalogue
from ingestion.contracts.loader import load_contracts

DBT = Path(__file__).resolve().parents[2] / "dbt_project"


def seed(path: str) -> list[dict[str, str]]:
    with (DBT / "seeds" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_owners_are_those_of_the_contracts() -> None:
    told = {row["source_system"]: (row["owner_zh"], row["owner_en"]) for row in seed("quality/source_owner.csv")}
    assert told == {name: (contract.owner.zh, contract.owner.en) for name, contract in load_contracts().items()}


def test_rules_are_those_of_the_catalogue() -> None:
    columns = ("name_zh", "name_en", "dimension", "severity")
    told = {row["rule"]: tuple(row[column] for column in columns) for row in seed("quality/quality_rule.csv")}
    assert told == {code: (rule.zh, rule.en, rule.dimension, rule.severity) for code, rule in rule_catalogue().items()}


def test_every_measure_of_an_indicator_is_counted() -> None:
    counted: set[str] = set()
    for path in (DBT / "models" / "intermediate" / "indicator").glob("int_*__counted.sql"):
        block = re.search(r"set measures = \[(.*?)\]", path.read_text(encoding="utf-8"), re.DOTALL)
        assert block, path.name
        counted |= set(re.findall(r"'(\w+)'", block.group(1)))
    formulas = seed("indicator/indicator_formula.csv")
    used = {row["numerator_measure"] for row in formulas} | {row["denominator_measure"] for row in formulas} - {""}
    assert used == counted


def test_a_street_has_at_least_twenty_five_indicators() -> None:
    formulas = seed("indicator/indicator_formula.csv")
    assert len({row["indicator_code"] for row in formulas}) == len(formulas) >= 25
    assert {row["direction"] for row in formulas} <= {"higher", "lower", "neutral"}
    assert {row["cadence"] for row in formulas} <= {"snapshot", "monthly"}
