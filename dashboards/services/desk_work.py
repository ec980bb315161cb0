"""Working on pairs and tasks: what waits, what was answered, answering within one's rights. Not here: the queue (answers/)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dashboards.access.policy import AccessDeniedError
from dashboards.answers.answer_queue import Answer, AnswerQueue, Kind
from dashboards.data_file import read_data
from dashboards.repositories.desk_work import read_reviews, read_task_kinds, read_tasks
from dashboards.repositories.reader import Reader
from dashboards.services.labels import label
from dashboards.services.language import retell, say, signed
from dashboards.services.text import day, moment, on_the_spot

_PURPOSE: dict[Kind, str] = {"decision": "review", "verdict": "task_work"}
_AGAINST = "不予合并"  # as identity/review/queue.py writes it
Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Side:
    """One record of a pair, masked; `resident_id` empty: not within the reader's rows."""

    title: str
    facts: Facts
    resident_id: str


@dataclass(frozen=True)
class Reason:
    """Why two records may be one person; `is_against`: why they are not joined."""

    text: str
    is_against: bool


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person; `answered`: what was said of them already, in words."""

    review_id: str
    left: Side
    right: Side
    reasons: tuple[Reason, ...]
    reports: int
    answered: str
    can_undo: bool


@dataclass(frozen=True)
class Task:
    """One thing to check on the spot; `page` and `key` lead to its record."""

    task_id: str
    title: str
    facts: Facts
    page: str
    key: str
    answered: str
    can_undo: bool


def load_pairs(reader: Reader, home: Path) -> list[Pair]:
    """Open pairs: first those that nobody answered, by how many figures they change."""
    waiting, taken = _answers(home, "decision")
    pairs = [_pair(row, waiting, taken) for row in read_reviews(reader).iter_rows(named=True)]
    return sorted(pairs, key=lambda pair: bool(pair.answered))


def task_kinds(reader: Reader, committee: str) -> dict[str, str]:
    """Kinds of open tasks by code, with how many there are."""
    return {kind: signed(f"{say(name)}（{number}）") for kind, name, number in read_task_kinds(reader, committee).rows()}


def load_tasks(reader: Reader, home: Path, committee: str, kind: str, today: date) -> list[Task]:
    """Open tasks: first those that nobody answered, the most urgent first."""
    waiting, taken = _answers(home, "verdict")
    tasks = [_task(row, waiting, taken, today) for row in read_tasks(reader, committee, kind).iter_rows(named=True)]
    return sorted(tasks, key=lambda task: bool(task.answered))


def corrections_of(task: Task) -> dict[str, str]:
    """What a visit may put right at the desk, by `field=value` as the worklist writes them: what is chosen, never written."""
    fields: dict[str, list[str]] = read_data("labels")["correctable"].get(task.page, {})
    return {f"{field}={value}": signed(f"{say(field)}：{say(value)}") for field, values in fields.items() for value in values}


def answer(reader: Reader, home: Path, about: tuple[Kind, str], said: tuple[str, str], mended: str = "") -> None:
    """Keep an answer for the next run: about what (kind, subject), what was said (verdict, why), and what is put right.

    Raises:
        AccessDeniedError: The subject is not among those that the person may answer.
        AnswerError: The answer cannot be kept; the text says why.
    """
    (kind, subject), (verdict, why) = about, said
    _require(reader, kind, subject)
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    field, _, value = mended.partition("=")
    AnswerQueue(home, kind).put(Answer(subject, verdict, reader.person.user, why.strip(), now, field, value))


def undo(reader: Reader, home: Path, kind: Kind, subject: str) -> bool:
    """Take back an answer that still waits; false: the run has taken it already."""
    _require(reader, kind, subject)
    return AnswerQueue(home, kind).undo(subject, reader.person.user)


def _require(reader: Reader, kind: Kind, subject: str) -> None:
    """Whether the subject is one of the open ones within the reader's rows."""
    if not reader.may(_PURPOSE[kind]):
        raise AccessDeniedError("您的角色不能处理这项内容。")
    frame = read_reviews(reader) if kind == "decision" else read_tasks(reader, "", "")
    if subject not in frame["review_id" if kind == "decision" else "task_id"]:
        raise AccessDeniedError("这项内容不在您的辖区内，或已不再待办。")


def _answers(home: Path, kind: Kind) -> tuple[dict[str, Answer], dict[str, Answer]]:
    queue = AnswerQueue(home, kind)
    return queue.waiting(), queue.taken()


def _told(subject: str, group: str, waiting: dict[str, Answer], taken: dict[str, Answer]) -> str:
    found = waiting.get(subject) or taken.get(subject)
    if found is None:
        return ""
    standing = say("待下次运行生效" if subject in waiting else "已提交，待新版本显示结果")
    at = moment(datetime.fromisoformat(found.at))
    mended = f"（{say(found.field)}：{say(found.value)}）" if found.field else ""
    head = signed(f"{label(group, found.verdict)}{mended} · {found.by} · {at} · {standing}。{say('依据')}：")
    return head + found.why


def _pair(row: dict[str, Any], waiting: dict[str, Answer], taken: dict[str, Answer]) -> Pair:
    key = row["review_id"]
    reasons = tuple(_reason(part) for part in (row["reasons"] or "").split("；") if part)
    left, right = _side(row, "left", say("甲")), _side(row, "right", say("乙"))
    told = _told(key, "decision", waiting, taken)
    return Pair(key, left, right, reasons, row["changed_report_count"], told, key in waiting)


def _reason(told: str) -> Reason:
    """One reason in the page's language: what was found, and in front of it what follows from that."""
    head, colon, why = told.partition("：")
    words = say(f"{head}：{{why}}", why=say(why)) if colon else say(told)
    return Reason(words, is_against=head == _AGAINST)


def _side(row: dict[str, Any], side: str, name: str) -> Side:
    source = f"{label('source', row[f'{side}_system'])}·{label('entity', row[f'{side}_entity'])}"
    born = row[f"{side}_birth_year"]
    facts = [
        ("姓名", row[f"{side}_name_masked"] or say("（无姓名）")),
        ("性别", label("sex", row[f"{side}_sex_code"])),
        ("出生年份", str(born) if born else say("未知")),
        ("住址", row[f"{side}_address"] or "—"),
        ("来源", source),
    ]
    return Side(signed(f"{name}：{source}"), facts, row[f"{side}_resident_id"] or "")


def _task(row: dict[str, Any], waiting: dict[str, Answer], taken: dict[str, Answer], today: date) -> Task:
    due = row["due_date"]
    late = say("（已超期 {days} 天）", days=(today - due).days) if due and due < today else ""
    device = f"{label('device_type', row['device_type'])} {row['device_id']}" if row["device_id"] else ""
    place = on_the_spot(row["address"] or "")
    about = row["name_masked"] or device or place or "—"
    facts = [
        ("对象", about),
        ("地址", row["address"] or "—"),
        ("期限", f"{day(due)}{late}"),
        ("责任单位", say(row["owner"] or "—")),
        ("说明", say(row["reason"] or "—")),
        ("依据", retell(row["evidence"] or "—")),
    ]
    page, key = ("resident", row["resident_id"]) if row["resident_id"] else ("dwelling", row["dwelling_id"] or "")
    until = say("{day}前", day=due.isoformat()) if due else say("无期限")
    heads = dict.fromkeys((say(row["kind_name"]), about, place, f"{until}{late}"))  # a task may be about the place itself
    told = _told(row["task_id"], "verdict", waiting, taken)
    return Task(
        row["task_id"],
        " · ".join(head for head in heads if head),
        facts,
        page,
        key,
        told,
        row["task_id"] in waiting,
    )
