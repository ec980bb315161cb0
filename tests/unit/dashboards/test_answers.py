"""Answers of people: kept within rights, undone while they wait, refused with a reason in Chinese."""

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from dashboards.access.audit import AuditLog
from dashboards.access.policy import AccessDeniedError
from dashboards.answers.answer_queue import Answer, AnswerError, AnswerQueue
from dashboards.data_file import read_data
from dashboards.services.desk_work import answer, corrections_of, load_pairs, load_tasks, undo
from dashboards.services.place import Place
from dashboards.services.work_waiting import load_work
from tests.published_street import AS_OF
from tests.unit.dashboards.conftest import ReaderOf

WHY = "上门看过，是同一人"


def test_a_decision_waits_is_shown_and_can_be_taken_back(reader_of: ReaderOf, tmp_path: Path) -> None:
    reader = reader_of("steward")
    first = load_pairs(reader, tmp_path)[0]
    answer(reader, tmp_path, ("decision", first.review_id), ("same", WHY))
    shown = load_pairs(reader, tmp_path)
    assert shown[-1].review_id == first.review_id  # what waits for people comes first
    assert "待下次运行生效" in shown[-1].answered
    assert undo(reader, tmp_path, "decision", first.review_id)
    assert not undo(reader, tmp_path, "decision", first.review_id)
    assert not any(pair.answered for pair in load_pairs(reader, tmp_path))
    assert [entry["action"] for entry in AuditLog(tmp_path).entries()] == ["decide", "undo"]


def test_a_worker_answers_tasks_of_the_own_committee_only(reader_of: ReaderOf, tmp_path: Path) -> None:
    worker, officer = reader_of("worker"), reader_of("officer")
    mine = {task.task_id for task in load_tasks(worker, tmp_path, "", "", AS_OF)}
    others = {task.task_id for task in load_tasks(officer, tmp_path, "", "", AS_OF)} - mine
    assert mine
    assert others
    answer(worker, tmp_path, ("verdict", min(mine)), ("confirmed", "无人居住"))
    for subject in (min(others), "no-such-task", "../../etc/passwd"):
        with pytest.raises(AccessDeniedError):
            answer(worker, tmp_path, ("verdict", subject), ("confirmed", "无人居住"))
    assert set(AnswerQueue(tmp_path, "verdict").waiting()) == {min(mine)}


@pytest.mark.parametrize("user", ["leader", "worker", "officer", "civil", "auditor", "analyst", "stranger"])
def test_only_the_steward_decides_about_pairs(reader_of: ReaderOf, tmp_path: Path, user: str) -> None:
    with pytest.raises(AccessDeniedError):
        answer(reader_of(user), tmp_path, ("decision", "V-R0"), ("same", WHY))
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize(
    ("verdict", "why"), [("maybe", WHY), ("same", " "), ("same", "电话19900000005一致"), ("same", "长" * 501), ("confirmed", WHY)]
)
def test_an_answer_that_cannot_be_kept_says_why(tmp_path: Path, verdict: str, why: str) -> None:
    queue = AnswerQueue(tmp_path, "decision")
    with pytest.raises(AnswerError, match=r"[\u4e00-\u9fff]"):
        queue.put(Answer("V-1", verdict, "steward", why, "2026-11-20T00:00:00+00:00"))
    assert queue.waiting() == {}


def test_what_is_put_right_stands_with_the_answer_and_only_with_a_correction(reader_of: ReaderOf, tmp_path: Path) -> None:
    worker = reader_of("worker")
    task = next(task for task in load_tasks(worker, tmp_path, "", "", AS_OF) if corrections_of(task))
    mended = next(iter(corrections_of(task)))
    with pytest.raises(AnswerError, match="更正"):
        answer(worker, tmp_path, ("verdict", task.task_id), ("confirmed", "已搬走"), mended)
    answer(worker, tmp_path, ("verdict", task.task_id), ("corrected", "已搬走"), mended)
    (kept,) = AnswerQueue(tmp_path, "verdict").waiting().values()
    assert f"{kept.field}={kept.value}" == mended
    assert kept.value in next(shown for shown in load_tasks(worker, tmp_path, "", "", AS_OF) if shown.answered).answered


def test_what_the_desk_can_put_right_is_what_the_worklist_lets_one_choose() -> None:
    seeds = Path(__file__).resolve().parents[3] / "dbt_project" / "seeds" / "task"
    field = pl.read_csv(seeds / "correctable_field.csv").filter(form="code")
    value = pl.read_csv(seeds / "correctable_value.csv").join(field, "field_code", suffix="_field")
    expected = set(value.select("subject", "label_zh_field", "label_zh").rows())
    told = read_data("labels")["correctable"]
    assert {(subject, name, one) for subject, fields in told.items() for name, all_ in fields.items() for one in all_} == expected


def test_a_broken_file_in_the_queue_loses_only_itself(tmp_path: Path) -> None:
    queue = AnswerQueue(tmp_path, "verdict")
    queue.put(Answer("task-1", "confirmed", "worker", "属实", "2026-11-20T00:00:00+00:00"))
    (tmp_path / "desk" / "verdict" / "half.json").write_text("{", encoding="utf-8")
    (tmp_path / "desk" / "verdict" / "list.json").write_text("[]", encoding="utf-8")
    assert set(queue.waiting()) == {"task-1"}


def test_the_strip_tells_what_waits_for_ones_own_hands(reader_of: ReaderOf, tmp_path: Path) -> None:
    worker, steward = reader_of("worker"), reader_of("steward")
    tasks = load_tasks(worker, tmp_path, "", "", AS_OF)
    told = [f"待核查任务 {len(tasks)} 件"]
    assert [line.text.partition("（")[0] for line in load_work(worker, tmp_path, Place(), AS_OF)] == told
    later = load_work(worker, tmp_path, Place(), AS_OF + timedelta(days=4000))[0]
    assert later.text == f"{told[0]}（超期 {len(tasks)} 件）"
    assert [(line.text, line.page) for line in load_work(steward, tmp_path, Place(), AS_OF)] == [
        (f"待复核记录 {len(load_pairs(steward, tmp_path))} 对", "review")
    ]
    for task in tasks:
        answer(worker, tmp_path, ("verdict", task.task_id), ("confirmed", "看过"))
    assert load_work(worker, tmp_path, Place(), AS_OF) == []
    for user in ("leader", "auditor", "analyst"):
        assert load_work(reader_of(user), tmp_path, Place(), AS_OF) == []
