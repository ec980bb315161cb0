"""Whoever holds a worklist is told, by row, what must not be checked any more; told once, and without a task's number."""

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from returns.package.log import state_of
from returns.receiver import Receiver, all_rights
from returns.version import Version
from returns.worklist.handed_out import LISTS, closed_otherwise, note_handed_out, recall

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
TASKS = ["task-a", "task-b", "task-c", "task-d"]


@pytest.fixture
def version(tmp_path: Path) -> Version:
    tables = tmp_path / "published" / "20261120-1" / "tables"
    tables.mkdir(parents=True)
    pl.DataFrame({"task_id": TASKS[:3], "state": ["open", "settled", "done"]}).write_parquet(tables / "task.parquet")
    verdict = {"task_id": ["task-c", None], "file": ["desk-1.xlsx", None], "outcome": ["accepted", "refused"]}
    pl.DataFrame(verdict).write_parquet(tables / "verdict.parquet")
    return Version(tables.parent)


def test_rows_are_recalled_once_and_stand_in_the_receipt_log(tmp_path: Path, version: Version) -> None:
    holder = Receiver("committee", all_rights()["committee"], "319999001001", "东风居委", ("319999001001",))
    name = note_handed_out(tmp_path, version, holder, dict(zip(TASKS, range(5, 9), strict=True)), by="root", at=AT)
    assert state_of(tmp_path)[name]["event"] == "handed_out"
    (closed,) = recall(tmp_path, closed_otherwise(version), "closed", "run", AT)
    assert (closed.worklist_id, closed.rows) == (name, (6, 7, 8))
    assert recall(tmp_path, closed_otherwise(version), "closed", "run", AT) == []
    (erased,) = recall(tmp_path, {"task-a"}.__contains__, "erased", "erase", AT)
    assert erased.rows == (5,)
    told = state_of(tmp_path)[name]
    assert (told["event"], told["rows"], told["why"], told["receiver"]) == ("recalled", [5], "erased", "committee")
    assert json.loads((tmp_path / LISTS / f"{name}.json").read_text(encoding="utf-8")) == {}
    assert "task-" not in (tmp_path / "returns" / "log.jsonl").read_text(encoding="utf-8")
