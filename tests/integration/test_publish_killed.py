"""Killed at any named step, or out of disk, publishing leaves the last good version or the new one, and the next run heals."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from expectations.report import SCHEMA
from orchestration.publish.current import current_version, read_manifest
from orchestration.publish.error import PublishError
from orchestration.publish.layout import versions
from orchestration.publish.publish import STEPS, publish
from orchestration.publish.request import PublishRequest
from orchestration.publish.verify import verify_published
from tests.street_tables import AS_OF, AT, build_warehouse, change_warehouse, nodes

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import sys
sys.path.insert(0, ".")
from tests.integration.test_publish_killed import publish_until
publish_until(*sys.argv[1:])
"""


def request_for(home, day=0, on_step=lambda _step: None):
    return PublishRequest(
        home=home,
        database=home / "build" / "warehouse.duckdb",
        frames={"quality_result": pl.DataFrame(schema=SCHEMA)},
        nodes=nodes(),
        at=AT + timedelta(days=day),
        as_of=AS_OF,
        engine="duckdb",
        code_version="1",
        inputs_digest=f"day {day}",
        run_id=f"run-{day}",
        sources=pl.DataFrame(schema={"source": pl.String}),
        keep=2,
        on_step=on_step,
    )


def publish_until(home, day, fatal_step):
    """Publish in this process, which dies at a step as if the power had gone."""

    def die(step):
        if step == fatal_step:
            os.kill(os.getpid(), signal.SIGKILL)

    publish(request_for(Path(home), int(day), die))


def killed_at(home, day, step):
    """Publish in a child that is killed at a step; returns how the child ended."""
    return subprocess.run([sys.executable, "-c", CHILD, str(home), str(day), step], cwd=ROOT, timeout=120, check=False).returncode


def test_a_kill_at_any_step_leaves_the_old_or_the_new(tmp_path):
    database = build_warehouse(tmp_path, 40)
    before = publish(request_for(tmp_path)).version
    for day, step in enumerate(STEPS, start=1):
        change_warehouse(database, f"update resident set birth_year = {1950 + day} where resident_id = 'R1-0'")
        assert killed_at(tmp_path, day, step) == -signal.SIGKILL, step
        now = current_version(tmp_path)
        has_appeared = STEPS.index(step) > STEPS.index("point")
        assert (now != before) == has_appeared, step
        assert verify_published(tmp_path) == [], step
        assert read_manifest(tmp_path, now)["inputs_digest"] == f"day {day if has_appeared else day - 1}", step
        healed = publish(request_for(tmp_path, day)).version
        assert current_version(tmp_path) == healed
        assert verify_published(tmp_path) == []
        assert len(versions(tmp_path)) <= 2
        assert list((tmp_path / "published").glob(".*")) == []
        before = healed


def test_a_disk_that_is_really_full(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)], capture_output=True, check=False
    ).returncode:
        pytest.skip("a small disk cannot be mounted here: not root, or no CAP_SYS_ADMIN")
    try:
        build_warehouse(disk, 40)
        first = publish(request_for(disk)).version
        filler = disk / "filler"
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        for left in (0, 200_000, 1_000_000):
            filler.write_bytes(b"x" * max(0, free - left))
            with pytest.raises(PublishError, match="the disk is full: free space"):
                publish(request_for(disk, day=1))
            assert current_version(disk) == first
            filler.unlink()
            assert verify_published(disk) == []
        assert publish(request_for(disk, day=2)).version == current_version(disk)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
