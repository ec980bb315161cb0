"""Rules and planted kinds name each other: no rule without a planted defect, no planted kind without a rule."""

import csv
from pathlib import Path

from benchmarks.defects.change import CHANGES
from benchmarks.defects.kind import load_kinds
from ingestion.cleaning.rules import rule_catalogue

SEED = Path(__file__).resolve().parents[3] / "dbt_project" / "seeds" / "quality" / "record_rule.csv"
LEAST = 60


def every_rule() -> dict[str, str]:
    """Severity of every rule that can stand at a row, by code."""
    with SEED.open(encoding="utf-8", newline="") as file:
        seeded = {row["rule"]: row["severity"] for row in csv.DictReader(file)}
    return seeded | {code: rule.severity for code, rule in rule_catalogue().items()}


def test_no_rule_without_a_planted_defect() -> None:
    planted = {rule for kind in load_kinds() for rule in kind.rules}
    faults = {code for code, severity in every_rule().items() if severity != "note"}
    assert faults - planted == set()


def test_no_planted_kind_without_a_rule() -> None:
    rules = every_rule()
    assert [kind.kind for kind in load_kinds() if set(kind.rules) - set(rules)] == []
    assert len(load_kinds()) >= LEAST


def test_every_kind_says_what_is_done() -> None:
    for kind in load_kinds():
        assert kind.set or kind.lines or kind.add, kind.kind
        assert {name for steps in kind.set.values() for name in steps} <= set(CHANGES), kind.kind
