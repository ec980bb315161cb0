"""Answers that wait for the next run: one small file each, so that undoing is removing it.

`<home>/desk/<kind>/<subject>.json` waits; the run moves it into `taken/` below, where it tells that it is on its way until a
version shows what came of it (docs/data-flow.md). Every answer and every undoing is a line of the audit log first.
"""

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from dashboards.access.audit import AuditLog
from dashboards.access.locked_file import locked

Kind = Literal["decision", "verdict"]  # on a pair of records (review_id), on a task (task_id)
ALLOWED: dict[str, tuple[str, ...]] = {
    "decision": ("same", "different", "later"),
    "verdict": ("confirmed", "corrected", "unverifiable"),
}
_ACTION = {"decision": "decide", "verdict": "answer"}
_SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_PLAIN = re.compile(r"\d{11,}")  # the length of a phone; document numbers are longer
_LONGEST = 500


class AnswerError(ValueError):
    """The answer cannot be kept. The text is Chinese and may be shown."""


@dataclass(frozen=True)
class Answer:
    """One answer; `at` is an ISO time in UTC, `why` words without any number of a person.

    `field`, `value`: what a visit puts right, in the words of the worklist's own drop-downs; only with `corrected`.
    """

    subject: str
    verdict: str
    by: str
    why: str
    at: str
    field: str = ""
    value: str = ""


class AnswerQueue:
    """The answers of one kind below a home folder."""

    def __init__(self, home: Path, kind: Kind) -> None:
        self._home, self._kind = home, kind
        self._folder = home / "desk" / kind

    def put(self, answer: Answer) -> None:
        """Keep an answer, in the place of an earlier one that still waits.

        Raises:
            AnswerError: The verdict is none of its kind, nobody says why, or the words hold a number of a person.
        """
        self._check(answer)
        AuditLog(self._home).append(_ACTION[self._kind], answer.by, "queued", f"{answer.subject}: {answer.verdict}")
        path = self._path(answer.subject)
        with locked(path):
            new = path.with_name(path.name + ".new")
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(asdict(answer), file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)

    def undo(self, subject: str, by: str) -> bool:
        """Take back an answer that still waits; false: the run has taken it already."""
        path = self._path(subject)
        if not path.exists():
            return False
        AuditLog(self._home).append("undo", by, "withdrawn", subject)
        path.unlink(missing_ok=True)
        return True

    def subjects(self) -> list[str]:
        """What was answered, waiting or taken, by the names of the files alone."""
        return [path.stem for folder in (self._folder, self._folder / "taken") for path in folder.glob("*.json")]

    def waiting(self) -> dict[str, Answer]:
        """Answers that the next run will take, by subject."""
        return _read(self._folder)

    def taken(self) -> dict[str, Answer]:
        """The last answer on each subject that a run has taken."""
        return _read(self._folder / "taken")

    def _path(self, subject: str) -> Path:
        if not _SUBJECT.fullmatch(subject):
            raise AnswerError("编号不正确。")
        return self._folder / f"{subject}.json"

    def _check(self, answer: Answer) -> None:
        if answer.verdict not in ALLOWED[self._kind] or not answer.by:
            raise AnswerError("结论不在可选范围内。")
        if answer.field and answer.verdict != "corrected":
            raise AnswerError("只有判为“不属实（已更正）”时，才可选择更正内容。")
        if not answer.why.strip() or len(answer.why) > _LONGEST:
            raise AnswerError("请写明依据；过长的请缩短。")
        if has_number(answer.why):
            raise AnswerError("依据中请勿填写证件号码或电话号码：此内容会长期保存。")


def has_number(text: str) -> bool:
    """Whether a text holds a number of a person."""
    return bool(_PLAIN.search(text))


def _read(folder: Path) -> dict[str, Answer]:
    found = {}
    for path in sorted(folder.glob("*.json")):
        try:
            answer = Answer(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            continue  # taken or replaced while we looked, or not ours
        found[answer.subject] = answer
    return found
