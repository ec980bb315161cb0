"""Tasks and pairs that wait for the reader's own hands, as lines of the strip. Not here: what indicators tell (waiting.py)."""

from datetime import date
from pathlib import Path

import polars as pl

from dashboards.answers.answer_queue import AnswerQueue
from dashboards.repositories.desk_work import read_open_pairs, read_open_tasks
from dashboards.repositories.reader import Reader
from dashboards.services.language import say
from dashboards.services.place import Place
from dashboards.services.text import number
from dashboards.services.waiting import Waiting


def load_work(reader: Reader, home: Path | None, place: Place, today: date) -> list[Waiting]:
    """What the person may answer and nobody has answered yet; tasks are kept by committee, so an estate has no line."""
    if home is None or place.estate:
        return []
    found = []
    if reader.may("task_work"):
        found.append(_tasks(reader, home, place, today))
    if reader.may("review") and not place.committee:
        found.append(_pairs(reader, home))
    return [line for line in found if line]


def _tasks(reader: Reader, home: Path, place: Place, today: date) -> Waiting | None:
    tasks = read_open_tasks(reader, place.committee)
    left = tasks.filter(~pl.col("task_id").is_in(AnswerQueue(home, "verdict").subjects()))
    late = left.filter(pl.col("due_date") < today).height
    if left.is_empty():
        return None
    told = say("待核查任务 {count} 件", count=number(left.height))
    return Waiting(told + (say("（超期 {late} 件）", late=number(late)) if late else ""), "task_work", {})


def _pairs(reader: Reader, home: Path) -> Waiting | None:
    left = set(read_open_pairs(reader)["review_id"]) - set(AnswerQueue(home, "decision").subjects())
    return Waiting(say("待复核记录 {count} 对", count=number(len(left))), "review", {}) if left else None
