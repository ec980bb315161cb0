"""`yidang serve`: the dashboards on the current version."""

import sys
from pathlib import Path

import click

from ingestion.settings import load_settings
from orchestration.cli.child import run_child
from orchestration.cli.options import config_option, port_option

APPLICATION = Path(__file__).resolve().parents[2] / "dashboards" / "app.py"
ADDRESS = "127.0.0.1"  # a reverse proxy puts it on the intranet; never reachable from elsewhere by itself

# Nobody's word on where a browser is counts: the other end is who really connected, which for a proxy is this machine. And every
# click runs in a thread of its own: with an arena of memory for each, what one gave back would be of no use to the next.
SERVER_ENVIRONMENT = {"FORWARDED_ALLOW_IPS": "", "MALLOC_ARENA_MAX": "2"}


@click.command("serve")
@config_option
@port_option
def command(config: Path, port: int | None) -> None:
    """Serve the dashboards until Ctrl-C."""
    settings = load_settings(config)
    sys.exit(serve(config, settings.warehouse.home, port or 8501, settings.security.key))


def serve_command(port: int) -> list[str]:
    """The command line that starts the application on loopback."""
    return [sys.executable, "-m", "dashboards", "--port", str(port)]


def serve(config: Path, home: Path, port: int, key: bytes) -> int:
    """Start the dashboards as their own process, tell the address, wait for its end.

    Args:
        config: the yidang.toml, for what the pages have made by this command (docs/decisions/0014).
        home: the warehouse's home folder.
        port: where on loopback.
        key: opens the vault for those who may; handed over in the environment, so that it stands in no file and no argument.
    """
    click.echo(f"dashboards: http://{ADDRESS}:{port}  (Ctrl-C ends them)")
    environment = {"YIDANG_HOME": str(home), "YIDANG_CONFIG": str(config.resolve()), "YIDANG_KEY": key.decode()}
    return run_child(serve_command(port), environment | SERVER_ENVIRONMENT, APPLICATION.parent)
