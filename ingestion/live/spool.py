"""Lines that arrived, on disk before anybody is told so; whole segments lie in the same folders as delivered hours.

`<home>/spool/<source>/<folder>/dt=2026-11-20/hour=07/live-<time>-<random>.ndjson`, or `hour-<random>.ndjson` for a segment of a
whole hour, whose name tells no time; an open segment has a dot before its name.
Not here: where lines come from (connectors.mqtt), or what becomes of segments (pulling.live).
"""

import os
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from ingestion.atomic import make_folder, sync
from ingestion.street_time import STREET_TIME

LARGEST = 64 << 20


@dataclass(frozen=True)
class SegmentLength:
    """How long a segment stays open, for until then a run does not see what is in it, and with which word its name begins."""

    word: str
    longest: timedelta
    is_timed: bool


MINUTELY = SegmentLength("live", timedelta(minutes=1), is_timed=True)
HOURLY = SegmentLength("hour", timedelta(hours=1), is_timed=False)


def spool_root(home: Path, source: str) -> Path:
    """Where the segments of a source lie."""
    return home / "spool" / source


class SegmentSpool:
    """The open segment of one feed. One process at a time."""

    def __init__(
        self, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC), length: SegmentLength = MINUTELY
    ) -> None:
        """Close what a killed process left open: its whole lines are good, and a broken last one was never acknowledged."""
        self.folder, self.clock, self.length = make_folder(folder), clock, length
        self._stream: BinaryIO | None = None
        self._path = folder
        self._opened = clock()
        for left in self.folder.glob(f"dt=*/hour=*/.{length.word}-*"):
            _cut_to_whole_lines(left)
            _show(left)

    def append(self, lines: Sequence[bytes]) -> None:
        """Write lines (without line ends) and wait until the disk has them; raises OSError when it cannot."""
        self.close_if_due()
        if not lines:
            return
        stream = self._stream or self._open()
        stream.write(b"".join(line.replace(b"\r", b" ").replace(b"\n", b" ") + b"\n" for line in lines))
        stream.flush()
        os.fdatasync(stream.fileno())

    def close_if_due(self) -> None:
        """Close a segment that is old, large or of an hour that has passed."""
        if self._stream is None:
            return
        is_old = self.clock() - self._opened >= self.length.longest or _hour(self.clock()) != _hour(self._opened)
        if is_old or self._stream.tell() >= LARGEST:
            self.close()

    def close(self) -> None:
        """Let the segment appear under its name; an empty one goes."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
            _show(self._path)

    def _open(self) -> BinaryIO:
        self._opened = self.clock()
        hour = make_folder(self.folder / _hour(self._opened))
        moment = f"{self._opened:%Y%m%dT%H%M%S}-" if self.length.is_timed else ""
        self._path = hour / f".{self.length.word}-{moment}{uuid.uuid4().hex[:8]}.ndjson"
        self._stream = self._path.open("ab")
        sync(hour)
        return self._stream


def _hour(at: datetime) -> str:
    return f"{at.astimezone(STREET_TIME):dt=%Y-%m-%d/hour=%H}"


def _show(path: Path) -> None:
    if path.stat().st_size:
        path.rename(path.with_name(path.name.removeprefix(".")))
    else:
        path.unlink()
    sync(path.parent)


def _cut_to_whole_lines(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(stream.read().rfind(b"\n") + 1)
        os.fsync(stream.fileno())
