"""A row about somebody who was erased comes back: it says nothing any more, keeps its place, and the rows beside it land."""

from pathlib import Path

import polars as pl

from ingestion.erasure.person import Person
from ingestion.erasure.tombstone import bury
from ingestion.landing.verify import verify_landing
from tests.source_files import pull, write_config, write_verdicts

TASK, OTHER = "task-00000000000000000001-00000001", "task-00000000000000000002-00000002"
NOBODY: frozenset[str] = frozenset()


def test_an_answer_to_a_recalled_task_is_emptied_at_the_door(tmp_path: Path) -> None:
    folder, config = tmp_path / "feedback", write_config(tmp_path, feedback=f"file://{tmp_path / 'feedback'}")
    folder.mkdir()
    bury(tmp_path / "home", Person(frozenset(), frozenset({TASK}), NOBODY, NOBODY, NOBODY, NOBODY), b"a test key")
    rows = [
        [TASK, "更正", "手机号", "13900000001", "王小明", "2026-11-20 10:00:00"],
        [OTHER, "确认", "", "", "李", "2026-11-20 10:00:00"],
    ]
    write_verdicts(folder / "a.xlsx", rows)
    found = pull(config, "feedback")
    assert (found.refused, [receipt.loaded_rows for receipt in found.receipts]) == ([], [2])
    landed = pl.read_parquet(next((tmp_path / "home" / "landing" / "feedback" / "verdict").glob("batch=*/data.parquet")))
    told = landed.sort("_line").select("_line", "task_id", "field", "value", "checked_by").rows()
    assert told == [(3, "recalled", None, None, None), (4, OTHER, None, None, "李")]
    assert verify_landing(tmp_path / "home") == []
