"""The log on disk: whole segments, no gaps, no changed bytes."""

from datetime import timedelta
from pathlib import Path

import pytest

from identity.log.decision import Decision
from identity.log.identity_log import IdentityLog, IdentityLogError
from tests.unit.identity.invented import DAY, record, run


def _first_run(folder: Path) -> IdentityLog:
    run([record("a", "李建国"), record("b", "王芳")], folder, commit=True)
    return IdentityLog(folder)


def test_an_empty_log_is_an_empty_state(tmp_path: Path) -> None:
    log = IdentityLog(tmp_path / "none")
    assert log.state().last_sequence == 0
    assert log.read().is_empty()


def test_nothing_to_tell_writes_no_segment(tmp_path: Path) -> None:
    log = _first_run(tmp_path)
    assert log.commit(log.events().clear(), "again") is None
    assert len(list(tmp_path.iterdir())) == 1


def test_a_gap_or_a_second_commit_of_one_run_is_refused(tmp_path: Path) -> None:
    log = _first_run(tmp_path)
    events = log.events()
    with pytest.raises(IdentityLogError, match="the next event must be number"):
        log.commit(events, "twice")
    with pytest.raises(IdentityLogError, match="the next event must be number"):
        log.commit(events.with_columns(sequence=events["sequence"] + events.height + 1), "gap")


def test_changed_bytes_are_found(tmp_path: Path) -> None:
    log = _first_run(tmp_path)
    segment = next(tmp_path.iterdir())
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    with pytest.raises(IdentityLogError, match="not those that were written"):
        log.state()


def test_a_missing_segment_is_found(tmp_path: Path) -> None:
    log = _first_run(tmp_path)
    first = next(tmp_path.iterdir())
    run([record("c", "赵敏")], tmp_path, DAY + timedelta(days=1), commit=True)
    first.unlink()
    with pytest.raises(IdentityLogError, match="missing"):
        log.events()


def test_a_stranger_in_the_folder_is_named(tmp_path: Path) -> None:
    log = _first_run(tmp_path)
    (tmp_path / "notes.parquet").write_bytes(b"")
    with pytest.raises(IdentityLogError, match=r"notes\.parquet"):
        log.events()


def test_the_last_decision_on_a_pair_counts(tmp_path: Path) -> None:
    log = _first_run(tmp_path)
    left, right = ("property", "owner", "a"), ("property", "owner", "b")
    log.decide([Decision(right, left, "same", "李", "看过户口本")], DAY)
    log.decide([Decision(left, right, "different", "王", "见过本人")], DAY + timedelta(days=1))
    decisions = log.state().decisions
    assert decisions.select("verdict", "by", "why").rows() == [("different", "王", "见过本人")]
    assert log.state(DAY + timedelta(hours=1)).decisions["verdict"].to_list() == ["same"]


def test_a_decision_needs_a_name(tmp_path: Path) -> None:
    ref = ("property", "owner", "a")
    with pytest.raises(ValueError, match="who decided"):
        IdentityLog(tmp_path).decide([Decision(ref, ("property", "owner", "b"), "same", "", "")], DAY)
