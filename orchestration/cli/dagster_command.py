"""`yidang dagster`: Dagster's own user interface on this street."""

import sys
from pathlib import Path

import click

from ingestion.settings import load_settings
from orchestration.cli.child import run_child
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
    arguments = ["dev", "--module-name", "orchestration.definitions", "--host", "127.0.0.1", "--port", str(port or 3000)]
    click.echo(f"Dagster: http://127.0.0.1:{port or 3000}  (Ctrl-C ends it)")
    sys.exit(run_child([str(Path(sys.executable).parent / "dagster"), *arguments], {CONFIG_VARIABLE: str(config.resolve())}))
