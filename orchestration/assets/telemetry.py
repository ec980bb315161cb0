"""The step that counts the messages of every day that a new batch speaks of.

They are being counted since the step `inputs`, in the process beside. Not here: the counting itself (ingestion.telemetry).
"""

from collections.abc import Iterator

import dagster as dg

from ingestion.telemetry.days import count_days
from orchestration.session import Session
from orchestration.warehouse.keys import INPUTS_KEY, TELEMETRY_TABLES, landing_key


def build_telemetry_asset() -> dg.AssetsDefinition:
    """The step from landed messages to counted days; days that no new batch speaks of stay as they are."""
    deps = [landing_key("device", "telemetry"), INPUTS_KEY]
    specs = [
        dg.AssetSpec(
            ["telemetry", name], deps=deps, group_name="telemetry", kinds={"polars", "parquet"}, owners=["team:data-engineering"]
        )
        for name in TELEMETRY_TABLES
    ]

    @dg.multi_asset(name="telemetry", specs=specs)
    def telemetry(session: dg.ResourceParam[Session]) -> Iterator[dg.MaterializeResult[None]]:
        with session.stage("telemetry"):
            counted = session.aside.result(count_days, session.home)
        days = ", ".join(str(day) for day in counted.days)
        told = {"days": dg.MetadataValue.text(days), "kept": dg.MetadataValue.int(counted.kept)}
        for spec in specs:
            yield dg.MaterializeResult(asset_key=spec.key, metadata=told)

    return telemetry
