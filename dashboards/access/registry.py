"""Open sessions, kept on the server: the browser's session holds only a random ticket.

So a forged or stale value in a session opens nothing, and removing an account ends its sessions at the next click.
"""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboards.access.account import Account
from dashboards.access.policy import SignInRules


@dataclass
class _Ticket:
    account: Account
    opened_at: datetime
    used_at: datetime


class SessionRegistry:
    """Tickets of one server process."""

    def __init__(self) -> None:
        self._tickets: dict[str, _Ticket] = {}
        self._lock = threading.Lock()

    def open(self, account: Account, at: datetime) -> str:
        """A new ticket for someone whose password was right."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            self._tickets[ticket] = _Ticket(account, at, at)
        return ticket

    def close(self, ticket: str) -> None:
        """End a session; an unknown ticket is no error."""
        with self._lock:
            self._tickets.pop(ticket, None)

    def account(self, ticket: object, accounts: dict[str, Account], rules: SignInRules, at: datetime) -> Account | None:
        """Whose ticket it is, by the accounts of this moment; None: unknown, too old, or the password has changed since."""
        if not isinstance(ticket, str):
            return None
        with self._lock:
            self._drop_old(rules, at)
            found = self._tickets.get(ticket)
            if found is None:
                return None
            current = accounts.get(found.account.user)
            if current is None or current.password_hash != found.account.password_hash:
                del self._tickets[ticket]
                return None
            found.used_at = at
            return current

    def _drop_old(self, rules: SignInRules, at: datetime) -> None:
        idle, longest = timedelta(minutes=rules.idle_minutes), timedelta(hours=rules.longest_hours)
        old = [name for name, ticket in self._tickets.items() if at - ticket.used_at > idle or at - ticket.opened_at > longest]
        for name in old:
            del self._tickets[name]
