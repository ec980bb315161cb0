"""One at a time over a home folder: a run, or a verdict written into the identity log."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RunLockedError(Exception):
    """Another run is at work on the same home folder."""


@contextmanager
def only_run(home: Path) -> Iterator[None]:
    """Hold the home folder for one run; the operating system lets go when the process ends, however it ends.

    Raises:
        RunLockedError: when another run holds it.
    """
    lock = home / "state" / "run.lock"
    lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with lock.open("w", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunLockedError(f"another run is at work on {home}; wait for it, then run again") from error
        yield
