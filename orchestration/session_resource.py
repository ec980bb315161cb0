"""The session of a run that Dagster itself started.

Not here: what a session holds (session.py), which the command opens without Dagster.
"""

import os
from pathlib import Path

import dagster as dg

from orchestration.session import CONFIG_VARIABLE, Session, open_session


@dg.resource(description="One run's session, from the file that YIDANG_CONFIG names.")
def session_resource(_: dg.InitResourceContext) -> Session:
    """Open the session of the file that the environment names.

    Raises:
        dagster.Failure: when YIDANG_CONFIG names no file.
    """
    config = os.environ.get(CONFIG_VARIABLE)
    if not config:
        raise dg.Failure(f"{CONFIG_VARIABLE} must name the configuration file, for example /etc/yidang/yidang.toml")
    return open_session(Path(config))
