"""Worklists that people hold: which task stands in which row, and its recall when the task must not be checked any more.

One file a worklist, `<home>/returns/worklist/<id>.json`, with the tasks that still hold; the receipt log tells `handed_out` and
`recalled` with the numbers of the rows. A row of a task that was recalled since its person was erased comes back refused
(`int_verdict__answered`). Not here: the workbook (workbook.py), when recalls are made (orchestration).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from returns.journal import FOLDER
from returns.package.log import note
from returns.receiver import Receiver
from returns.sheet.save import write_whole
from returns.version import Version

LISTS = Path(FOLDER) / "worklist"


@dataclass(frozen=True)
class Recall:
    """Rows of one worklist that must not be checked any more."""

    worklist_id: str
    rows: tuple[int, ...]


def note_handed_out(home: Path, version: Version, receiver: Receiver, rows: Mapping[str, int], *, by: str, at: datetime) -> str:
    """Remember who holds which tasks; gives the worklist's name.

    Args:
        home: The warehouse's home.
        version: The version that the tasks are of.
        receiver: Who gets them.
        rows: The row of each task in the workbook.
        by: Who handed them out.
        at: When (UTC).
    """
    name = f"worklist_{version.name}_{receiver.role}_{receiver.area_code}_{at:%Y%m%dT%H%M%SZ}"
    (home / LISTS).mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(home / LISTS / f"{name}.json", json.dumps(dict(rows)).encode())
    note(home, "handed_out", name, by, at, told={"receiver": receiver.role, "rows": len(rows)})
    return name


def recall(home: Path, is_over: Callable[[str], bool], why: str, by: str, at: datetime) -> list[Recall]:
    """Recall every task that is over from every worklist that still holds it.

    Args:
        home: The warehouse's home.
        is_over: Whether a task (by its ID) must not be checked any more.
        why: erased or closed.
        by: Who recalls it.
        at: When (UTC).
    """
    found = []
    for path in sorted((home / LISTS).glob("*.json")):
        rows: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
        over = {task: row for task, row in rows.items() if is_over(task)}
        if over:
            told = Recall(path.stem, tuple(sorted(over.values())))
            note(home, "recalled", path.stem, by, at, told={"rows": list(told.rows), "why": why})
            write_whole(path, json.dumps({task: row for task, row in rows.items() if task not in over}).encode())
            found.append(told)
    return found


def closed_otherwise(version: Version) -> Callable[[str], bool]:
    """Tasks whose cause has gone, that are there no more, or that were answered at the desk: nobody has to go there for them."""
    task = version.table("task")
    standing = set(task.filter(task["state"] != "settled")["task_id"].to_list())
    verdict = version.table("verdict").drop_nulls("file")
    answered = set(
        verdict.filter(verdict["file"].str.contains("(^|/)desk-"), outcome="accepted")["task_id"].drop_nulls().to_list()
    )
    return lambda task_id: task_id not in standing or task_id in answered
