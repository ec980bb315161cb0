"""The process that reads the sources: what it finds arrives, what breaks is told, and it never outlives its run."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingestion.contracts.loader import load_contracts
from ingestion.settings import load_settings
from orchestration.pulls import PullBrokenError, SourcePulls
from tests.source_files import write_config

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
RUN = """
import multiprocessing, sys
from datetime import UTC, datetime
from pathlib import Path
from ingestion.contracts.loader import load_contracts
from ingestion.settings import load_settings
from orchestration.pulls import SourcePulls
pulls = SourcePulls(load_settings(Path(sys.argv[1])), datetime(2026, 11, 20, 1, tzinfo=UTC))
pulls.begin()
pulls.of(load_contracts()["feedback"])
print(multiprocessing.active_children()[0].pid, flush=True)
pulls.of(load_contracts()["civil"])
"""


def test_each_source_is_answered_for(tmp_path: Path) -> None:
    pulls = SourcePulls(load_settings(write_config(tmp_path, police=f"file://{tmp_path}/nowhere")), AT)
    found = {name: pulls.of(contract) for name, contract in load_contracts().items()}
    assert {name for name, pull in found.items() if pull.message == "not configured"} == set(found) - {"police"}
    assert not found["police"].is_reached
    assert pulls.of(load_contracts()["police"]) is found["police"]


def test_a_pull_that_broke_is_told_and_begun_again(tmp_path: Path) -> None:
    settings = load_settings(write_config(tmp_path))
    home = settings.warehouse.home
    home.parent.mkdir(parents=True, exist_ok=True)
    home.write_text("a file where the folder should be", encoding="utf-8")
    pulls, contract = SourcePulls(settings, AT), load_contracts()["device"]
    with pytest.raises(PullBrokenError, match="FileExistsError"):
        pulls.of(contract)
    home.unlink()
    assert pulls.of(contract).message == "not configured"


def test_the_reading_process_ends_with_its_run(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=50) as mute:
        config = write_config(tmp_path, civil_token="t", civil=f"http://127.0.0.1:{mute.getsockname()[1]}/api/v1")
        with subprocess.Popen([sys.executable, "-c", RUN, str(config)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout is not None
            reader = int(run.stdout.readline())
            assert is_alive(reader)
            run.send_signal(signal.SIGKILL)
            run.wait()
        assert wait_until_gone(reader)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")


def wait_until_gone(process: int, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and is_alive(process):
        time.sleep(0.1)
    return not is_alive(process)
