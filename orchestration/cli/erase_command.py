"""`yidang erase`: one person out of every layer and version, with the proof."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ingestion.settings import Settings, load_settings
from orchestration.audit import write_down
from orchestration.cli.options import config_option


@click.command("erase")
@config_option
@click.argument("resident_id")
@click.option("--reason", required=True, help="Why, in words, without any number; kept for ever.")
def command(config: Path, resident_id: str, reason: str) -> None:
    """Remove RESIDENT_ID from landing, the identity log and every version, then search every file for what was removed."""
    from orchestration.erasure.erase import erase  # noqa: PLC0415 - Polars and DuckDB only when needed
    from orchestration.run.lock import RunLockedError  # noqa: PLC0415

    if not reason.strip():
        raise click.UsageError("--reason must say why")
    settings = load_settings(config)
    home = settings.warehouse.home
    write_down(home, "erase", f"erase {resident_id}: {reason}")
    try:
        done = erase(home, resident_id, settings.security.key, datetime.now(UTC))
    except (RunLockedError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{done.records} records: {done.landed_rows} rows taken out of landing, {done.published_rows} out of versions")
    if done.shared:
        click.echo(f"{done.shared} values stay: other residents tell them as well (a household's phone, a name of two people)")
    for package in done.packages:
        click.echo(f"withdrawn: return package {package}; whoever has opened it must delete it")
    for recalled in done.recalled:
        rows = ", ".join(map(str, recalled.rows))
        click.echo(f"recalled: rows {rows} of {recalled.worklist_id}; whoever holds it must strike them out")
    click.echo(
        f"searched {done.proof.files:,} files, {done.proof.bytes:,} bytes: {len(done.proof.found)} hold anything of the person"
    )
    for name in done.proof.found:
        click.echo(f"  still in {name}")
    click.echo("figures, counts and tasks of others follow with the next `yidang run`")
    _forget_served(settings)
    if done.proof.found:
        raise click.ClickException("not everything could be removed: erase again; if it stays, remove these files")


def _forget_served(settings: Settings) -> None:
    """PostgreSQL without the person, where there is one.

    Raises:
        click.ClickException: it could not be reached; what to do then.
    """
    if settings.serving is None:
        return
    from orchestration.serving.error import ServingError  # noqa: PLC0415 - a street without a database needs none of it
    from orchestration.serving.forget import forget_served  # noqa: PLC0415

    try:
        tables = forget_served(settings.warehouse.home, settings.serving, datetime.now(UTC))
    except ServingError as error:
        raise click.ClickException(
            f"{error}; below home the person is gone, and `yidang run` brings PostgreSQL forward"
        ) from error
    click.echo(f"PostgreSQL: {tables} tables written anew without the person")
