"""What the kept-open event log stores, Dagster's own event log reads."""

from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from orchestration.run.instance import dagster_instance

pytestmark = pytest.mark.slow


@dg.asset(check_specs=[dg.AssetCheckSpec("whole", asset="street")])
def street():
    """An asset with a row count and a check."""
    check = dg.AssetCheckResult(check_name="whole", passed=True)
    return dg.MaterializeResult(metadata={"dagster/row_count": 3}, check_results=[check])


def test_runs_rows_and_checks_are_found_by_dagsters_own_storage(tmp_path: Path) -> None:
    with dagster_instance(tmp_path) as instance:
        runs = [dg.materialize([street], instance=instance) for _ in range(2)]
    stored = SqliteEventLogStorage(str(tmp_path / "dagster" / "history" / "runs"))
    key = dg.AssetKey("street")
    assert stored.has_asset_key(key)
    found = stored.fetch_materializations(key, limit=5).records
    assert [record.run_id for record in found] == [run.run_id for run in reversed(runs)]
    assert found[0].asset_materialization is not None
    assert found[0].asset_materialization.metadata["dagster/row_count"].value == 3
    history = stored.get_asset_check_execution_history(dg.AssetCheckKey(key, "whole"), limit=5)
    assert [record.status.value for record in history] == ["SUCCEEDED", "SUCCEEDED"]
    assert all(stored.get_logs_for_run(run.run_id) for run in runs)
