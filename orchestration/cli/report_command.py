"""`yidang report`: the monthly indicators, or one ledger, on paper."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingestion.settings import load_settings
from orchestration.audit import write_down
from orchestration.cli.options import by_option, config_option

if TYPE_CHECKING:
    from returns.receiver import Receiver
    from returns.report.document import Document
    from returns.version import Version

MONTHLY = "indicator"


@click.command("report")
@config_option
@click.option("--area", required=True, help="Code of a street (9 digits) or committee (12).")
@click.option("--receiver", "role", default="committee", show_default=True, help="A name of returns/receivers.yaml.")
@click.option("--item", default=MONTHLY, show_default=True, help="indicator, or a name of returns/package/catalogue.yaml.")
@click.option("--period", help="Month of the indicators, for example 2026-11; default: the newest.")
@by_option
@click.option("--name", help="Whom the watermark names; default: as --by.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The .xlsx or .pdf to write.")
def command(config: Path, area: str, role: str, item: str, *, period: str | None, by: str, name: str | None, out: Path) -> None:
    """Write the monthly indicators of an area, or one of its ledgers, in official layout with a watermark."""
    from returns.clock import on_paper  # noqa: PLC0415 - Polars and reportlab only when needed
    from returns.receiver import receiver  # noqa: PLC0415 - Polars and reportlab only when needed
    from returns.report.pdf import as_pdf  # noqa: PLC0415
    from returns.report.workbook import as_workbook  # noqa: PLC0415
    from returns.sheet.save import as_bytes, write_whole  # noqa: PLC0415
    from returns.version import current  # noqa: PLC0415

    if out.suffix not in {".xlsx", ".pdf"}:
        raise click.UsageError("--out 应当是 .xlsx 或 .pdf 文件")
    home, at = load_settings(config).warehouse.home, datetime.now(UTC)
    version = current(home)
    mark = f"{name or by} {on_paper(at)}"
    document = _document(version, receiver(version, role, area), item, period, mark)
    write_down(home, "report", f"{item} {role} {area}: {len(document.rows)} rows of {version.name}", by)
    write_whole(out, as_pdf([document], at) if out.suffix == ".pdf" else as_bytes(as_workbook([document]), at))
    click.echo(f"{document.title}：{len(document.rows)} 行写入 {out}")


def _document(version: "Version", mine: "Receiver", item: str, period: str | None, mark: str) -> "Document":
    """The monthly report, or the ledger of that name.

    Raises:
        ValueError: the receiver may not have it, or nothing is known of that month.
    """
    from orchestration.returning.shelf import known_labels  # noqa: PLC0415 - as above
    from returns.package.item import catalogue  # noqa: PLC0415
    from returns.report.indicator import indicator_report, newest_month  # noqa: PLC0415
    from returns.report.ledger import ledger  # noqa: PLC0415

    if item == MONTHLY:
        return indicator_report(version, mine, period or newest_month(version), mark)
    found = catalogue().of(mine).get(item)
    if found is None:
        raise ValueError(f"{mine.rights.name}没有名为 {item} 的台账；可选：{'、'.join(catalogue().of(mine)) or '无'}")
    return ledger(found, version, mine, known_labels(), mark)
