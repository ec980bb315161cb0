"""Where the dbt project lies, its fingerprint, and the environment that its models and all libraries are given.

Not here: running dbt (dbt_build.py), or which models exist (dbt_project/).
"""

import hashlib
import os
from datetime import date, datetime
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "dbt_project"
# No library of ours may call home: see docs/decisions.
QUIET = {
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "DBT_VERSION_CHECK": "false",
    "GX_ANALYTICS_ENABLED": "false",
}


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


def set_clock(as_of: date, at: datetime) -> None:
    """Tell the models the business date and the run's moment (UTC), by environment, which spares a second parse."""
    os.environ["YIDANG_AS_OF"] = as_of.isoformat()
    os.environ["YIDANG_NOW"] = f"{at:%Y-%m-%d %H:%M:%S}"
