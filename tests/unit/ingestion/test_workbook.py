"""Workbooks as officials send them back."""

from pathlib import Path

from ingestion.contracts.loader import load_contract
from ingestion.readers.workbook import read_workbook
from ingestion.workbook.open import open_sheet
from tests.source_files import pull, write_config, write_verdicts

FIELDS = load_contract("feedback").entity("verdict").fields


def test_rows_below_a_title_keep_their_numbers(tmp_path: Path) -> None:
    write_verdicts(
        tmp_path / "a.xlsx", [["t1", "确认", "", 12.0, "王", "2026-11-20"], [None] * 6, ["t2", "更正", "room", "301", "", ""]]
    )
    found = read_workbook(open_sheet((tmp_path / "a.xlsx").read_bytes(), "核查结果"), FIELDS)
    assert found.frame.select("_line", "task_id", "value").rows() == [(3, "t1", "12"), (5, "t2", "301")]


def test_what_cannot_be_used_is_refused_by_name_and_the_rest_loads(tmp_path: Path) -> None:
    folder = tmp_path / "feedback"
    folder.mkdir()
    write_verdicts(folder / "good.xlsx", [["t1", "确认", "", "", "王", "2026-11-20 10:00:00"]])
    write_verdicts(folder / "other.xlsx", [["t1"]], sheet="别的")
    (folder / "broken.xlsx").write_bytes(b"PK not a workbook")
    (folder / "~$good.xlsx").write_bytes(b"a lock of Excel")
    found = pull(write_config(tmp_path, feedback=f"file://{folder}"), "feedback")
    assert [receipt.loaded_rows for receipt in found.receipts] == [1]
    assert len(found.refused) == 2
    assert "broken.xlsx: 不是 Excel 工作簿" in found.refused[0]
    assert "other.xlsx: 缺少工作表“核查结果”" in found.refused[1]
