"""`yidang status`: what stands, how fresh it is, what waits for somebody."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from ingestion.settings import load_settings
from orchestration.cli.options import config_option
from orchestration.status.report import status_report

TABLES = {
    "sources": ("source", "reached_at", "is_stale", "stale_since", "message"),
    "last_batches": ("source", "entity", "received_at", "read_rows", "loaded_rows", "rejected_rows", "deduplicated_rows"),
    "quarantine": ("source", "entity", "rule", "rows"),
    "open_checks": ("severity", "dataset", "check_code", "failed_rows", "claim_en"),
}


@click.command("status")
@config_option
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(config: Path, as_json: bool) -> None:
    """Versions, sources, last batches, quarantine, open checks."""
    report = status_report(load_settings(config).warehouse.home)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _print_report(Console(), report)


def _print_report(console: Console, report: dict[str, Any]) -> None:
    console.print(f"current version {report['current'] or 'none yet'}, as of {report['as_of']}, made {report['created_at']}")
    console.print(f"versions kept: {', '.join(report['versions']) or 'none'}; batches landed: {report['batches']}")
    for name, columns in TABLES.items():
        table = Table(*columns, title=name.replace("_", " "), title_justify="left")
        for row in report[name]:
            table.add_row(*("" if row[column] is None else str(row[column]) for column in columns))
        console.print(table if table.row_count else f"{name.replace('_', ' ')}: none")
