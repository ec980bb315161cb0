"""`yidang dagster`: Dagster's own user interface on this street."""

import os
import subprocess
import sys
from pathlib import Path

import click

from ingestion.settings import load_settings
from orchestration.cli.options import config_option, port_option


@click.command("dagster")
@config_option
@port_option
def command(config: Path, port: int | None) -> None:
    """Serve every asset, check, schedule and sensor until Ctrl-C."""
    from orchestration.run.instance import prepare_dagster_home  # noqa: PLC0415 - Dagster loads slowly
    from orchestration.session import CONFIG_VARIABLE  # noqa: PLC0415

    home = load_settings(config).warehouse.home
    prepare_dagster_home(home)
    os.environ[CONFIG_VARIABLE] = str(config.resolve())
    arguments = ["dev", "--module-name", "orchestration.definitions", "--host", "127.0.0.1", "--port", str(port or 3000)]
    sys.exit(subprocess.call([str(Path(sys.executable).parent / "dagster"), *arguments]))  # noqa: S603 - our own program
