"""`yidang verify`: does every byte still say what it said?"""

import subprocess
import sys
from pathlib import Path

import click

from ingestion.landing.verify import verify_landing
from ingestion.settings import load_settings
from orchestration.cli.options import config_option
from orchestration.publish.verify import verify_published


@click.command("verify")
@config_option
def command(config: Path) -> None:
    """Re-read the current version, every landed batch and the audit log against their digests. Exit 1 when one differs."""
    home = load_settings(config).warehouse.home
    problems = [*verify_published(home), *verify_landing(home), *_audit_problems(home)]
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(problems)} problems" if problems else "every file is as it was written")
    sys.exit(1 if problems else 0)


def _audit_problems(home: Path) -> list[str]:
    """What is wrong with the chain of the audit log, which the dashboards write and know how to read."""
    told = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "dashboards.access.verify_audit", str(home)], check=False, capture_output=True, text=True
    )
    if told.returncode and not told.stdout:
        return ["security/audit.jsonl cannot be read; look at its rights"]
    return told.stdout.splitlines()
