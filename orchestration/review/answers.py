"""What people answered at the desk since the last run: taken in before anything is read.

Decisions on pairs become events of the identity log; verdicts on tasks become a workbook beside those that the street sends back,
and land as one. Not here: keeping an answer (dashboards/answers), the form of the queue (docs/data-flow.md).
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from identity.log.decision import Decision, Seen
from identity.log.identity_log import IdentityLog
from orchestration.publish.current import current_version

DESK, TAKEN = "desk", "taken"
SHEET = "核查结果"
COLUMNS = ("task_id", "verdict", "field", "value", "checked_by", "checked_at")


def take_answers(home: Path, at: datetime) -> tuple[int, int]:
    """Take in what waits; gives how many decisions and verdicts.

    Args:
        home: the warehouse's home folder, held by the run that calls.
        at: now (UTC), the time of the decisions' events.
    """
    decided, judged = _waiting(home, "decision"), _waiting(home, "verdict")
    decisions = _decisions(home, list(decided.values()))
    if decisions:
        IdentityLog(home / "identity" / "log").decide(decisions, at)
    if judged:
        _hand_in(home, list(judged.values()))
    for path in (*decided, *judged):
        taken = path.parent / TAKEN
        taken.mkdir(exist_ok=True, mode=0o700)
        path.replace(taken / path.name)
    return len(decisions), len(judged)


def waiting_subjects(home: Path, kind: str) -> set[str]:
    """What has an answer that no run has taken yet."""
    return {path.stem for path in _waiting(home, kind)}


def _waiting(home: Path, kind: str) -> dict[Path, Mapping[str, Any]]:
    """The answers of a kind by their file; one that cannot be read stays where it is."""
    found: dict[Path, Mapping[str, Any]] = {}
    for path in sorted((home / DESK / kind).glob("*.json")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(told, dict) and {"subject", "verdict", "by", "why", "at"} <= told.keys():
            found[path] = told
    return found


def _decisions(home: Path, answers: Sequence[Mapping[str, Any]]) -> list[Decision]:
    """Answers on pairs that are open in the current version; one on a pair that has gone since says nothing any more."""
    version = current_version(home)
    if not answers or version is None:
        return []
    review = pl.read_parquet(home / "published" / version / "tables" / "match_review.parquet").filter(pl.col("state") == "open")
    pairs = {pair["review_id"]: pair for pair in review.iter_rows(named=True)}
    return [_decision(pairs[answer["subject"]], answer) for answer in answers if answer["subject"] in pairs]


def _decision(pair: Mapping[str, Any], answer: Mapping[str, Any]) -> Decision:
    left, right = (
        (str(pair[f"{side}_system"]), str(pair[f"{side}_entity"]), str(pair[f"{side}_key"])) for side in ("left", "right")
    )
    seen = Seen(pair["score"], tuple(code for code in (pair["veto_codes"] or "").split(";") if code))
    return Decision(left, right, answer["verdict"], answer["by"], answer["why"], seen)


def _hand_in(home: Path, answers: Sequence[Mapping[str, Any]]) -> None:
    """One workbook in the form that the street sends back; named by what it says, so that a crash hands nothing in twice."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(COLUMNS)
    for answer in answers:
        mended = (answer.get("field") or None, answer.get("value") or None)
        sheet.append((answer["subject"], answer["verdict"], *mended, answer["by"], answer["at"]))
    content = BytesIO()
    book.save(content)
    said = hashlib.sha256(json.dumps(list(map(dict, answers)), sort_keys=True).encode()).hexdigest()[:16]
    folder = home / "spool" / "feedback"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = folder / f".desk-{said}.writing"
    with aside.open("wb") as file:
        file.write(content.getvalue())
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / f"desk-{said}.xlsx")
