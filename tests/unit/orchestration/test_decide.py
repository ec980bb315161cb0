"""People's verdicts: listed, written with who and why, heard by identity, and an input of the next version."""

import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner

from identity.log.identity_log import IdentityLog
from orchestration.cli.decide_command import command
from orchestration.publish.current import set_current
from orchestration.review.answers import take_answers, waiting_subjects
from orchestration.review.decide import decide, open_pairs
from orchestration.run.lock import only_run

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
PAIR = {"score": 9.0, "reasons": "姓名一致；不予合并：性别不符", "veto_codes": "sex"}
PAIR |= {"left_name_masked": "张*", "right_name_masked": None}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A version with three pairs: one that changes more figures, one that changes fewer, one that is closed."""
    rows = [
        PAIR
        | {"review_id": name, "changed_report_count": reports, "state": state}
        | {f"{side}_{part}": f"{name}-{side}-{part}" for side in ("left", "right") for part in ("system", "entity", "key")}
        for name, reports, state in (("few", 1, "open"), ("many", 7, "open"), ("done", 9, "closed"))
    ]
    tables = tmp_path / "published" / "v1" / "tables"
    tables.mkdir(parents=True)
    pl.DataFrame(rows).write_parquet(tables / "match_review.parquet")
    set_current(tmp_path, "v1")
    return tmp_path


@pytest.fixture
def config(home: Path) -> Path:
    file = home / "yidang.toml"
    file.write_text(f'[warehouse]\nhome = "{home}"\n[security]\nkey = "a key"\n', encoding="utf-8")
    return file


def test_pairs_come_by_how_many_figures_would_change(home: Path) -> None:
    assert open_pairs(home)["review_id"].to_list() == ["many", "few"]


def test_a_verdict_names_both_records_and_who_decided(home: Path) -> None:
    decide(home, "few", ("different", "a clerk", "seen on the spot"))
    assert take_answers(home, AT) == (1, 0)
    told = IdentityLog(home / "identity" / "log").state().decisions.row(0, named=True)
    assert (told["verdict"], told["by"], told["why"]) == ("different", "a clerk", "seen on the spot")
    assert {told["left_key"], told["right_key"]} == {"few-left-key", "few-right-key"}


def test_a_verdict_is_an_input_of_the_next_version(home: Path) -> None:
    log = IdentityLog(home / "identity" / "log")
    assert log.last_decision() == 0
    decide(home, "few", ("same", "a clerk", "the same man"))
    decide(home, "many", ("later", "a clerk", "not at home"))
    assert waiting_subjects(home, "decision") == {"few", "many"}
    assert take_answers(home, AT) == (2, 0)
    assert log.last_decision() == 2
    assert take_answers(home, AT) == (0, 0)
    assert waiting_subjects(home, "decision") == set()


@pytest.mark.parametrize("name", ["done", "nobody"])
def test_only_open_pairs_are_decided(home: Path, name: str) -> None:
    with pytest.raises(ValueError, match=f"no open pair is called {name}"):
        decide(home, name, ("same", "a clerk", "why"))


def test_no_plain_number_is_kept_for_ever(home: Path) -> None:
    with pytest.raises(ValueError, match="not kept"):
        decide(home, "few", ("same", "a clerk", "both say 13900000000"))
    assert waiting_subjects(home, "decision") == set()


def test_one_decides_while_a_run_is_at_work(home: Path) -> None:
    with only_run(home):
        decide(home, "few", ("same", "a clerk", "why"))
    assert waiting_subjects(home, "decision") == {"few"}


def test_verdicts_on_tasks_lie_as_a_workbook_beside_those_of_the_street(home: Path) -> None:
    queue = home / "desk" / "verdict"
    queue.mkdir(parents=True)
    told = {"subject": "task-1", "verdict": "confirmed", "by": "worker", "why": "seen", "at": "2026-11-20T03:00:00+00:00"}
    (queue / "task-1.json").write_text(json.dumps(told), encoding="utf-8")
    (queue / "broken.json").write_text("{", encoding="utf-8")
    assert take_answers(home, AT) == (0, 1)
    (book,) = (home / "spool" / "feedback").iterdir()
    sheet = openpyxl.load_workbook(book)["核查结果"]
    assert list(sheet.values)[1] == ("task-1", "confirmed", None, None, "worker", "2026-11-20T03:00:00+00:00")
    assert [path.name for path in (queue / "taken").iterdir()] == ["task-1.json"]
    assert (queue / "broken.json").exists()


def test_the_command_lists_decides_and_asks_for_a_reason(config: Path, home: Path) -> None:
    runner = CliRunner()
    listed = runner.invoke(command, ["--config", str(config)])
    assert listed.exit_code == 0, listed.output
    assert listed.output.index("many") < listed.output.index("few")
    assert "（无姓名）" in listed.output
    refused = runner.invoke(command, ["--config", str(config), "many", "same"])
    assert refused.exit_code == 2
    assert "--why" in refused.output
    done = runner.invoke(command, ["--config", str(config), "many", "same", "--why", "one man", "--by", "a clerk"])
    assert done.exit_code == 0, done.output
    assert take_answers(home, AT) == (1, 0)
    assert IdentityLog(home / "identity" / "log").state().decisions["by"].to_list() == ["a clerk"]
