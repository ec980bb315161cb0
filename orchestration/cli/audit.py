"""Writes into the one audit log, in the dashboards' own way: what leaves the house is written down before it leaves."""

import getpass
import subprocess
import sys
from pathlib import Path

import click


def write_down(home: Path, action: str, detail: str, by: str | None = None) -> None:
    """One line by whoever asked, or the user of this system; without it nothing may happen.

    Raises:
        click.ClickException: the log cannot be written.
    """
    arguments = [sys.executable, "-m", "dashboards.access.write_audit", str(home), action, by or getpass.getuser(), detail]
    if subprocess.run(arguments, check=False).returncode:  # noqa: S603 - our own program
        raise click.ClickException("the audit log cannot be written, so nothing was done or shown; see home/security/audit.jsonl")
