"""The audit log over its volumes: the chain goes on, old volumes go by the retention, an end cut off shows."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboards.access import verify_audit
from dashboards.access.audit import RETENTION, AuditLog
from dashboards.access.audit_entry import digest_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def filled(home: Path, lines: int, days: int = 1) -> AuditLog:
    """A log of small volumes, one line every so many days."""
    log = AuditLog(home, largest=1500)
    for number in range(lines):
        log.append("sign_in", f"user{number}", "opened", at=NOON + timedelta(days=days * number))
    return log


def test_the_chain_goes_on_through_all_volumes(tmp_path: Path) -> None:
    log = filled(tmp_path, 40)
    assert len(list(log.folder.glob("audit-*.jsonl"))) >= 3
    assert log.problems() == []
    assert [entry["sequence"] for entry in log.entries()] == list(range(1, len(log.entries()) + 1))
    assert verify_audit.main(str(tmp_path)) == 0


def test_volumes_beyond_the_retention_go_and_the_log_says_so(tmp_path: Path) -> None:
    assert timedelta(days=180) <= RETENTION
    log = filled(tmp_path, 120, days=10)
    first = log.entries()[0]
    assert int(str(first["sequence"])) > 1
    assert log.problems() == []
    newest = datetime.fromisoformat(str(log.entries()[-1]["at"]))
    kept = datetime.fromisoformat(str(first["at"]))
    assert newest - kept >= RETENTION - timedelta(days=100)  # whole volumes go, so a little more is kept


def test_a_volume_taken_away_an_end_cut_off_and_a_new_chain_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = filled(tmp_path, 40)
    whole = {path: path.read_text(encoding="utf-8") for path in log.folder.glob("audit*.jsonl")}
    volumes = sorted(log.folder.glob("audit-*.jsonl"))
    for volume in volumes:
        volume.unlink()
        assert log.problems()
        volume.write_text(whole[volume], encoding="utf-8")
    assert log.problems() == []
    lines = whole[log.path].splitlines()
    log.path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    assert "cut off" in log.problems()[-1]
    entry = json.loads(lines[-1]) | {"user": "somebody else"}
    forged = json.dumps(entry | {"digest": digest_of(entry)}, ensure_ascii=False)
    log.path.write_text("\n".join([*lines[:-1], forged]) + "\n", encoding="utf-8")
    assert verify_audit.main(str(tmp_path)) == 1
    assert "security/audit.head" in capsys.readouterr().out


def test_a_forged_drop_does_not_excuse_a_missing_beginning(tmp_path: Path) -> None:
    log = filled(tmp_path, 40)
    sorted(log.folder.glob("audit-*.jsonl"))[0].unlink()
    log.append("unmask", "user1", "shown", "up to 1 abc")
    assert log.problems()
