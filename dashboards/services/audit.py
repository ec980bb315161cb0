"""The audit log as people read it. Not here: writing it (access/audit.py). Nobody reads it but who has the purpose."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from dashboards.access.audit import RETENTION, AuditLog
from dashboards.services.figure import Figure
from dashboards.services.labels import label, names_of
from dashboards.services.language import say
from dashboards.services.text import moment

MOST = 200  # lines shown at once
_EXPORTS = ("export", "report", "worklist", "package")  # actions by which rows or figures leave the house


@dataclass(frozen=True)
class AuditView:
    """The log's figures, what is wrong with it, and its newest lines."""

    figures: list[Figure]
    problems: list[str]
    lines: pl.DataFrame
    by_user: pl.DataFrame


def actions() -> dict[str, str]:
    """What may be chosen: actions by code."""
    return names_of("audit_action")


def load_audit(home: Path, action: str, user: str) -> AuditView:
    """The log, the newest first; `action` or `user` empty: all."""
    log = AuditLog(home)
    told, problems = log.entries(), log.problems()
    chosen = [entry for entry in told if action in ("", entry["action"]) and user in ("", entry["user"])]
    rows = [_row(entry) for entry in reversed(chosen[-MOST:])]
    whole = say("{count}处异常", count=len(problems)) if problems else say("完整")
    figures = [
        Figure("记录总数", f"{len(told):,}", "行", say("保留 {days} 天（法定不少于六个月）", days=RETENTION.days)),
        Figure("查看明文", f"{_number(told, 'unmask', 'shown'):,}", "次"),
        Figure("检索人员", f"{_number(told, 'search', 'shown'):,}", "次"),
        Figure("导出", f"{sum(_number(told, action, '') for action in _EXPORTS):,}", "次"),
        Figure("链条核验", whole, "", "逐条核对每条记录的摘要"),
    ]
    return AuditView(figures, problems, pl.DataFrame(rows), _by_user(told))


def users(home: Path) -> dict[str, str]:
    """Everybody who stands in the log."""
    return {name: name for name in sorted({str(entry["user"]) for entry in AuditLog(home).entries()})}


def _row(entry: dict[str, object]) -> dict[str, str]:
    return {
        "at": moment(datetime.fromisoformat(str(entry["at"]))),
        "user": str(entry["user"]),
        "action": label("audit_action", str(entry["action"])),
        "outcome": label("audit_outcome", str(entry["outcome"])),
        "detail": str(entry["detail"]),
        "sequence": str(entry["sequence"]),
    }


def _number(told: list[dict[str, object]], action: str, outcome: str) -> int:
    return sum(1 for entry in told if entry["action"] == action and outcome in ("", entry["outcome"]))


def _by_user(told: list[dict[str, object]]) -> pl.DataFrame:
    """One row a user: how often they searched, saw plain values, exported, and when last."""
    rows = []
    for name in sorted({str(entry["user"]) for entry in told}):
        own = [entry for entry in told if entry["user"] == name]
        rows.append(
            {
                "user": name,
                "searches": _number(own, "search", ""),
                "unmasked": _number(own, "unmask", "shown"),
                "exports": sum(_number(own, action, "") for action in _EXPORTS),
                "refused": sum(1 for entry in own if entry["outcome"] in ("refused", "locked", "no_role")),
                "last": moment(datetime.fromisoformat(str(own[-1]["at"]))),
            }
        )
    return pl.DataFrame(rows)
