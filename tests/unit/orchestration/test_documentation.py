"""The documentation is whole by itself: it names no address outside, and every table, column, indicator and rule is in it."""

import csv
import re
from collections.abc import Mapping
from typing import Any

import pytest

from expectations.suite.load import load_suites
from ingestion.contracts.loader import load_contracts
from ingestion.contracts.model import SourceContract
from orchestration.documentation.lineage.graph import Graph
from orchestration.documentation.lineage.origin import Role
from orchestration.documentation.write import read_project, write_documentation
from orchestration.warehouse.project import PROJECT

pytestmark = pytest.mark.slow
OUTSIDE = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}""", re.IGNORECASE)
LOADED = re.compile(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)\s*=\s*["']?(?!data:|#)[^"'>\s]+""", re.IGNORECASE)


@pytest.fixture(scope="module")
def project() -> tuple[Mapping[str, Any], Graph]:
    return read_project()


@pytest.fixture(scope="module")
def graph(project: tuple[Mapping[str, Any], Graph]) -> Graph:
    return project[1]


@pytest.fixture(scope="module")
def pages(project: tuple[Mapping[str, Any], Graph], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    written = write_documentation(tmp_path_factory.mktemp("docs"), *project)
    return {path.name: path.read_text(encoding="utf-8") for path in written}


def indicators() -> dict[str, list[str]]:
    """Every indicator with the measures that it is computed from."""
    with (PROJECT / "seeds" / "indicator" / "indicator_formula.csv").open(encoding="utf-8", newline="") as file:
        parts = ("numerator_measure", "denominator_measure")
        return {row["indicator_code"]: [row[part] for part in parts if row[part]] for row in csv.DictReader(file)}


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


def test_every_model_is_read_column_by_column(graph: Graph) -> None:
    assert graph.unresolved == {}
    assert len(graph.order) > 200


def test_every_step_back_ends_at_a_column_that_is_there(graph: Graph) -> None:
    feeds = {f"{c.source}.{feed}": fields for c in load_contracts().values() for feed, fields in _feeds(c).items()}
    known = {**{relation: set(columns) for relation, columns in graph.columns.items()}, **feeds}
    steps = {(o.relation, o.column) for r, columns in graph.columns.items() for c in columns for o in graph.origins(r, c)}
    assert [(relation, column) for relation, column in steps if column is not None and column not in known[relation]] == []
    assert len(steps) > 2000


def _feeds(contract: SourceContract) -> dict[str, set[str]]:
    own = {entity.name: set(entity.fields) for entity in contract.entities}
    return own | {f"{e.name}.{child.name}": set(child.fields) for e in contract.entities for child in e.children}


def test_every_indicator_is_led_back_to_columns_of_a_source(graph: Graph) -> None:
    assert [code for code, measures in indicators().items() if not graph.lineage(measures=measures).columns] == []


# Known without a look at SQL; null: the column has nothing to do with it, but for who is who. Lists pick rows by their codes.
KNOWN = [
    ("ageing_60_rate", "police.SYRK", "CSRQ", Role.VALUE),
    ("sex_ratio", "police.SYRK", "XBDM", Role.VALUE),
    ("population_living", "police.SYRK", "XBDM", Role.IDENTITY),
    ("population_living", "police.SYRK", "RKLB", Role.VALUE),
    ("population_living", "police.SYRK", "LXDH", Role.IDENTITY),
    ("floor_area_per_person", "property.house", "floor_area", Role.VALUE),
    ("alarm_arrival_minutes", "device.workorders", "arrivedAt", Role.VALUE),
    ("false_alarm_rate", "device.workorders", "outcome", Role.VALUE),
    ("device_fault_rate", "device.register", "status", Role.VALUE),
    ("device_fault_rate", "device.register", "contactPhone", None),
    ("dibao_share", "civil.assistance-cases", "category", Role.ROW),
    ("dibao_share", "civil.assistance-cases", "monthlyAmount", None),
    ("disability_share", "civil.disability-certificates", "status", Role.ROW),
    ("dwelling_count", "police.SYRK", "ZJHM", None),
]


@pytest.mark.parametrize(("indicator", "feed", "column", "role"), KNOWN)
def test_what_a_column_does_for_an_indicator_is_known(
    graph: Graph, indicator: str, feed: str, column: str, role: Role | None
) -> None:
    assert graph.lineage(measures=indicators()[indicator]).columns.get(feed, {}).get(column) is role


def test_a_telephone_counts_nobody_and_only_tells_who_is_who(graph: Graph) -> None:
    found = graph.lineage(measures=indicators()["population_living"])
    phones = [
        ("police.SYRK", "LXDH"),
        ("property.owner", "mobile"),
        ("property.lease", "mobile"),
        ("device.register", "contactPhone"),
    ]
    assert {found.columns[feed][column] for feed, column in phones} == {Role.IDENTITY}


def test_who_somebody_is_has_nothing_to_do_with_what_is_no_person(graph: Graph) -> None:
    """Lists of persons teach old names of roads and estates by their addresses; nothing else in them places a device."""
    persons = {"ZJHM", "XM", "XBDM", "CSRQ", "LXDH", "certNo", "name", "birthDate", "phone", "mobile", "livingStatus", "category"}
    feeds = ("police.SYRK", "civil.elderly-services", "civil.assistance-cases", "property.owner", "property.lease")
    for indicator in ("dwelling_count", "device_count", "alarm_count"):
        found = graph.lineage(measures=indicators()[indicator])
        assert [feed for feed in feeds if persons & set(found.columns.get(feed, ()))] == [], indicator


def test_the_page_of_an_indicator_tells_its_columns_by_what_they_do(pages: dict[str, str]) -> None:
    start = pages["dictionary.html"].index('id="i-ageing_60_rate"')
    entry = pages["dictionary.html"][start : pages["dictionary.html"].index("</section>", start)]
    assert "取值 values" in entry
    assert "CSRQ" in entry
