"""The browser's session: who sits there now, signing in and out. The only part of access that knows Streamlit.

The session state holds nothing but a ticket, and the browser a token that brings the ticket back when it loads the page anew:
a cookie that no script can read and no other site can send (server/kept_sign_in.py sets it). See registry.py.
"""

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import streamlit as st

from dashboards.access.account import load_accounts
from dashboards.access.audit import AuditLog
from dashboards.access.lockout import Lockout
from dashboards.access.person import Person
from dashboards.access.policy import load_policy
from dashboards.access.registry import SessionRegistry
from dashboards.access.sign_in import SignInResult, admit, attempt
from dashboards.access.ways import is_demo_seat, load_ways, proxy_user

TICKET = "yidang_ticket"
COOKIE = "yidang_session"
_OFFER = "yidang_offer"  # the code that waits for the next rerun to be handed to the browser
_ENDED = "yidang_ended"  # a sign-in of this browser holds no longer, and nobody left by the button
_LEFT = "yidang_left"  # somebody did
_ASKED = "yidang_vouched"  # whom another has named in this session already: asked once, not at every rerun


def home_folder() -> Path | None:
    """The warehouse's home by the environment's YIDANG_HOME; None when it is not set."""
    text = os.environ.get("YIDANG_HOME", "").strip()
    return Path(text) if text else None


@cache
def sessions() -> SessionRegistry:
    """The sessions of this process."""
    return SessionRegistry()


def current_person() -> Person | None:
    """The signed-in person, looked up again at every rerun; None: nobody."""
    home = home_folder()
    if home is None:
        return None
    policy, now = load_policy(), datetime.now(UTC)
    if TICKET not in st.session_state:
        _resume(home, now)
    if TICKET not in st.session_state:
        return None
    account = sessions().account(st.session_state[TICKET], load_accounts(home), policy.sign_in, now)
    if account is None or policy.role_of(account.person()) is None:
        del st.session_state[TICKET]
        st.session_state[_ENDED] = True
        return None
    return account.person()


def _resume(home: Path, now: datetime) -> None:
    """Take up the session whose token the browser shows; an account that is locked has to sign in again."""
    token, rules = st.context.cookies.get(COOKIE), load_policy().sign_in
    if not token:
        return
    locked = Lockout(home, rules).locked_users(now)
    accounts = {user: account for user, account in load_accounts(home).items() if user not in locked}
    ticket = sessions().resume(token, accounts, rules, now)
    if ticket:
        st.session_state[TICKET] = ticket
    elif _LEFT not in st.session_state:
        st.session_state[_ENDED] = True


def why_nobody() -> str:
    """Why the form is shown to somebody who did not expect it, in Chinese; empty: there is nothing to say."""
    home = home_folder()
    if home is None:
        return "服务未配置数据目录，请联系系统管理员。"
    if not load_accounts(home):
        return "本服务还没有可用的账号，请系统管理员核对数据目录下的 security/accounts.json。"
    if st.session_state.get(_ENDED):
        return "您的登录已结束（久未操作、在别处退出，或服务重新启动过），请重新登录；登录后仍回到这一页。"
    return ""


def take_code() -> str:
    """The code for which the browser gets its token, once after signing in; else empty."""
    return str(st.session_state.pop(_OFFER, ""))


def sign_in(user: str, password: str) -> SignInResult:
    """Try to sign in."""
    home = home_folder()
    if home is None:
        return SignInResult(None, "服务未配置数据目录，请联系系统管理员。")
    now = datetime.now(UTC)
    return _opened(attempt(home, load_policy(), (user, password), now, address=_address()), now, is_kept=True)


def _opened(result: SignInResult, now: datetime, *, is_kept: bool) -> SignInResult:
    """Begin the session; `is_kept`: it outlives a reload by a token of ours, since nobody else names the person again."""
    if result.account is not None:
        for told in (_ENDED, _LEFT):
            st.session_state.pop(told, None)
        st.session_state[TICKET] = ticket = sessions().open(result.account, now)
        if is_kept:
            st.session_state[_OFFER] = sessions().offer(ticket, now)
    return result


def sign_in_by_word() -> SignInResult | None:
    """Let in whom the proxy or the identity provider names, once a session; None: nobody is named."""
    home = home_folder()
    ways = load_ways(home) if home else None
    if home is None or ways is None:
        return None
    user, way = proxy_user(ways, st.context.headers, _address()), "proxy"
    if not user and ways.oidc_claim and st.user.get("is_logged_in"):
        user, way = str(st.user.get(ways.oidc_claim) or ""), "oidc"
    if not user or st.session_state.get(_ASKED) == user:
        return None
    st.session_state[_ASKED] = user
    now = datetime.now(UTC)
    return _opened(admit(home, load_policy(), user, way, now), now, is_kept=False)


def has_provider() -> bool:
    """Whether an identity provider is set up."""
    home = home_folder()
    return home is not None and bool(load_ways(home).oidc_claim)


def go_to_provider() -> None:
    """Send the browser to the identity provider; it comes back signed in there."""
    st.session_state.pop(_ASKED, None)
    st.login()


def demo_accounts() -> dict[str, str]:
    """Accounts that one click opens, by name; none unless this is the demo and somebody sits at its machine."""
    home = home_folder()
    if home is None or not is_demo_seat(load_ways(home), st.context.headers, _address()):
        return {}
    return {account.user: account.display_name for account in load_accounts(home).values()}


def sign_in_demo(user: str) -> SignInResult:
    """One click of the demo; looked at again, so that a forged click opens nothing."""
    home = home_folder()
    if home is None or user not in demo_accounts():
        return SignInResult(None, "演示账号只能在本机使用。")
    now = datetime.now(UTC)
    return _opened(admit(home, load_policy(), user, "demo", now), now, is_kept=True)


def _address() -> str:
    """Where the browser is, as the server sees it; empty on the machine itself or when it cannot be told."""
    address: object = st.context.ip_address
    return address if isinstance(address, str) else ""


def sign_out() -> None:
    """End this session, write it down, and forget everything the widgets held."""
    home, person = home_folder(), current_person()
    ticket = st.session_state.get(TICKET)
    if home is not None and person is not None and isinstance(ticket, str):
        sessions().close(ticket)
        AuditLog(home).append("sign_out", person.user, "closed")
    asked = st.session_state.get(_ASKED)
    st.session_state.clear()
    st.session_state[_LEFT] = True
    if asked:
        st.session_state[_ASKED] = asked  # who left does not come back by the same word at once
    if has_provider() and st.user.get("is_logged_in"):
        st.logout()
