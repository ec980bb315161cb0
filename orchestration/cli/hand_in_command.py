"""`yidang hand-in`: a filled worklist from whoever holds it in their hands, and not by the feed's own folder."""

from pathlib import Path

import click

from ingestion.settings import load_settings
from orchestration.audit import write_down
from orchestration.cli.options import by_option, config_option


@click.command("hand-in")
@config_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--receiver", "role", required=True, help="To whom the worklist was given: a name of returns/receivers.yaml.")
@click.option("--area", required=True, help="Code of that receiver's street (9 digits) or committee (12).")
@by_option
def command(config: Path, file: Path, role: str, area: str, by: str) -> None:
    """Look at a filled worklist as the feed would, and keep it for the next run; a foreign task refuses all of it."""
    from ingestion.refusal import RefusedError  # noqa: PLC0415 - Polars only when needed
    from orchestration.returning.hand_in import keep, look_at  # noqa: PLC0415
    from returns.receiver import receiver  # noqa: PLC0415
    from returns.version import current  # noqa: PLC0415

    home, data = load_settings(config).warehouse.home, file.read_bytes()
    version = current(home)
    try:
        rows = look_at(data, version, receiver(version, role, area))
    except RefusedError as error:
        raise click.ClickException(str(error)) from error
    write_down(home, "hand_in", f"{role} {area}: {rows} rows", by)
    keep(home, data, by)
    click.echo(f"已收下 {rows} 行核查结果，下次运行起生效")
