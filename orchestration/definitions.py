"""The one asset graph, for `yidang run` as for Dagster's own user interface."""

import json
import os
from pathlib import Path
from typing import Any

import dagster as dg

from ingestion.settings import load_settings
from orchestration.assets.gate import build_gate
from orchestration.assets.identity import build_identity_asset
from orchestration.assets.inputs import build_inputs_asset
from orchestration.assets.landing import build_source_assets
from orchestration.assets.receipt import receipt
from orchestration.assets.serving import postgresql
from orchestration.assets.telemetry import build_telemetry_asset
from orchestration.assets.telemetry_hour import build_hour_asset
from orchestration.assets.vault import resident_vault
from orchestration.assets.version import build_version_asset
from orchestration.assets.warehouse import build_phase
from orchestration.automation.package import package_job, package_schedule
from orchestration.automation.retention import retain_job, retain_schedule
from orchestration.automation.schedule import build_job, build_schedule
from orchestration.automation.sensor import build_sensor
from orchestration.automation.slips import build_slip_schedule, slip_job
from orchestration.session import CONFIG_VARIABLE
from orchestration.session_resource import session_resource
from orchestration.warehouse.parsed import MANIFEST, parsed_project
from orchestration.warehouse.project import set_environment


def build_defs(home: Path, **resources: Any) -> dg.Definitions:
    """The graph over one home folder; `resources` replace the standing ones, as the command's own session does."""
    set_environment(home)
    parsed = parsed_project(home)
    manifest = json.loads((parsed / MANIFEST).read_text(encoding="utf-8"))
    phases = [build_phase(parsed, manifest, "phase1", "stage"), build_phase(parsed, manifest, "phase2", "model")]
    inputs = [build_inputs_asset(), build_telemetry_asset()]
    steps = [*build_source_assets(), build_hour_asset(), *inputs, *phases, build_identity_asset(), resident_vault]
    job = build_job()
    return dg.Definitions(
        assets=[*steps, build_version_asset(manifest), postgresql, receipt],
        asset_checks=[build_gate(manifest)],
        jobs=[job, slip_job, package_job, retain_job],
        schedules=[build_schedule(job), build_slip_schedule(), package_schedule, retain_schedule],
        sensors=[build_sensor(job)],
        resources={"session": session_resource} | resources,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What Dagster loads: the graph over the home folder of the file that YIDANG_CONFIG names."""
    return build_defs(load_settings(Path(os.environ[CONFIG_VARIABLE])).warehouse.home)
