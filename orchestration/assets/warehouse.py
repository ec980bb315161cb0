"""dbt in two steps: phase 1 up to the records that identity needs, phase 2 from its answer to the marts.

Not here: any SQL, or how dbt is run (orchestration/warehouse).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets
from dagster_dbt.asset_utils import get_subset_selection_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from orchestration.assets.frames import table_metadata
from orchestration.session import Session
from orchestration.warehouse.project import set_clock
from orchestration.warehouse.translator import StreetTranslator

POOL = "warehouse"  # DuckDB takes one writing process at a time


def build_phase(parsed: Path, manifest: Mapping[str, Any], phase: str, stage: str) -> dg.AssetsDefinition:
    """One dbt build of all nodes with tag `phase`; its data tests are asset checks, and a failed one stops the run."""
    select, translator = f"tag:{phase}", StreetTranslator()

    @dbt_assets(
        manifest=manifest,
        select=select,
        exclude="resource_type:unit_test",
        name=f"dbt_{phase}",
        dagster_dbt_translator=translator,
        pool=POOL,
    )
    def run_phase(context: dg.AssetExecutionContext, session: dg.ResourceParam[Session]) -> Iterator[Any]:
        from orchestration.warehouse.dbt_build import build  # noqa: PLC0415 - seconds to import; a run without news needs none

        set_clock(session.as_of, session.moment)
        selection, indirect = get_subset_selection_for_context(context, manifest, select, None, None, translator, None)
        with session.stage(stage):
            chosen = [*selection, *(["--indirect-selection", indirect] if indirect else [])]
            built = build(session.home, parsed, chosen, session.dbt_vars)
        tables = table_metadata(session.database)
        for event in built.events:
            for told in DbtCoreCliEventMessage(event, {}).to_default_asset_events(manifest, translator, context):
                yield _with_table(told, tables.get(event["data"]["node_info"]["node_name"], {}))
        if built.failure:
            raise dg.Failure(built.failure, allow_retries=False)

    return run_phase


def _with_table(told: Any, metadata: dict[str, dg.MetadataValue]) -> Any:
    """An output with the rows and columns of its table; whatever else dbt told stays as it is."""
    if not isinstance(told, dg.Output):
        return told
    return dg.Output(told.value, output_name=told.output_name, metadata={**told.metadata, **metadata})
