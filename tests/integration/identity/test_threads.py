"""One thread or two, and whatever Python's seed of hashes: the same bytes."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import hashlib, pathlib, tempfile
from tests.unit.identity.invented import run
from tests.unit.identity.street import make_street
with tempfile.TemporaryDirectory() as folder:
    resolution = run(make_street(5, homes=45), pathlib.Path(folder))
told = [getattr(resolution, name).write_csv() for name in ("resident_link", "review", "token", "log_event")]
print(hashlib.sha256("".join(told).encode()).hexdigest())
"""


def _digest(threads: str, hash_seed: str) -> str:
    environment = os.environ | {"POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip()


def test_threads_and_hashes_decide_nothing() -> None:
    assert len({_digest("1", "1"), _digest("2", "2"), _digest("4", "3")}) == 1
