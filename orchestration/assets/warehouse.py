"""dbt in two steps: phase 1 up to the records that identity needs, phase 2 from its answer to the marts.

Not here: any SQL.
"""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource, dbt_assets

from orchestration.session import Session
from orchestration.warehouse.failure import dbt_failure
from orchestration.warehouse.project import dbt_variables, set_clock
from orchestration.warehouse.translator import StreetTranslator

POOL = "warehouse"  # DuckDB takes one writing process at a time


@contextlib.contextmanager
def quiet_console(folder: Path) -> Iterator[None]:
    """Keep dbt's own lines, which dagster-dbt repeats on the console, in `console.log`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "console.log").open("a", encoding="utf-8") as log, contextlib.redirect_stdout(log):
        yield


def build_phase(manifest: Path, phase: str, stage: str) -> dg.AssetsDefinition:
    """One dbt build of all nodes with tag `phase`; its data tests are asset checks, and a failed one stops the run."""

    @dbt_assets(
        manifest=manifest,
        select=f"tag:{phase}",
        exclude="resource_type:unit_test",
        name=f"dbt_{phase}",
        dagster_dbt_translator=StreetTranslator(),
        pool=POOL,
    )
    def run_phase(context: dg.AssetExecutionContext, dbt: DbtCliResource, session: dg.ResourceParam[Session]) -> Iterator[Any]:
        set_clock(session.as_of, session.at)
        arguments = ["build", "--vars", json.dumps(dbt_variables(session.home)), "--exclude-resource-type", "unit_test"]
        with session.stage(stage), quiet_console(session.work / "dbt"):
            invocation = dbt.cli(arguments, context=context, target_path=session.work / "dbt", raise_on_error=False)
            yield from invocation.stream()
            if not invocation.is_successful():
                raise dg.Failure(dbt_failure(invocation), allow_retries=False)

    return run_phase
