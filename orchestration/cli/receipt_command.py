"""`yidang receipt`: the answers to the workbooks that came back."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ingestion.settings import load_settings
from orchestration.cli.options import config_option


@click.command("receipt")
@config_option
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the answers; one file a workbook."
)
def command(config: Path, out: Path) -> None:
    """Write for every workbook that came back what became of each of its rows, with reasons for those that were refused."""
    from returns.receipt.write import write_receipts  # noqa: PLC0415 - Polars and openpyxl only when needed
    from returns.version import current  # noqa: PLC0415

    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = write_receipts(current(load_settings(config).warehouse.home), out, datetime.now(UTC))
    for path in written:
        click.echo(path)
    click.echo(f"{len(written)} 份回告" if written else "还没有收到过反馈工作簿")
