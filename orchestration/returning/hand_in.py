"""A filled worklist handed in at a page: looked at in the feed's own child process, then laid beside the feed's files.

Not here: what becomes of its rows (the next run, int_verdict__answered), the answer to the sender (answers.py).
"""

import hashlib
import re
from pathlib import Path

import polars as pl

from ingestion.atomic import replace_file
from ingestion.contracts.loader import load_contracts
from ingestion.readers.workbook import read_workbook
from ingestion.refusal import RefusedError
from ingestion.workbook.open import open_sheet
from returns.receiver import Receiver
from returns.version import Version

SPOOL = Path("spool") / "feedback"
_UNSAFE = re.compile(r"[^\w-]")
_MOST_NAMED = 5  # row numbers in one refusal


def look_at(data: bytes, version: Version, receiver: Receiver) -> int:
    """How many rows say something; nothing of the file is believed but that.

    Raises:
        RefusedError: it is no workbook of ours, nothing is filled in, or a row is about a task that is not the receiver's.
    """
    entity = next(entity for entity in load_contracts()["feedback"].entities if entity.sheet)
    assert entity.sheet is not None  # noqa: S101 - just chosen by it
    found = read_workbook(open_sheet(data, entity.sheet), entity.fields, entity.prefilled).frame
    if found.is_empty():
        raise RefusedError("表中还没有填写任何核查结果")
    task = version.table("task")
    mine = pl.col("committee_code").is_in(list(receiver.committees)) & pl.col("owner").is_in(list(receiver.rights.owners))
    foreign = found.filter(~pl.col("task_id").is_in(task.filter(mine)["task_id"].to_list()).fill_null(value=False))
    if not foreign.is_empty():
        rows = "、".join(map(str, foreign["_line"].head(_MOST_NAMED)))
        raise RefusedError(f"第 {rows} 行等 {foreign.height} 行的任务编号不在您的任务之列；请在下发的核查表上填写，不要改动编号")
    return found.height


def keep(home: Path, data: bytes, by: str) -> Path:
    """Lay the workbook where the next run finds it, named by what it holds, so that the same one twice is one."""
    digest = hashlib.sha256(data).hexdigest()[:16]
    path = home / SPOOL / f"{_UNSAFE.sub('_', by)}-{digest}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(path, data)
    path.chmod(0o600)
    return path
