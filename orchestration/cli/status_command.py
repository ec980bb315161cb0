"""`yidang status`: what stands, how fresh it is, what waits for somebody."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from ingestion.settings import load_settings
from orchestration.cli.options import config_option
from orchestration.run.table import table_of
from orchestration.status.report import status_report

Row = dict[str, Any]
MINUTE = len("2026-11-20 01:02")

COUNTED = ("read", "loaded", "rejected", "deduplicated")
# What is printed of each part of the report: the heads, and what stands under them. The whole report is told by --json.
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Row], tuple[object, ...]]]] = {
    "sources": (
        ("source", "reached (UTC)", "stale since (UTC)", "message"),
        lambda row: (row["source"], _minute(row["reached_at"]), _minute(row["stale_since"]), row["message"]),
    ),
    "last_batches": (
        ("feed", "received (UTC)", "read", "loaded", "rejected", "deduplicated"),
        lambda row: (_feed(row), _minute(row["received_at"]), *(row[f"{kind}_rows"] for kind in COUNTED)),
    ),
    "quarantine": (("feed", "rule", "rows"), lambda row: (_feed(row), row["rule"], row["rows"])),
    "open_checks": (
        ("severity", "check", "failed", "expected"),
        lambda row: (row["severity"], row["check_code"], row["failed_rows"], row["claim_en"]),
    ),
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


def _print_report(console: Console, report: Row) -> None:
    console.print(f"current version {report['current'] or 'none yet'}, as of {report['as_of']}, made {report['created_at']}")
    console.print(f"versions kept: {', '.join(report['versions']) or 'none'}; batches landed: {report['batches']}")
    for name, (heads, told) in TABLES.items():
        title, rows = name.replace("_", " "), [told(row) for row in report[name]]
        console.print(table_of(heads, rows, title) if rows else f"{title}: none")


def _feed(row: Row) -> str:
    return f"{row['source']}.{row['entity']}"


def _minute(time: str | None) -> str | None:
    """An ISO time as far as its minute."""
    return time and time[:MINUTE]
