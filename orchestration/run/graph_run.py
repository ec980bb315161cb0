"""Runs Dagster's graph once in this process, without a server.

Not here: the graph (orchestration/definitions.py), or what its outcome means (outcome.py).
"""

import logging

from orchestration.automation.schedule import STREET_JOB
from orchestration.definitions import build_defs
from orchestration.run.failure import failure_line
from orchestration.run.instance import dagster_instance
from orchestration.session import Session

NOISY = ("dagster", "dagster._core.execution.plan.active")  # what goes wrong is told in our own one line


def run_graph(session: Session) -> str | None:
    """Run every step; gives the line of the first failure, or null."""
    with session.stage("prepare"):
        job = build_defs(session.home, session=session).resolve_job_def(STREET_JOB)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with dagster_instance(session.standing) as instance:
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            tags={"yidang/run_id": session.run_id},
        )
    return None if result.success else failure_line(result)
