"""The one asset graph: what Dagster's own user interface shows, and what must hold of it."""

from pathlib import Path

import dagster as dg
import pytest

from orchestration.definitions import build_defs
from orchestration.warehouse.keys import INPUTS_KEY, RECEIPT_KEY, VERSION_KEY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    """The graph over an empty home."""
    return build_defs(tmp_path_factory.mktemp("home"))


def test_graph_leads_from_every_source_to_the_version(repository: dg.Definitions) -> None:
    graph = repository.resolve_asset_graph()
    groups = {graph.get(key).group_name for key in graph.materializable_asset_keys}
    assert groups == {
        "landing",
        "run",
        "seeds",
        "staging",
        "intermediate",
        "telemetry",
        "identity",
        "marts",
        "vault",
        "published",
    }
    assert VERSION_KEY in graph.get(RECEIPT_KEY).parent_keys
    upstream = graph.get_ancestor_asset_keys(VERSION_KEY)
    landed = {key for key in graph.materializable_asset_keys if key.path[0] == "landing"}
    assert len(landed) >= 14
    assert landed <= upstream


def test_every_asset_has_owner_and_kind_or_layer(repository: dg.Definitions) -> None:
    graph = repository.resolve_asset_graph()
    assert [key for key in graph.materializable_asset_keys if not graph.get(key).owners] == []


def test_every_mart_has_a_blocking_suite(repository: dg.Definitions) -> None:
    graph = repository.resolve_asset_graph()
    marts = {key for key in graph.materializable_asset_keys if key.path[0] == "marts"}
    checked = {check.asset_key for check in graph.asset_check_keys if check.name == "suite"}
    assert marts == checked
    assert all(graph.get_check_spec(check).blocking for check in graph.asset_check_keys if check.name == "suite")


def test_every_feed_has_a_check_that_warns(repository: dg.Definitions) -> None:
    graph = repository.resolve_asset_graph()
    landed = {key for key in graph.materializable_asset_keys if key.path[0] == "landing"}
    checks = [check for check in graph.asset_check_keys if check.name == "rules"]
    assert {check.asset_key for check in checks} == landed
    assert not any(graph.get_check_spec(check).blocking for check in checks)


def test_staging_waits_for_the_inputs(repository: dg.Definitions) -> None:
    graph = repository.resolve_asset_graph()
    staging = [key for key in graph.materializable_asset_keys if key.path[0] == "staging"]
    assert len(staging) >= 14
    assert all(INPUTS_KEY in graph.get(key).parent_keys for key in staging)


def test_schedule_sensor_and_job_are_there(repository: dg.Definitions) -> None:
    assert repository.resolve_schedule_def("every_morning").execution_timezone == "Asia/Shanghai"
    assert repository.resolve_schedule_def("slips_every_monday").job_name == "slip"
    assert repository.resolve_sensor_def("new_batch").minimum_interval_seconds == 60
    assert repository.resolve_job_def("street").executor_def.name == "in_process"
    assert (
        repository.resolve_schedule_def("packages_every_monday").job_name
        == repository.resolve_job_def("package").name
        == "package"
    )


def test_definitions_stay_small() -> None:
    path = Path(__file__).resolve().parents[2] / "orchestration" / "definitions.py"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60
