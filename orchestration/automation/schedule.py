"""When the street is rebuilt by itself: every morning before the office opens."""

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from orchestration.warehouse.keys import HOUR_KEY

STREET_JOB = "street"
MORNING = "30 5 * * *"  # sources deliver over night; officials open the pages at 8:30


def build_job() -> UnresolvedAssetJobDefinition:
    """The whole way from sources to version, in one process: DuckDB takes one writer."""
    return dg.define_asset_job(
        STREET_JOB,
        selection=dg.AssetSelection.all() - dg.AssetSelection.assets(HOUR_KEY),
        executor_def=dg.in_process_executor,
        description="Pull, clean, unify, check, publish.",
        run_tags={"dagster/concurrency_key": "warehouse"},
    )


def build_schedule(job: UnresolvedAssetJobDefinition) -> dg.ScheduleDefinition:
    """Daily, in the street's own time."""
    return dg.ScheduleDefinition(
        name="every_morning", job=job, cron_schedule=MORNING, execution_timezone="Asia/Shanghai",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )  # fmt: skip
