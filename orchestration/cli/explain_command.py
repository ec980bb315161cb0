"""`yidang explain`: why these source records are one person."""

from pathlib import Path

import click

from ingestion.settings import load_settings
from orchestration.audit import write_down
from orchestration.cli.options import config_option


@click.command("explain")
@config_option
@click.argument("who", nargs=-1, required=True)
@click.option("--unmask", is_flag=True, help="Show names and numbers plainly; needs --reason, and is written down.")
@click.option("--reason", default="", help="Why the plain values are needed.")
@click.option("--language", type=click.Choice(["zh", "en", "both"]), default="both", show_default=True)
def command(config: Path, who: tuple[str, ...], unmask: bool, reason: str, language: str) -> None:
    """Explain RESIDENT_ID, or the person of a source record: SYSTEM ENTITY KEY."""
    from orchestration.status.explanation import find_resident, stories  # noqa: PLC0415 - Polars and DuckDB only when needed

    if len(who) not in {1, 3}:
        raise click.UsageError("give one RESIDENT_ID, or SYSTEM ENTITY KEY, for example: police SYRK 310000000000000001")
    if unmask and not reason.strip():
        raise click.UsageError("--unmask needs --reason: who looks at plain values says why")
    home = load_settings(config).warehouse.home
    resident_id = find_resident(home, who)
    if unmask:
        write_down(home, "unmask", f"explain {resident_id}: {reason}")
    for story in stories(home, resident_id, unmask=unmask):
        for line in (*(story.zh if language != "en" else ()), *(story.en if language != "zh" else ())):
            click.echo(line)
