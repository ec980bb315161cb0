"""`yidang worklist`: the open tasks of a committee as a workbook."""

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from ingestion.settings import load_settings
from orchestration.audit import write_down
from orchestration.cli.options import by_option, config_option


@click.command("worklist")
@config_option
@click.option("--committee", "area", required=True, help="Code of a committee (12 digits), or of a street (9).")
@click.option("--receiver", "role", default="committee", show_default=True, help="Who gets it: a name of returns/receivers.yaml.")
@by_option
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The workbook (.xlsx) to write.")
def command(config: Path, area: str, role: str, by: str, out: Path) -> None:
    """Write the open tasks of an area as an Excel workbook with drop-downs; filled in, it comes back by the feed `feedback`."""
    from orchestration.warehouse.project import PROJECT  # noqa: PLC0415 - Polars and openpyxl only when needed
    from returns.receiver import receiver  # noqa: PLC0415
    from returns.sheet.save import as_bytes, write_whole  # noqa: PLC0415
    from returns.version import current  # noqa: PLC0415
    from returns.worklist.field import read_fields  # noqa: PLC0415
    from returns.worklist.handed_out import note_handed_out  # noqa: PLC0415
    from returns.worklist.task import open_tasks  # noqa: PLC0415
    from returns.worklist.workbook import FIRST, worklist  # noqa: PLC0415

    home, at = load_settings(config).warehouse.home, datetime.now(UTC)
    if out.suffix != ".xlsx":
        raise click.UsageError("--out 应当是 .xlsx 文件")
    version = current(home)
    mine = receiver(version, role, area)
    tasks = open_tasks(version, mine)
    write_down(home, "worklist", f"{role} {area}: {tasks.height} tasks of {version.name}", by)
    write_whole(out, as_bytes(worklist(version, mine, tasks, read_fields(PROJECT / "seeds" / "task"), at), at))
    rows = {task: row for row, task in enumerate(tasks["task_id"].to_list(), start=FIRST)}
    note_handed_out(home, version, mine, rows, by=getpass.getuser(), at=at)
    click.echo(f"{mine.rights.name} {mine.area_name}：{tasks.height} 项任务写入 {out}")
