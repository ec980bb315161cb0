"""Every rule of a feed has a first step of its own kind, in both languages."""

import csv
import re

import pytest

from expectations.feed.measure import first_step
from ingestion.cleaning.rules import rule_catalogue
from orchestration.warehouse.project import PROJECT


def rules() -> list[str]:
    with (PROJECT / "seeds" / "quality" / "record_rule.csv").open(encoding="utf-8", newline="") as file:
        found = [row["rule"] for row in csv.DictReader(file)]
    return found + [code for code, rule in rule_catalogue().items() if rule.severity != "note"]


@pytest.mark.parametrize("rule", rules())
def test_a_rule_says_what_to_look_at_first_in_both_languages(rule: str) -> None:
    chinese, _, english = first_step(rule).format(dataset="police.SYRK", rule=rule).partition(" / ")
    assert re.search(r"[\u4e00-\u9fff]{4}", chinese)
    assert english
    assert not re.search(r"[\u4e00-\u9fff]{4}", english)


def test_no_rule_is_left_to_the_sentence_for_all_others() -> None:
    assert [rule for rule in rules() if first_step(rule) == first_step("A-RULE-OF-NOBODY")] == []


def test_one_sentence_does_not_serve_all() -> None:
    steps = [first_step(rule) for rule in rules()]
    assert len(set(steps)) > 40
    assert max(steps.count(step) for step in steps) <= 8
