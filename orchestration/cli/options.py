"""Options that several words share."""

import getpass
from pathlib import Path

import click

config_option = click.option(
    "--config",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The yidang.toml of this street.",
)
by_option = click.option("--by", default=getpass.getuser, help="Whom the audit log names; default: the user of this system.")
port_option = click.option("--port", type=click.IntRange(1, 65535), help="Loopback port.")
