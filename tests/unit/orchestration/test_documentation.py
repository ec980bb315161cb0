"""The documentation is whole by itself: it names no address outside, and every table, column, indicator and rule is in it."""

import csv
import json
import re

import pytest

from expectations.suite.load import load_suites
from ingestion.contracts.loader import load_contracts
from orchestration.documentation.lineage import Graph
from orchestration.documentation.write import write_documentation
from orchestration.warehouse.parsed import MANIFEST, parsed_project
from orchestration.warehouse.project import PROJECT, set_environment

pytestmark = pytest.mark.slow
OUTSIDE = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}""", re.IGNORECASE)
LOADED = re.compile(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)\s*=\s*["']?(?!data:|#)[^"'>\s]+""", re.IGNORECASE)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    written = write_documentation(tmp_path_factory.mktemp("docs"))
    return {path.name: path.read_text(encoding="utf-8") for path in written}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    home = tmp_path_factory.mktemp("home")
    set_environment(home)
    return Graph(json.loads((parsed_project(home) / MANIFEST).read_text(encoding="utf-8")))


def test_no_page_names_an_address_outside(pages: dict[str, str]) -> None:
    assert set(pages) == {"dictionary.html", "dbt.html"}
    for name, page in pages.items():
        assert "default-src 'none'" in page[:2000], name
        assert re.findall(r"https?://(?!www\.w3\.org/)[a-z0-9]", page) == [], name
    assert OUTSIDE.findall(pages["dictionary.html"]) == []
    assert LOADED.findall(pages["dictionary.html"]) == []
    assert "sinter-collect" not in pages["dbt.html"]


def test_dbt_page_holds_the_manifest_and_names_no_machine(pages: dict[str, str]) -> None:
    page = pages["dbt.html"]
    assert "INLINE DATA" not in page
    assert "model.yidang.quality_score" not in page  # it is made while publishing, not by dbt
    assert "model.yidang.quality_issue" in page
    assert str(PROJECT.parent) not in page


def test_everything_published_is_told_in_both_languages(pages: dict[str, str]) -> None:
    page = pages["dictionary.html"]
    assert [table for table in load_suites() if f'id="t-{table}"' not in page] == []
    with (PROJECT / "seeds" / "indicator" / "indicator_formula.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["indicator_code"] for row in rows if f'id="i-{row["indicator_code"]}"' not in page] == []
    assert all(row["name_zh"] in page and row["formula_zh"].split("<")[0] in page for row in rows)
    for contract in load_contracts().values():
        assert all(f'id="f-{contract.source}.{entity.name}"' in page for entity in contract.entities)


def test_every_indicator_is_led_back_to_columns_of_a_source(graph: Graph) -> None:
    measures = graph.measures()
    agreed = {f"{c.source}.{e.name}": set(e.fields) for c in load_contracts().values() for e in c.entities}
    for measure, model in measures.items():
        found = graph.lineage([model])
        assert found.columns or "telemetry" in " ".join(found.models), measure
        assert found.models[-1] == model
        assert [
            column for feed, columns in found.columns.items() for column in set(columns) - agreed.get(feed, set(columns))
        ] == []


def test_a_way_names_the_columns_that_it_rests_on(graph: Graph) -> None:
    found = graph.lineage(["quality_measure"])
    assert "int_record__listed" in found.models
    device = graph.lineage(["int_device__observed"])
    assert "police.SYRK" not in device.columns
    lived = graph.lineage(["resident"])
    assert {"XM", "ZJHM", "RKLB"} <= set(lived.columns["police.SYRK"])
