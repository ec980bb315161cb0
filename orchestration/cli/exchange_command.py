"""`yidang exchange`: figures and events to the level above, its receipts and orders back."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from ingestion.settings import load_settings
from orchestration.audit import write_down
from orchestration.cli.options import config_option

mapping_option = click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Their codes; default: the shipped list."
)


@click.group("exchange")
def command() -> None:
    """Exchange with the level above: send, receive, reconcile."""


@command.command("send")
@config_option
@click.option("--street", required=True, help="Code of the street (9 digits).")
@click.option("--period", help="Month, for example 2026-11; default: the newest.")
@mapping_option
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write, one JSON object a line."
)
def send(config: Path, street: str, *, period: str | None, mapping: Path | None, out: Path) -> None:
    """Write what is new, changed or was rejected, in their codes, and remember it as sent."""
    from returns.exchange.journal import news, note_sent, orders  # noqa: PLC0415 - Polars only when needed
    from returns.exchange.mapping import read_mapping  # noqa: PLC0415
    from returns.exchange.order import answers  # noqa: PLC0415
    from returns.exchange.outbound import outbound  # noqa: PLC0415
    from returns.report.indicator import newest_month  # noqa: PLC0415
    from returns.sheet.save import write_whole  # noqa: PLC0415
    from returns.version import current  # noqa: PLC0415

    home, at = load_settings(config).warehouse.home, datetime.now(UTC)
    version = current(home)
    told = outbound(version, read_mapping(mapping), street, period or newest_month(version))
    said = news(home, [*told, *answers(version, [order for order in orders(home) if order["committee_code"].startswith(street)])])
    write_down(home, "exchange", f"send {len(said)} of {version.name}")
    write_whole(out, "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in said).encode())
    note_sent(home, said, out.name, at)
    click.echo(f"{len(said)} 条写入 {out}")


@command.command("receive")
@config_option
@mapping_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def receive(config: Path, mapping: Path | None, file: Path) -> None:
    """Take in receipts and orders of the level above; a line that cannot be used is told, and the others are taken in.

    The next `yidang run` makes tasks of the orders; `yidang exchange send` tells what became of them.
    """
    from orchestration.returning.orders import order_door  # noqa: PLC0415 - Polars only when needed
    from returns.exchange.journal import take_in  # noqa: PLC0415
    from returns.exchange.mapping import read_mapping  # noqa: PLC0415
    from returns.version import current  # noqa: PLC0415

    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{file} 不是 UTF-8 文本，未接收；请对方重新发送") from None
    home = load_settings(config).warehouse.home
    taken, wrong = take_in(home, text, datetime.now(UTC), order_door(current(home), read_mapping(mapping)))
    write_down(home, "exchange", f"receive {taken} lines, {len(wrong)} refused")
    click.echo(f"接收 {taken} 条")
    for line in wrong:
        click.echo(f"未接收 {line}", err=True)
    if wrong:
        raise click.exceptions.Exit(3)


@command.command("reconcile")
@config_option
def reconcile(config: Path) -> None:
    """What was sent, accepted, rejected and still waits, by their codes; and the orders that came down."""
    from returns.exchange.journal import orders, reconciliation  # noqa: PLC0415

    home = load_settings(config).warehouse.home
    for row in reconciliation(home):
        answered = f"接收 {row['accepted']}，退回 {row['rejected']}，待答复 {row['waiting']}"
        click.echo(f"{row['kind']} {row['code']}：报送 {row['sent']}，{answered}")
    for order in orders(home):
        place, due = order["dwelling_id"] or "未解析到户", order["due_date"] or "按类别"
        click.echo(f"下派 {order['order_id']} {order['code']} 居委会 {order['committee_code']} 房屋 {place} 截止 {due}")
