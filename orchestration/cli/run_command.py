"""`yidang run`: one whole run."""

import atexit
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from orchestration.cli.options import config_option


@click.command("run")
@config_option
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Business date; default: the file's, else today.")
def command(config: Path, as_of: datetime | None) -> None:
    """Pull what is new from every configured source, clean, unify, check, publish.

    Exit 0: published, or nothing had changed. 3: published, but a file or a page was refused whole, or a source not
    reached. 1: failed, and the last good version stays. Single refused rows are told (quarantined) and change no code.
    """
    _end(run_and_tell(config, as_of))


def run_and_tell(config: Path, as_of: datetime | None) -> int:
    """Run once with a progress bar, print the summary, give the exit code."""
    from orchestration.run.lock import RunLockedError  # noqa: PLC0415 - Dagster loads slowly; `--help` must not wait for it
    from orchestration.run.progress import BarReporter  # noqa: PLC0415
    from orchestration.run.street_run import run_street  # noqa: PLC0415
    from orchestration.run.summary import print_summary  # noqa: PLC0415

    console = Console(file=sys.stdout)  # held here: dbt's stages send sys.stdout elsewhere
    with BarReporter(console) as reporter:
        try:
            outcome = run_street(config, as_of.date() if as_of else None, reporter)
        except RunLockedError as error:
            raise click.ClickException(str(error)) from error
    print_summary(console, outcome)
    return outcome.exit_code


def _end(code: int) -> NoReturn:
    """End the process in order, but without Python's last look through a million objects, which takes two seconds."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
