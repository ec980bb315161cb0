"""`yidang slip`: what each department is asked to mend this week, as Excel."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ingestion.settings import load_settings
from orchestration.cli.options import config_option


@click.command("slip")
@config_option
@click.option("--department", help="A source system (police) or its department (公安机关); default: each its own slip.")
@click.option("--week", "week_text", help="For example 2026-W47; default: this week.")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Folder; default: slip below the warehouse's home.")
def command(config: Path, department: str | None, week_text: str | None, to: Path | None) -> None:
    """Write the correction slip of each department and week: its own open issues, by its own keys, and how fast it mends."""
    from expectations.slip.week import Week  # noqa: PLC0415 - Polars only when needed
    from orchestration.quality.slips import hand_out  # noqa: PLC0415

    home = load_settings(config).warehouse.home
    week = Week.read(week_text) if week_text else Week.of(datetime.now(UTC))
    for slip, path in hand_out(home, week, department, to):
        whole = slip.rates.row(0, named=True)
        words = f"{whole['周末未结']} to mend, {whole['本周更正']} mended this week ({whole['更正率']})"
        click.echo(f"{slip.department} {week.name}: {words}: {path}")
