"""Every model, seed, source and column says in both languages what it is; published columns also their type and kind."""

import re
from typing import Any

Node = dict[str, Any]
CHINESE, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]")
SENSITIVITIES = {"public", "internal", "personal", "sensitive"}


def says_it_twice(description: str) -> bool:
    """`English / 中文`."""
    english, _, chinese = description.partition(" / ")
    return bool(LATIN.search(english) and CHINESE.search(chinese))


def is_mart(node: Node) -> bool:
    return "marts" in node["fqn"]


def undescribed(node: Node) -> list[str]:
    named = [(node["name"], node["description"])]
    named += [(f"{node['name']}.{name}", column["description"]) for name, column in node["columns"].items()]
    return [name for name, description in named if not says_it_twice(description)]


def test_every_model_and_column_is_described_in_both_languages(models: dict[str, Node]) -> None:
    assert [name for node in models.values() for name in undescribed(node)] == []


def test_every_model_lists_its_columns(models: dict[str, Node]) -> None:
    assert [name for name, node in models.items() if not node["columns"]] == []


def test_every_seed_is_described(manifest: dict[str, Any]) -> None:
    seeds = [node for node in manifest["nodes"].values() if node["resource_type"] == "seed"]
    assert seeds
    assert [name for node in seeds for name in undescribed(node)] == []
    assert [node["name"] for node in seeds if not node["columns"]] == []


def test_every_source_is_described(manifest: dict[str, Any]) -> None:
    found = manifest["sources"].values()
    assert [node["name"] for node in found if not says_it_twice(node["description"])] == []
    assert [node["source_name"] for node in found if not says_it_twice(node["source_description"])] == []


def test_published_columns_have_type_unit_source_and_sensitivity(models: dict[str, Node]) -> None:
    wrong = []
    for model in filter(is_mart, models.values()):
        for name, column in model["columns"].items():
            meta = column["meta"] or column.get("config", {}).get("meta", {})
            is_told = bool(column["data_type"] and meta.get("unit") and meta.get("source"))
            if not is_told or meta.get("sensitivity") not in SENSITIVITIES:
                wrong.append(f"{model['name']}.{name}: {column['data_type']}, {meta}")
    assert wrong == []


def test_published_tables_keep_a_contract_and_name_their_grain(models: dict[str, Node]) -> None:
    wrong = []
    for model in filter(is_mart, models.values()):
        grain = model["config"]["meta"].get("grain", [])
        is_kept = model["config"]["contract"]["enforced"] and model["config"]["materialized"] == "table"
        if not (is_kept and grain and set(grain) <= set(model["columns"])):
            wrong.append(model["name"])
    assert wrong == []
