"""One whole run of the street job in this process, and what came of it.

Not here: the graph (orchestration/definitions.py), or how the outcome is printed (orchestration/run/summary.py).
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dagster as dg

from orchestration.automation.schedule import STREET_JOB
from orchestration.run.failure import failure_line
from orchestration.run.instance import dagster_instance
from orchestration.session import CONFIG_VARIABLE, Reporter, RunFindings, open_session

PUBLISHED, FAILED, PARTLY = 0, 1, 3
NOISY = ("dagster", "dagster._core.execution.plan.active")  # what goes wrong is told in our own one line


@dataclass(frozen=True)
class RunOutcome:
    """Exit code (0 published or unchanged, 3 something was refused or not reached, 1 failed) and the line of a failure."""

    exit_code: int
    findings: RunFindings
    failure: str | None


def run_street(config: Path, as_of: date | None, reporter: Reporter) -> RunOutcome:
    """Pull, clean, unify, check and publish once.

    Raises:
        SettingsError: when the configuration cannot be used.
        RunLockedError: when another run is at work on the same home folder.
    """
    session = open_session(config, as_of, reporter)
    os.environ[CONFIG_VARIABLE] = str(config.resolve())
    with only_run(session.home), dagster_instance(session.home) as instance:
        from orchestration.definitions import build_defs  # noqa: PLC0415 - heavy, and not needed to refuse a bad configuration

        with session.stage("prepare"):
            job = build_defs(session.home, session=session).resolve_job_def(STREET_JOB)
        for name in NOISY:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            tags={"yidang/run_id": session.run_id},
        )
    return _outcome(result, session.findings)


def _outcome(result: dg.ExecuteInProcessResult, findings: RunFindings) -> RunOutcome:
    if not result.success:
        closed = findings.gate.blocking_failures if findings.gate else []
        return RunOutcome(FAILED, findings, "the gate is closed: " + "; ".join(closed) if closed else failure_line(result))
    if findings.version is None and not findings.is_unchanged:
        return RunOutcome(FAILED, findings, "the run ended without a version; see its steps in `yidang dagster`")
    troubled = any(pull.refused or not pull.is_reached for pull in findings.pulls)
    return RunOutcome(PARTLY if troubled else PUBLISHED, findings, None)


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
