"""A process that is killed in the middle of landing leaves nothing half done, and the next one finishes its work."""

import random
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from ingestion.landing.ledger import read_ledger
from ingestion.landing.verify import verify_landing
from tests.source_files import message, ndjson, pull, write_config

pytestmark = pytest.mark.slow
FILES, LINES = 12, 4000
CHILD = """
import sys
from pathlib import Path
from tests.source_files import pull
print("ready", flush=True)
pull(Path(sys.argv[1]), "device")
"""


def test_kills_at_random_moments_lose_and_repeat_nothing(tmp_path: Path) -> None:
    hour = tmp_path / "device/telemetry/dt=2026-11-20/hour=07"
    hour.mkdir(parents=True)
    for part in range(FILES):
        rows = [message(part * LINES + number) for number in range(LINES)]
        (hour / f"part-{part:04d}.ndjson").write_bytes(ndjson(rows) + b'{"id":"cut')
    config = write_config(tmp_path, device=f"file://{tmp_path / 'device'}")
    chance, killed = random.Random(1), 0  # noqa: S311 - moments, not secrets
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(config)], cwd=Path.cwd(), stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.5))
        child.kill()
        killed += child.wait() != 0
        child.stdout.close()
        assert verify_landing(tmp_path / "home") == []
    assert killed > 1
    pull(config, "device")
    ledger = read_ledger(tmp_path / "home")
    assert ledger.height == FILES
    assert ledger["read_rows"].sum() == FILES * (LINES + 1)
    assert ledger["rejected_rows"].sum() == FILES
    data = pl.read_parquet(tmp_path / "home/landing/device/telemetry/batch=*/data.parquet")
    assert data["source_key"].n_unique() == data.height == FILES * LINES
    assert data.group_by("_batch_id").agg(pl.col("_sequence").n_unique())["_sequence"].max() == 1
    assert list((tmp_path / "home/landing/.incoming").iterdir()) == []
