"""The catalogues of tags, rules, benefits and kinds of task name one another, and only roles that the policy knows."""

import csv
from pathlib import Path

import yaml

from dashboards.access.policy import POLICY_FILE

DBT = Path(__file__).resolve().parents[2] / "dbt_project"


def seed(path: str) -> list[dict[str, str]]:
    with (DBT / "seeds" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TAGS, RULES, BENEFITS, KINDS = (
    seed("tag/tag_catalogue.csv"),
    seed("care/person_rule.csv"),
    seed("care/benefit.csv"),
    seed("task/task_kind.csv"),
)
POLICY = yaml.safe_load(POLICY_FILE.read_text(encoding="utf-8"))


def test_a_tag_is_named_and_shown_alike_in_every_row() -> None:
    told = {(row["tag_code"], row["label_zh"], row["label_en"], row["sensitivity"], row["roles"]) for row in TAGS}
    assert len(told) == len({row["tag_code"] for row in TAGS})


def test_every_tag_tells_its_rule_its_validity_and_who_may_see_it() -> None:
    words = ("rule_zh", "rule_en", "validity_zh", "validity_en", "roles", "source_system", "source_entity", "source_code")
    assert [(row["tag_code"], word) for row in TAGS for word in words if not row[word]] == []
    assert {role for row in TAGS for role in row["roles"].split(";")} <= set(POLICY["roles"])


def test_whoever_may_read_tags_may_see_every_tag() -> None:
    """Until a page filters tag by tag, a role that is granted the table is named by each of its tags."""
    purposes = {name for name, purpose in POLICY["purposes"].items() if "resident_tag" in purpose["tables"]}
    readers = {name for name, role in POLICY["roles"].items() if purposes & set(role["purposes"])}
    assert readers
    assert [row["tag_code"] for row in TAGS if not readers <= set(row["roles"].split(";"))] == []


def test_rules_rest_on_tags_of_the_catalogue() -> None:
    needed = {tag for row in RULES for tag in row["tags"].split(";") if tag}
    assert needed <= {row["tag_code"] for row in TAGS}
    assert {row["purpose"] for row in RULES} == {"entitlement", "evacuation"}
    assert len({row["rule_code"] for row in RULES}) == len(RULES)


def test_every_rule_of_entitlement_has_a_benefit_evidence_and_a_kind_of_task() -> None:
    rules = [row for row in RULES if row["purpose"] == "entitlement"]
    assert [row["rule_code"] for row in rules if not row["tags"]] == []  # an age alone is no evidence that a visit could check
    assert {row["outcome"] for row in rules} == {row["benefit_code"] for row in BENEFITS}
    kinds = {row["kind"] for row in KINDS if row["kind"].startswith("entitlement_")}
    assert kinds == {f"entitlement_{row['benefit_code']}" for row in BENEFITS}
    assert len({(row["benefit_code"], row["name_zh"], row["name_en"]) for row in BENEFITS}) == len(kinds)
