"""Starts a run as soon as a department has dropped a complete batch.

Complete means: a police manifest, or a device or feedback file under its own name. Not here: reading them.
"""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlparse

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from ingestion.settings import Settings, load_settings
from orchestration.session import CONFIG_VARIABLE

# What counts as complete, per source: see the contracts' connectors.
PATTERNS = {"police": "*/MANIFEST_*.csv", "device": "**/*.*", "feedback": "*.xlsx"}


def dropped_files(settings: Settings) -> list[str]:
    """Path, size and time of every complete file in the local drop folders."""
    found = []
    for source, pattern in PATTERNS.items():
        configured = getattr(settings.sources, source)
        place = urlparse(configured.url) if configured else None
        if place is None or place.scheme != "file":
            continue
        for path in sorted(Path(place.path).glob(pattern)):
            if path.is_file():
                stat = path.stat()
                found.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return found


def build_sensor(job: UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    """Looks every minute; the cursor is a digest of what lies there."""

    @dg.sensor(name="new_batch", job=job, minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.RUNNING)
    def new_batch(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        config = os.environ.get(CONFIG_VARIABLE)
        if not config:
            return dg.SkipReason(f"{CONFIG_VARIABLE} names no configuration file")
        digest = hashlib.sha256("\n".join(dropped_files(load_settings(Path(config)))).encode()).hexdigest()
        if digest == context.cursor:
            return dg.SkipReason("no new batch")
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=digest)], cursor=digest)

    return new_batch
