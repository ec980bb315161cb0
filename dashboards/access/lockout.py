"""Too many wrong passwords lock an account for a while, also over a restart.

An attempt is counted before the password is looked at, so that many at once cannot slip through together.
"""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from dashboards.access.locked_file import locked
from dashboards.access.policy import SignInRules


class Lockout:
    """The counter in `<home>/security/attempts.json`: user to the times (UTC) of attempts without success since."""

    def __init__(self, home: Path, rules: SignInRules) -> None:
        self._path = home / "security" / "attempts.json"
        self._rules = rules

    def begin(self, user: str, at: datetime) -> datetime | None:
        """Count an attempt; gives the time until which the account is locked, or None when it may be tried."""
        with locked(self._path):
            attempts = self._read()
            recent = self._recent(attempts.get(user, []), at)
            if len(recent) >= self._rules.failures:
                return max(recent) + timedelta(minutes=self._rules.lock_minutes)
            attempts[user] = [*(moment.isoformat() for moment in recent), at.isoformat()]
            self._write(attempts)
        return None

    def locked_users(self, at: datetime) -> set[str]:
        """Whose account is locked at this time."""
        if not self._path.exists():
            return set()
        with locked(self._path):
            attempts = self._read()
        return {user for user, moments in attempts.items() if len(self._recent(moments, at)) >= self._rules.failures}

    def succeed(self, user: str) -> None:
        """Forget the failures of someone who knew the password."""
        with locked(self._path):
            attempts = self._read()
            attempts.pop(user, None)
            self._write(attempts)

    def _recent(self, moments: list[str], at: datetime) -> list[datetime]:
        """Attempts that still count: within the window, or, once the limit is reached, until the lock ends."""
        times = sorted(datetime.fromisoformat(moment) for moment in moments)
        is_full = len(times) >= self._rules.failures
        minutes = self._rules.lock_minutes if is_full else self._rules.window_minutes
        if is_full and times[-1] + timedelta(minutes=minutes) <= at:
            return []
        return times if is_full else [moment for moment in times if moment > at - timedelta(minutes=minutes)]

    def _read(self) -> dict[str, list[str]]:
        if not self._path.exists():
            return {}
        content: dict[str, list[str]] = json.loads(self._path.read_text(encoding="utf-8"))
        return content

    def _write(self, attempts: dict[str, list[str]]) -> None:
        new = self._path.with_name(self._path.name + ".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(attempts, file)
        new.replace(self._path)
