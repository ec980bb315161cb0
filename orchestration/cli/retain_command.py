"""`yidang retain`: what is past its time of keeping."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ingestion.settings import load_settings
from ingestion.street_time import street_day
from orchestration.audit import write_down
from orchestration.cli.options import config_option

REPLACED = "被新记录取代的行中到期的字段"


@click.command("retain")
@config_option
@click.option("--apply", "is_applied", is_flag=True, help="Remove it; without this, nothing is changed.")
def command(config: Path, is_applied: bool) -> None:
    """Tell what is past its time of keeping, class by class, and remove it when asked to; the audit log says so."""
    from ingestion.retention.classes import retention  # noqa: PLC0415 - Polars only when needed
    from orchestration.retention.retain import retain  # noqa: PLC0415
    from orchestration.run.lock import RunLockedError  # noqa: PLC0415

    settings, at = load_settings(config), datetime.now(UTC)
    home, classes = settings.warehouse.home, retention(settings.retention)
    today = settings.warehouse.as_of or street_day(at)
    try:
        if is_applied:
            write_down(home, "retain", f"apply as of {today}")
        found = retain(home, classes, today, at, is_applied=is_applied)
    except RunLockedError as error:
        raise click.ClickException(str(error)) from error
    for code, count in sorted(found.counts.items()):
        name, days = (classes.layers[code].name, classes.layers[code].days) if code in classes.layers else (REPLACED, None)
        click.echo(f"{name}：{count:,}" + (f"（保留 {days} 天）" if days else ""))
    if not found.counts:
        click.echo("没有超过保留期限的内容")
    elif is_applied:
        write_down(home, "retain", f"removed: {found}")
        click.echo("已删除；下一次 yidang run 发布不含这些内容的版本")
    else:
        click.echo("以上只是预览；加 --apply 才会删除")
