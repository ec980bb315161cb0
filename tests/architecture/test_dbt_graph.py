"""The graph of models keeps its layers, names and phases: the rules of dbt's project evaluator over the manifest."""

import re
from collections import Counter
from functools import cache
from typing import Any

Node = dict[str, Any]
PHASES = {"phase1", "phase2"}
NAMES = {
    "staging": re.compile(r"stg_(?P<folder>[a-z]+)__[a-z]+(_[a-z]+)*"),
    "intermediate": re.compile(r"int_[a-z]+(_[a-z]+)*__[a-z]+(_[a-z]+)*"),
    "marts": re.compile(r"[a-z]+(_[a-z]+)*"),
}
LEAVES, JOINS, VIEWS = 3, 7, 5
COMMENT = re.compile(r"--[^\n]*|\{#.*?#\}", re.DOTALL)
STAR = re.compile(r"\bselect\s+(?:distinct\s+)?\*|,\s*\*|\w\.\*", re.IGNORECASE)
# A whole relation taken over under another name, or the last line that hands on the last step.
IMPORT = re.compile(r"select\s+\*\s+from\s+(\{\{[^}]+\}\}|\w+)(\s+where\b[^()]*)?\s*(\)|$)", re.IGNORECASE)


def layer(node: Node) -> str:
    return str(node["fqn"][1])


def parents(node: Node, kind: str) -> list[str]:
    return [name for name in node["depends_on"]["nodes"] if name.startswith(kind + ".")]


def short(unique_id: str) -> str:
    return unique_id.rsplit(".", 1)[-1]


def test_every_node_has_exactly_one_phase(manifest: dict[str, Any]) -> None:
    nodes = [n for n in manifest["nodes"].values() if n["resource_type"] in {"model", "seed"}]
    assert [n["name"] for n in nodes if len(PHASES & set(n["tags"])) != 1] == []


def test_phase_one_waits_for_nothing_of_phase_two(models: dict[str, Node]) -> None:
    early = {node["unique_id"]: node for node in models.values() if "phase1" in node["tags"]}
    waits = [(node["name"], short(parent)) for node in early.values() for parent in parents(node, "model") if parent not in early]
    assert waits == []


def test_names_say_layer_and_subject(models: dict[str, Node]) -> None:
    wrong = []
    for name, node in models.items():
        match = NAMES[layer(node)].fullmatch(name)
        folder = match.groupdict().get("folder") if match else None
        is_plural = layer(node) == "marts" and name.endswith("s") and not name.endswith("ss")
        if match is None or is_plural or name.startswith(("stg_", "int_")) != (layer(node) != "marts"):
            wrong.append(name)
        elif folder and folder != node["fqn"][2]:
            wrong.append(f"{name} in {node['fqn'][2]}")
    assert wrong == []


def test_only_staging_reads_sources_and_each_its_own(models: dict[str, Node]) -> None:
    wrong = []
    for name, node in models.items():
        count = len(parents(node, "source"))
        if layer(node) != "staging" and count:
            wrong.append(f"{name} reads a source")
        if layer(node) == "staging" and count != 1:
            wrong.append(f"{name} reads {count} sources")
    assert wrong == []


def test_staging_rests_on_sources_alone(models: dict[str, Node]) -> None:
    """A nested row may follow its parent (stg_civil__assistance_case_member), for the parent's version decides."""
    wrong = [
        (name, short(parent))
        for name, node in models.items()
        if layer(node) == "staging"
        for parent in parents(node, "model")
        if not name.startswith(short(parent) + "_")
    ]
    assert wrong == []


def test_every_source_is_read_once(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    """Once for its latest state; what it said before stands in a model of its own, beside that."""
    latest = (node for name, node in models.items() if not name.endswith("_version"))
    readers = Counter(source for node in latest for source in parents(node, "source"))
    assert {short(s): readers[s] for s in manifest["sources"] if readers[s] != 1} == {}


def test_no_model_has_no_parent(models: dict[str, Node]) -> None:
    assert [name for name, node in models.items() if not node["depends_on"]["nodes"]] == []


def test_only_published_tables_and_hand_overs_have_no_child(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    """What is neither published nor handed to identity nor read by a model is dead."""
    handed_over = {"int_person__record", "int_place__matched"}
    children = manifest["child_map"]
    dead = [
        name
        for name, node in models.items()
        if layer(node) != "marts" and name not in handed_over
        if not any(child.startswith("model.") for child in children[node["unique_id"]])
    ]
    assert dead == []


def test_no_model_fans_out_into_many_leaves(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    children = manifest["child_map"]

    def is_leaf(unique_id: str) -> bool:
        return unique_id.startswith("model.") and not any(c.startswith("model.") for c in children[unique_id])

    fans = {name: sum(map(is_leaf, children[node["unique_id"]])) for name, node in models.items()}
    assert {name: count for name, count in fans.items() if count > LEAVES} == {}


def test_views_are_not_chained_deeply(models: dict[str, Node]) -> None:
    by_id = {node["unique_id"]: node for node in models.values()}

    @cache
    def depth(unique_id: str) -> int:
        node = by_id[unique_id]
        if node["config"]["materialized"] != "view":
            return 0
        return 1 + max((depth(parent) for parent in parents(node, "model")), default=0)

    assert {short(unique_id): depth(unique_id) for unique_id in by_id if depth(unique_id) > VIEWS} == {}


def test_every_published_table_proves_its_grain(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    proven: dict[str, list[set[str]]] = {}
    for node in manifest["nodes"].values():
        told = node.get("test_metadata") or {}
        if told.get("name") in {"unique", "unique_together"}:
            columns = told["kwargs"].get("columns") or [told["kwargs"]["column_name"]]
            proven.setdefault(node["attached_node"], []).append(set(columns))
    unproven = [
        name
        for name, node in models.items()
        if layer(node) == "marts" and set(node["config"]["meta"].get("grain", [])) not in proven.get(node["unique_id"], [])
    ]
    assert unproven == []


def test_every_model_with_logic_has_a_unit_test(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    logic = re.compile(r"\bcase\b|\bover\s*\(|\bhaving\b", re.IGNORECASE)
    bare = [
        name
        for name, node in models.items()
        if layer(node) != "staging" and logic.search(COMMENT.sub("", node["raw_code"])) and name not in tested
    ]
    assert bare == []


def test_joins_are_few(models: dict[str, Node]) -> None:
    counts = {name: len(re.findall(r"\bjoin\b", COMMENT.sub("", node["raw_code"]))) for name, node in models.items()}
    assert {name: count for name, count in counts.items() if count > JOINS} == {}


def test_stars_stand_only_where_a_relation_is_taken_over_whole(models: dict[str, Node]) -> None:
    wrong = []
    for name, node in models.items():
        code = COMMENT.sub("", node["raw_code"]).strip()
        if STAR.search(IMPORT.sub(")", code)):
            wrong.append(name)
    assert wrong == []


def test_claims_are_not_told_twice(manifest: dict[str, Any]) -> None:
    names = Counter(test["name"] for test in manifest["unit_tests"].values())
    assert [name for name, count in names.items() if count > 1] == []
