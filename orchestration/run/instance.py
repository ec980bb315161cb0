"""Dagster's own storage below the home folder: run history for its user interface, nothing sent anywhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import yaml

SETTINGS = {
    "telemetry": {"enabled": False},
    "nux": {"enabled": False},
    "concurrency": {"pools": {"default_limit": 1}, "runs": {"max_concurrent_runs": 1}},
    "retention": {
        "schedule": {"purge_after_days": 90},
        "sensor": {"purge_after_days": {"skipped": 7, "failure": 30, "success": 90}},
    },
}


def prepare_dagster_home(home: Path) -> Path:
    """Make `<home>/dagster` with its settings, and name it to Dagster."""
    folder = home / "dagster"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    storage = {"module": "orchestration.run.event_log", "class": "KeptOpenStorage", "config": {"base_dir": str(folder)}}
    settings = yaml.safe_dump(SETTINGS | {"storage": {"custom": storage}}, sort_keys=False)
    (folder / "dagster.yaml").write_text(settings, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(folder)
    return folder


@contextmanager
def dagster_instance(home: Path) -> Iterator[dg.DagsterInstance]:
    """The instance that keeps the history of runs."""
    with dg.DagsterInstance.from_config(str(prepare_dagster_home(home))) as instance:
        yield instance
