"""One whole run of the street job in this process; one at a time over a home folder.

Not here: the graph's run (graph_run.py), or how the outcome is printed (summary.py).
"""

import fcntl
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from orchestration.run.outcome import RunOutcome, outcome_of
from orchestration.session import CONFIG_VARIABLE, Reporter, open_session


def run_street(config: Path, as_of: date | None, reporter: Reporter) -> RunOutcome:
    """Pull, clean, unify, check and publish once.

    Raises:
        SettingsError: when the configuration cannot be used.
        RunLockedError: when another run is at work on the same home folder.
    """
    # Dagster and dbt keep hundreds of thousands of objects: looking through all of them every few hundred takes seconds.
    gc.set_threshold(200_000, 20, 100)
    session = open_session(config, as_of, reporter)
    os.environ[CONFIG_VARIABLE] = str(config.resolve())
    with only_run(session.home):
        session.pulls.begin()  # they read while Dagster loads
        from orchestration.run.graph_run import run_graph  # noqa: PLC0415 - Dagster loads slowly; a locked home must not wait

        return outcome_of(session.findings, run_graph(session))


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
