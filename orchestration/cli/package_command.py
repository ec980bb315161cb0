"""`yidang package`: data that goes back to a street or committee."""

import getpass
import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

import click

from ingestion.settings import Settings, load_settings
from ingestion.street_time import street_day
from orchestration.audit import write_down
from orchestration.cli.options import by_option, config_option


@click.group("package")
def command() -> None:
    """Data that goes back (数据返还): make, list, open, answer."""


@command.command("make")
@config_option
@click.option("--area", help="Code of a street (9 digits) or committee (12); without it: every receiver, as the schedule does.")
@click.option("--receiver", "role", default="committee", show_default=True, help="A name of returns/receivers.yaml.")
@click.option("--period", help="For which period, for example 2026-11; default: the month of the business date.")
def make(config: Path, area: str | None, role: str, period: str | None) -> None:
    """Make a package of the current version, sealed below home/returns, and note in the receipt log that it was sent."""
    from orchestration.returning.shelf import known_labels, send, send_all  # noqa: PLC0415 - Polars and openpyxl only when needed
    from returns.package.make import Made, make_package  # noqa: PLC0415
    from returns.receiver import receiver  # noqa: PLC0415
    from returns.version import current  # noqa: PLC0415

    settings, at = load_settings(config), datetime.now(UTC)
    home, key, today = settings.warehouse.home, settings.security.key, _today(settings, at)
    write_down(home, "package", f"make {role} {area or 'everybody'}")
    if area is None:
        sent = send_all(home, key, getpass.getuser(), at, today)
    else:
        version = current(home)
        package = make_package(
            version, receiver(version, role, area), known_labels(), Made(period or f"{today:%Y-%m}", at, today)
        )
        send(home, key, package, getpass.getuser(), at)
        sent = [package.package_id]
    for package_id in sent:
        click.echo(package_id)


@command.command("list")
@config_option
def list_packages(config: Path) -> None:
    """Every package: its last event, and how complete and timely its items were."""
    from returns.package.log import state_of  # noqa: PLC0415

    found = state_of(load_settings(config).warehouse.home)
    for package_id, told in found.items():
        click.echo(f"{package_id}  {told['event']}  {told['at']}  {told['by']}  {told.get('why', '')}".rstrip())
        for code, item in told.get("items", {}).items():
            complete = "—" if item["completeness"] is None else f"{item['completeness']:.1f}"
            click.echo(f"    {code}: {item['rows']} 行，完整性 {complete}，及时性 {item['timeliness']:.1f}")
    if not found:
        click.echo("还没有数据返还包；yidang package make 制作")


@command.command("catalogue")
def tell_catalogue() -> None:
    """What may be returned, as JSON: legal bases, fields, refresh, receivers. The pages read it from here."""
    from returns.package.item import catalogue  # noqa: PLC0415 - Polars only when needed
    from returns.receiver import all_rights  # noqa: PLC0415

    told = catalogue().model_dump(mode="json", include={"basis", "items"})
    told["receivers"] = {role: rights.name for role, rights in all_rights().items()}
    click.echo(json.dumps(told, ensure_ascii=False))


@command.command("open")
@config_option
@click.argument("package_id")
@by_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder for its files, made when missing; or a .zip to write."
)
def open_package(config: Path, package_id: str, by: str, out: Path) -> None:
    """Unseal a package for its receiver: the workbook for people, Parquet and manifest for systems."""
    from identity.vault.seal import VaultError  # noqa: PLC0415
    from orchestration.returning.shelf import unseal  # noqa: PLC0415
    from returns.package.log import note  # noqa: PLC0415
    from returns.sheet.save import write_whole  # noqa: PLC0415

    settings = load_settings(config)
    home = settings.warehouse.home
    try:
        data = unseal(home, settings.security.key, package_id)
    except VaultError as error:
        raise click.ClickException(str(error)) from error
    write_down(home, "package", f"open {package_id}", by)
    if out.suffix == ".zip":
        files = {out: data}
    else:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = {out / Path(name).name: archive.read(name) for name in archive.namelist()}
    for path, content in files.items():
        write_whole(path, content)
    note(home, "opened", package_id, by, datetime.now(UTC))
    click.echo(f"{len(files)} 个文件写入 {out}")


@command.command("answer")
@config_option
@click.argument("package_id")
@click.argument("answer", type=click.Choice(["accepted", "rejected"]))
@by_option
@click.option("--why", default="", help="Why it is rejected, in words, without any number.")
def answer(config: Path, package_id: str, answer: Literal["accepted", "rejected"], by: str, why: str) -> None:
    """Note what the receiver says of a package."""
    from orchestration.returning.shelf import require_known  # noqa: PLC0415
    from returns.package.log import note  # noqa: PLC0415

    home = load_settings(config).warehouse.home
    require_known(home, package_id)
    if answer == "rejected" and not why.strip():
        raise click.UsageError("退回须用 --why 说明原因")
    note(home, answer, package_id, by, datetime.now(UTC), told={"why": why} if why else None)
    click.echo("已记入回执台账")


def _today(settings: Settings, at: datetime) -> date:
    return settings.warehouse.as_of or street_day(at)
