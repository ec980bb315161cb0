"""Runs the project's checks in order and stops at the first that fails: `python -m tests.run fast|all`.

Here: which checks, in which order. Not here: the checks themselves.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = ["ingestion", "identity", "expectations", "orchestration", "dashboards", "returns", "tests", "benchmarks"]

LINT = {
    "ruff check": ["ruff", "check", *CODE],
    "ruff format": ["ruff", "format", "--check", *CODE],
    "layers": ["lint-imports"],
    "types": ["mypy"],
    "sqlfluff": ["sqlfluff", "lint", "dbt_project/models", "--processes", "2", "--nocolor", "--disable-progress-bar"],
}
FAST = {"fast tests": ["pytest", "tests/unit", "tests/architecture", "-m", "not slow", "-n", "2", "--dist", "worksteal"]}
ONE_THREAD = {"POLARS_MAX_THREADS": "1"}  # for frames of a few rows threads are only woken; each core has its worker
SLOW = {
    "slow tests": [
        "pytest", "tests/unit", "tests/architecture", "tests/integration", "tests/browser", "-m", "slow", "-n", "2",
        "--dist", "loadfile", "--durations", "12", "-rs",
    ]
}  # fmt: skip
SUITES = {"fast": FAST, "all": LINT | FAST | SLOW}


def main(suite: str) -> int:
    """Run one suite; returns the exit code of the first check that fails, else 0."""
    for name, command in SUITES[suite].items():
        started = time.monotonic()
        code = run(command, ONE_THREAD if command in FAST.values() else {})
        print(f"== {name}: {'ok' if code == 0 else f'failed ({code})'}, {time.monotonic() - started:.0f} s", flush=True)  # noqa: T201
        if code:
            return code
    return 0


def run(command: list[str], settings: dict[str, str]) -> int:
    """Run one check; gives its exit code.

    Tests work below a folder of this run alone: pytest's usual one is closed to others whenever any run begins, also to the
    user as whom a test's PostgreSQL server runs. Each module is compiled once, and not by every worker and command anew, also
    where the shell forbids to keep what was compiled.
    """
    environment = os.environ | {"DO_NOT_TRACK": "1", "GX_ANALYTICS_ENABLED": "false"} | settings
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="yd-", ignore_cleanup_errors=True) as folder:
        place = [f"--basetemp={folder}/t"] if command[0] == "pytest" else []
        return subprocess.call([str(BIN / command[0]), *command[1:], *place], cwd=ROOT, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
