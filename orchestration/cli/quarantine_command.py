"""`yidang quarantine`: refused rows by rule, and their replay after a rule or a contract was mended."""

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from ingestion.settings import Settings, load_settings
from orchestration.cli.options import config_option
from orchestration.run.table import table_of

SHOWN = 20
GONE = "the delivered bytes are past their time of keeping; ask the source to send the rows again"


@click.command("quarantine")
@config_option
@click.option("--feed", help="One feed alone, as source.entity, for example police.SYRK.")
@click.option("--rule", help="Rows that this rule refused, for example CSV-FIELD-COUNT; without it: how many by rule.")
@click.option("--replay", "is_replayed", is_flag=True, help="Read and clean them again by the rules of today; what passes lands.")
def command(config: Path, feed: str | None, rule: str | None, is_replayed: bool) -> None:
    """List refused rows by rule, show those of one rule without their values, or replay them."""
    from orchestration.run.lock import RunLockedError  # noqa: PLC0415 - Polars only when needed

    settings = load_settings(config)
    try:
        if is_replayed:
            _replay(settings, feed, rule)
        else:
            _show(settings, feed, rule)
    except RunLockedError as error:
        raise click.ClickException(str(error)) from error


def _show(settings: Settings, feed: str | None, rule: str | None) -> None:
    from orchestration.quality.quarantine import by_rule, rows_of  # noqa: PLC0415 - Polars only when needed

    home, console = settings.warehouse.home, Console()
    frame = by_rule(home, feed) if rule is None else rows_of(home, feed, rule)
    rows = frame.head(SHOWN if rule else frame.height).rows()
    console.print(table_of(frame.columns, rows) if rows else "nothing is in quarantine")
    if rule and frame.height > SHOWN:
        console.print(f"{frame.height:,} rows, the first {SHOWN} shown", highlight=False)


def _replay(settings: Settings, feed: str | None, rule: str | None) -> None:
    from orchestration.quality.quarantine import replay_rows  # noqa: PLC0415 - Polars only when needed

    found = replay_rows(settings, feed, rule, datetime.now(UTC).replace(microsecond=0))
    for each in found:
        told = f"{each.loaded:,} of {each.tried:,} refused rows load now"
        click.echo(f"{each.source}.{each.entity} {each.batch_id}: {told if each.is_kept else GONE}")
    loaded = sum(each.loaded for each in found)
    click.echo(
        "the next `yidang run` publishes them" if loaded else "no refused row passes the rules of today: nothing was changed"
    )
