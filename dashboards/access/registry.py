"""Open sessions, kept on the server: the browser's session holds only a random ticket.

So a forged or stale value in a session opens nothing, and removing an account ends its sessions at the next click. A browser that
loads the page anew shows a token for its ticket, which it was given for a code that served once; both are kept as digests alone.
"""

import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dashboards.access.account import Account
from dashboards.access.policy import SignInRules

CODE_SECONDS = 60  # between a page that hands a code out and the browser that brings it back


@dataclass
class _Ticket:
    account: Account
    opened_at: datetime
    used_at: datetime
    code: str = ""  # digest; empty: none is out
    code_until: datetime | None = None
    tokens: set[str] = field(default_factory=set)  # digests


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
        """End a session and every token for it; an unknown ticket is no error."""
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

    def offer(self, ticket: str, at: datetime) -> str:
        """A code for which the ticket's browser gets a token, once and soon; empty: no such ticket."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            found = self._tickets.get(ticket)
            if found is None:
                return ""
            found.code, found.code_until = _digest(code), at + timedelta(seconds=CODE_SECONDS)
        return code

    def redeem(self, code: str, at: datetime) -> str:
        """The token for a code; empty: unknown, used before, or too late."""
        asked, token = _digest(code), secrets.token_urlsafe(32)
        with self._lock:
            for found in self._tickets.values():
                if found.code == asked and found.code_until is not None:
                    is_late = at > found.code_until
                    found.code, found.code_until = "", None
                    if is_late:
                        return ""
                    found.tokens.add(_digest(token))
                    return token
        return ""

    def resume(self, token: object, accounts: dict[str, Account], rules: SignInRules, at: datetime) -> str:
        """The ticket of a token; empty: none, or the account is not as it was when the session was opened."""
        if not isinstance(token, str) or not token:
            return ""
        shown = _digest(token)
        with self._lock:
            self._drop_old(rules, at)
            for ticket, found in self._tickets.items():
                if shown in found.tokens:
                    if accounts.get(found.account.user) == found.account:
                        return ticket
                    del self._tickets[ticket]
                    return ""
        return ""

    def _drop_old(self, rules: SignInRules, at: datetime) -> None:
        idle, longest = timedelta(minutes=rules.idle_minutes), timedelta(hours=rules.longest_hours)
        old = [name for name, ticket in self._tickets.items() if at - ticket.used_at > idle or at - ticket.opened_at > longest]
        for name in old:
            del self._tickets[name]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
