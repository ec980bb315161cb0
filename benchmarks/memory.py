"""The memory of a process and of everything it started, sampled while it runs (Linux only).

Not here: what is measured.
"""

import os
import threading
from pathlib import Path

INTERVAL_SECONDS = 0.2
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


class TreeMemory:
    """Samples the resident memory of a process tree; `peak_gib` is the largest sum seen, shared pages counted in each process."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.peak_gib = 0.0

    def __enter__(self) -> "TreeMemory":
        """Begin sampling."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End sampling."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(INTERVAL_SECONDS):
            kib = sum(_rss_kib(pid) for pid in _tree(self._pid))
            self.peak_gib = max(self.peak_gib, kib / 2**20)


def _tree(root: int) -> list[int]:
    """The process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue  # it ended while we looked
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found, queue = [], [root]
    while queue:
        pid = queue.pop()
        found.append(pid)
        queue.extend(parents.get(pid, []))
    return found


def _rss_kib(pid: int) -> int:
    """Resident memory of one process in KiB; 0 when it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]) * PAGE_KIB
    except OSError:
        return 0
