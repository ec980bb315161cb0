"""Local accounts of `<home>/security/accounts.json`: reading them and checking a password.

Not here: counting failures (lockout.py), telling the browser (session.py). Nobody writes accounts from the pages.
"""

import json
import threading
from functools import cache, lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import BaseModel, ConfigDict, ValidationError

from dashboards.access.person import Person

_HASHER = PasswordHasher()
_one_at_a_time = threading.Lock()  # a hash takes 64 MiB while it is made: thirty at 8:30 would take two gigabytes


class Account(BaseModel):
    """One entry of accounts.json; columns that this version does not know are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    user: str
    display_name: str
    role: str
    area_level: str
    area_code: str
    password_hash: str

    def person(self) -> Person:
        """The same without the hash."""
        return Person(self.user, self.display_name, self.role, self.area_level, self.area_code)


def load_accounts(home: Path) -> dict[str, Account]:
    """Accounts by user name; a missing or broken file gives none, a broken entry only loses itself."""
    path = home / "security" / "accounts.json"
    try:
        told = path.stat()
    except OSError:
        return {}
    return dict(_read(path, (told.st_mtime_ns, told.st_size, told.st_ino)))


@lru_cache(maxsize=4)
def _read(path: Path, _state: tuple[int, int, int]) -> dict[str, Account]:
    """The file's accounts; read again only when it was written again, since every click asks who is there."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["accounts"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    accounts = (_account(entry) for entry in entries)
    return {account.user: account for account in accounts if account is not None}


def password_matches(account: Account | None, password: str) -> bool:
    """Whether the password is the account's; takes as long for a name that nobody has."""
    try:
        with _one_at_a_time:
            _HASHER.verify(account.password_hash if account else nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None


def _account(entry: object) -> Account | None:
    try:
        return Account.model_validate(entry)
    except ValidationError:
        return None


@cache
def nobodys_hash() -> str:
    """A hash that no password has. The server has it made before anybody comes: making it costs as long as a sign-in."""
    return _HASHER.hash("no account has this password")
