"""One attempt to sign in: lock-out, password, role, and a line in the audit log for whatever comes of it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dashboards.access.account import Account, load_accounts, password_matches
from dashboards.access.audit import AuditLog
from dashboards.access.lockout import Lockout
from dashboards.access.policy import Policy

# A password is sometimes typed into the name field, so a name that nobody has is never written down.
UNKNOWN_USER = "(unknown)"


@dataclass(frozen=True)
class SignInResult:
    """Either the account, or why not, in Chinese; `{minutes}` in the message stands for `minutes`."""

    account: Account | None
    message: str
    minutes: int = 0


def attempt(home: Path, policy: Policy, credentials: tuple[str, str], at: datetime, *, address: str = "") -> SignInResult:
    """Try one name and password at a UTC time; the answer never tells whether the name exists."""
    user, password = credentials
    account = load_accounts(home).get(user.strip())
    audit = AuditLog(home)
    if account is None:
        password_matches(None, password)
        audit.append("sign_in", UNKNOWN_USER, "refused", address, at)
        return SignInResult(None, "账号或密码不正确。")
    lockout = Lockout(home, policy.sign_in)
    until = lockout.begin(account.user, at)
    if until is not None:
        audit.append("sign_in", account.user, "locked", address, at)
        minutes = max(1, -(-int((until - at).total_seconds()) // 60))
        return SignInResult(None, "密码错误次数过多，账号已暂时锁定，请 {minutes} 分钟后再试。", minutes)
    if not password_matches(account, password):
        audit.append("sign_in", account.user, "refused", address, at)
        return SignInResult(None, "账号或密码不正确。")
    lockout.succeed(account.user)
    if policy.role_of(account.person()) is None:
        audit.append("sign_in", account.user, "no_role", address, at)
        return SignInResult(None, "该账号尚未分配可用的角色或辖区，请联系街道数据专员。")
    audit.append("sign_in", account.user, "opened", address, at)
    return SignInResult(account, "")


def admit(home: Path, policy: Policy, user: str, way: str, at: datetime) -> SignInResult:
    """Let in somebody whom another has vouched for: `way` is proxy, oidc or demo. The account and its role count as ever."""
    account, audit = load_accounts(home).get(user), AuditLog(home)
    if account is None:
        audit.append("sign_in", UNKNOWN_USER, "refused", way, at)
        return SignInResult(None, "统一认证的账号尚未在本系统登记，请联系街道数据专员。")
    if policy.role_of(account.person()) is None:
        audit.append("sign_in", account.user, "no_role", way, at)
        return SignInResult(None, "该账号尚未分配可用的角色或辖区，请联系街道数据专员。")
    audit.append("sign_in", account.user, "opened", way, at)
    return SignInResult(account, "")
