"""`yidang verify`: does every byte still say what it said?"""

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
    """Re-read the current version and every landed batch against their digests. Exit 1 when one differs."""
    home = load_settings(config).warehouse.home
    problems = [*verify_published(home), *verify_landing(home)]
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(problems)} problems" if problems else "every file is as it was written")
    sys.exit(1 if problems else 0)
