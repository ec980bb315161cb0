"""One whole run of the street job in this process; one at a time over a home folder.

Not here: the graph's run (graph_run.py), or how the outcome is printed (summary.py).
"""

import gc
import os
from datetime import date
from pathlib import Path

from orchestration.past.layout import lay_out, remove
from orchestration.run.lock import only_run
from orchestration.run.outcome import RunOutcome, outcome_of
from orchestration.session import CONFIG_VARIABLE, Reporter, open_session


def run_street(config: Path, as_of: date | None, reporter: Reporter) -> RunOutcome:
    """Pull, clean, unify, check and publish once.

    Raises:
        SettingsError: when the configuration cannot be used.
        NothingKnownError: when the date lies before the first version's.
        RunLockedError: when another run is at work on the same home folder.
    """
    # Dagster and dbt keep hundreds of thousands of objects: looking through all of them every few hundred takes seconds.
    gc.set_threshold(200_000, 20, 100)
    session = open_session(config, as_of, reporter)
    os.environ[CONFIG_VARIABLE] = str(config.resolve())
    with only_run(session.standing):
        if session.past:
            lay_out(session.standing, session.past)
        else:
            session.pulls.begin()  # they read while Dagster loads
        from orchestration.assets.serving import bring_postgresql  # noqa: PLC0415 - Dagster loads slowly; a locked home must not wait
        from orchestration.run.graph_run import run_graph  # noqa: PLC0415

        failure = run_graph(session)
        if session.findings.is_unchanged:
            bring_postgresql(session)  # it may have missed the version of an earlier run
        outcome = outcome_of(session.findings, failure)
        if session.past and not outcome.failure:
            remove(session.past)
        return outcome
