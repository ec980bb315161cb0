"""Runs the project's checks in order and stops at the first that fails: `python -m tests.run fast|all`.

Here: which checks, in which order. Not here: the checks themselves.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = ["ingestion", "identity", "expectations", "orchestration", "dashboards", "tests", "benchmarks"]

LINT = {
    "ruff check": ["ruff", "check", *CODE],
    "ruff format": ["ruff", "format", "--check", *CODE],
    "layers": ["lint-imports"],
    "types": ["mypy"],
    "sqlfluff": ["sqlfluff", "lint", "dbt_project/models", "--processes", "2", "--nocolor", "--disable-progress-bar"],
}
FAST = {"fast tests": ["pytest", "tests/unit", "tests/architecture", "-m", "not slow", "-n", "2"]}
SLOW = {
    "slow tests": [
        "pytest", "tests/unit", "tests/architecture", "tests/integration", "tests/browser", "-m", "slow", "-n", "2",
        "--dist", "loadfile", "--durations", "12", "-rs",
    ]
}  # fmt: skip
SUITES = {"fast": FAST, "all": LINT | FAST | SLOW}


def main(suite: str) -> int:
    """Run one suite; returns the exit code of the first check that fails, else 0."""
    environment = os.environ | {"DO_NOT_TRACK": "1", "GX_ANALYTICS_ENABLED": "false"}
    for name, command in SUITES[suite].items():
        started = time.monotonic()
        code = subprocess.call([str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environment)
        print(f"== {name}: {'ok' if code == 0 else f'failed ({code})'}, {time.monotonic() - started:.0f} s", flush=True)  # noqa: T201
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
