"""The dbt project's manifest, parsed once per test run whatever the number of workers; no warehouse is needed."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Any]:
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    target = shared / "dbt-parse"
    with (shared / "dbt-parse.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / "manifest.json").exists():
            _parse(target)
    return dict(json.loads((target / "manifest.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def models(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}


def _parse(target: Path) -> None:
    project = ROOT / "dbt_project"
    command = [str(Path(sys.executable).parent / "dbt"), "--quiet", "parse", "--no-partial-parse"]
    command += ["--project-dir", str(project), "--profiles-dir", str(project)]
    command += ["--target-path", str(target), "--log-path", str(target / "logs")]
    quiet = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "YIDANG_WAREHOUSE": str(target / "none.duckdb")}
    outcome = subprocess.run(command, env=os.environ | quiet, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
