"""`yidang listen`: the device platform's live feed, kept until the next run."""

import signal
import sys
from pathlib import Path
from threading import Event

import click

from ingestion.atomic import make_folder
from ingestion.contracts.loader import load_contracts
from ingestion.live.listen import LiveFeed, listen
from ingestion.settings import SettingsError, load_settings
from orchestration.cli.options import config_option


@click.command("listen")
@config_option
def command(config: Path) -> None:
    """Keep every message of the live feed on disk until the next run lands it. Runs until it is stopped."""
    settings = load_settings(config)
    source = settings.sources.device
    if source is None or source.mqtt is None:
        raise SettingsError(
            f"{config}: [sources.device] key 'mqtt' is missing; name the broker, for example \"mqtt://host:1883\""
        )
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    home = make_folder(settings.warehouse.home)
    feed = LiveFeed(load_contracts()["device"], source.mqtt, home, settings.security.key)
    count = listen(feed, stop, lambda line: click.echo(f"device feed: {line}"))
    click.echo(f"device feed: stopped after {count:,} messages; the next run lands what was kept")
    sys.exit(0)
