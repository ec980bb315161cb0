"""The real server, started as `yidang serve` starts it, on a free port of loopback."""

import os
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from types import TracebackType

from orchestration.cli.serve_command import APPLICATION, SERVER_ENVIRONMENT, serve_command

LONGEST_START_SECONDS = 60.0
PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20


class Server:
    """One process from `__enter__` to `__exit__`; `started` is the clock (time.perf_counter) at its birth."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None
        self.started = 0.0

    def __enter__(self) -> "Server":
        """Start it, and come back as soon as it answers."""
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            serve_command(self.port),
            cwd=APPLICATION.parent,
            env=os.environ | SERVER_ENVIRONMENT | {"YIDANG_HOME": str(self._home)},
            stdout=subprocess.DEVNULL,
        )
        while not self._answers():
            assert self._process.poll() is None, "the server ended"
            assert time.perf_counter() - self.started < LONGEST_START_SECONDS
            time.sleep(0.02)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop it."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait()

    def rss_mib(self) -> float:
        """Its resident memory."""
        assert self._process is not None
        return int(Path(f"/proc/{self._process.pid}/statm").read_text(encoding="utf-8").split()[1]) * PAGE_MIB

    def cpu_seconds(self) -> float:
        """Processor time it has used, user and system."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False
