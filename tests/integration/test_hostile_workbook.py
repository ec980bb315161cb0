"""Every kind of hostile or broken workbook is refused with one line in Chinese, in little memory, and nothing else is lost."""

import io
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from ingestion.contracts.loader import load_contract
from ingestion.readers.workbook import read_workbook
from ingestion.refusal import RefusedError
from ingestion.workbook.open import book, open_sheet
from tests.hostile_workbooks import GOOD_ROW, HEADER, SHEET, Hostile, edited, good, hostile, vast, workbook
from tests.source_files import pull, write_config

pytestmark = pytest.mark.slow
FIELDS = load_contract("feedback").entity("verdict").fields
MOST_MIB = 500
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def kinds() -> list[Hostile]:
    """All of them; some take a moment to make."""
    return list(hostile())


def test_each_is_refused_for_what_it_is(kinds: list[Hostile]) -> None:
    told = {name: _refusal(data) for name, data, _ in kinds}
    sentences = {name: re.sub(r"\\\{\w+\\\}", ".*", re.escape(book()["texts"][code])) for name, _, code in kinds}
    assert not {name: line for name, line in told.items() if not re.fullmatch(sentences[name], line)}
    assert 20 < _peak_mib("books = [data for _, data, _ in hostile()]") < MOST_MIB


def _peak_mib(make: str) -> float:
    """The most memory that a child took, of a process of its own that opens `books`, made there by a line of Python."""
    lines = [
        "import resource",
        "from ingestion.refusal import RefusedError",
        "from ingestion.workbook.open import open_sheet",
        "from tests.hostile_workbooks import SHEET, hostile, vast",
        make,
        "for data in books:",
        "    try:",
        "        open_sheet(data, SHEET)",
        "    except RefusedError:",
        "        pass",
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
    ]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def _refusal(data: bytes) -> str:
    """The one line that is told."""
    with pytest.raises(RefusedError) as refused:
        read_workbook(open_sheet(data, SHEET), FIELDS)
    return str(refused.value)


def test_there_are_more_than_forty_kinds_and_every_refusal_is_shown(kinds: list[Hostile]) -> None:
    assert len({name for name, _, _ in kinds}) == len(kinds) > 40
    assert set(book()["texts"]) - {code for _, _, code in kinds} == {"seconds"}


def test_the_good_one_beside_them_is_loaded_and_no_file_is_lost(kinds: list[Hostile], tmp_path: Path) -> None:
    folder = tmp_path / "feedback"
    folder.mkdir()
    (folder / "good.xlsx").write_bytes(good())
    for place, (_, data, _) in enumerate(kinds):
        (folder / f"bad{place}.xlsx").write_bytes(data)
    found = pull(write_config(tmp_path, feedback=f"file://{folder}"), "feedback")
    assert [receipt.loaded_rows for receipt in found.receipts] == [1]
    assert len(found.refused) == len(kinds)
    assert len(list(folder.iterdir())) == len(kinds) + 1
    assert not [line for line in found.refused if re.search(r"Traceback|Error\(", line)]


def test_a_million_empty_rows_hide_no_verdict() -> None:
    assert read_workbook(open_sheet(vast(), SHEET), FIELDS).frame["task_id"].to_list() == ["t1"]
    assert _peak_mib("books = [vast()]") < MOST_MIB
    assert _peak_mib("books = [data for name, data, _ in hostile() if name == 'a cell far away']") < MOST_MIB


def test_who_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(book()["limits"], "seconds", 0.01)
    begun = time.perf_counter()
    with pytest.raises(RefusedError, match="已停止"):
        open_sheet(good(), SHEET)
    assert time.perf_counter() - begun < 5


def test_what_officials_really_send_is_read() -> None:
    title = workbook([["二〇二六年十一月核查结果"], [], HEADER, GOOD_ROW])
    assert read_workbook(open_sheet(title, SHEET), FIELDS).frame["_line"].to_list() == [4]
    text = workbook([HEADER, ["t1", "更正", "value", "=不是公式"[1:], "王", "2026-11-20"]])
    assert read_workbook(open_sheet(text, SHEET), FIELDS).frame["value"].to_list() == ["不是公式"]
    strict = edited(
        "xl/workbook.xml",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert read_workbook(open_sheet(strict, SHEET), FIELDS).frame.height == 1
    assert zipfile.is_zipfile(io.BytesIO(title))
