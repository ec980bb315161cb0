"""Where the dbt project lies, how its manifest is made, and the resource that runs it.

Not here: which models exist (dbt_project/), or when they run (orchestration/assets).
"""

import hashlib
import json
import os
import subprocess
import sys
from datetime import date, datetime
from functools import cache
from pathlib import Path

import dagster as dg
from dagster_dbt import DbtCliResource

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "dbt_project"
# No library of ours may call home: see docs/decisions.
QUIET = {
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "DBT_VERSION_CHECK": "false",
    "GX_ANALYTICS_ENABLED": "false",
}


def dbt_executable() -> str:
    """The dbt command of the environment that runs us, whether or not it is on PATH."""
    return str(Path(sys.executable).parent / "dbt")


@cache
def project_digest() -> str:
    """SHA-256 over the dbt project's files (names and bytes): the manifest is remade when it changes."""
    digest = hashlib.sha256()
    for path in sorted(PROJECT.rglob("*")):
        if path.is_file() and path.suffix in {".sql", ".yml", ".csv", ".md"} and "target" not in path.parts:
            digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def set_environment(home: Path) -> None:
    """Tell dbt where the warehouse lies, and all libraries to keep quiet."""
    (home / "build").mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ.update(QUIET)
    os.environ["YIDANG_WAREHOUSE"] = str(home / "build" / "warehouse.duckdb")


def dbt_variables(home: Path) -> dict[str, str]:
    """The same in every call over one home: other variables would make dbt parse the whole project again."""
    return {"home": str(home)}


def set_clock(as_of: date, at: datetime) -> None:
    """Tell the models the business date and the run's moment (UTC), by environment, which spares a second parse."""
    os.environ["YIDANG_AS_OF"] = as_of.isoformat()
    os.environ["YIDANG_NOW"] = f"{at:%Y-%m-%d %H:%M:%S}"


def ensure_manifest(home: Path) -> Path:
    """The manifest of the project as it stands, parsed anew only when a file changed.

    Raises:
        dagster.Failure: when dbt cannot parse the project; the line holds dbt's own words.
    """
    set_environment(home)
    target = home / "build" / "dbt"
    manifest, stamp = target / "manifest.json", target / "project.sha256"
    if manifest.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == project_digest():
        return manifest
    command = [dbt_executable(), "--quiet", "parse", "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command += ["--target-path", str(target), "--log-path", str(target / "logs"), "--vars", json.dumps(dbt_variables(home))]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command, our own arguments
    if outcome.returncode:
        raise dg.Failure(f"dbt cannot parse {PROJECT}: {(outcome.stdout + outcome.stderr).strip()[-600:]}")
    stamp.write_text(project_digest(), encoding="utf-8")
    return manifest


def dbt_resource(home: Path) -> DbtCliResource:
    """The dbt resource, writing its artefacts and logs below `home` and never into the project."""
    set_environment(home)
    # Not --quiet: dagster-dbt learns what was built from dbt's own events.
    return DbtCliResource(project_dir=str(PROJECT), profiles_dir=str(PROJECT), dbt_executable=dbt_executable())
