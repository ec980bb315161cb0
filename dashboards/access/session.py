"""The browser's session: who sits there now, signing in and out. The only part of access that knows Streamlit.

The session state holds nothing but a ticket; see registry.py.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from dashboards.access.account import load_accounts
from dashboards.access.audit import AuditLog
from dashboards.access.person import Person
from dashboards.access.policy import load_policy
from dashboards.access.registry import SessionRegistry
from dashboards.access.sign_in import SignInResult, admit, attempt
from dashboards.access.ways import is_demo_seat, load_ways, proxy_user

TICKET = "yidang_ticket"
_ASKED = "yidang_vouched"  # whom another has named in this session already: asked once, not at every rerun


def home_folder() -> Path | None:
    """The warehouse's home by the environment's YIDANG_HOME; None when it is not set."""
    text = os.environ.get("YIDANG_HOME", "").strip()
    return Path(text) if text else None


@st.cache_resource(show_spinner=False)
def _registry() -> SessionRegistry:
    return SessionRegistry()


def current_person() -> Person | None:
    """The signed-in person, looked up again at every rerun; None: nobody."""
    home = home_folder()
    ticket = st.session_state.get(TICKET)
    if home is None or ticket is None:
        return None
    policy = load_policy()
    account = _registry().account(ticket, load_accounts(home), policy.sign_in, datetime.now(UTC))
    if account is None or policy.role_of(account.person()) is None:
        del st.session_state[TICKET]
        return None
    return account.person()


def sign_in(user: str, password: str) -> str:
    """Try to sign in; gives the reason of a refusal in Chinese, or an empty text when it worked."""
    home = home_folder()
    if home is None:
        return "服务未配置数据目录，请联系系统管理员。"
    now = datetime.now(UTC)
    return _opened(attempt(home, load_policy(), (user, password), now, address=_address()), now)


def _opened(result: SignInResult, now: datetime) -> str:
    if result.account is not None:
        st.session_state[TICKET] = _registry().open(result.account, now)
    return result.message


def sign_in_by_word() -> str | None:
    """Let in whom the proxy or the identity provider names, once a session; None: nobody is named, else the refusal or empty."""
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
    return _opened(admit(home, load_policy(), user, way, now), now)


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


def sign_in_demo(user: str) -> str:
    """One click of the demo; looked at again, so that a forged click opens nothing."""
    home = home_folder()
    if home is None or user not in demo_accounts():
        return "演示账号只能在本机使用。"
    now = datetime.now(UTC)
    return _opened(admit(home, load_policy(), user, "demo", now), now)


def _address() -> str:
    """Where the browser is, as the server sees it; empty on the machine itself or when it cannot be told."""
    address: object = st.context.ip_address
    return address if isinstance(address, str) else ""


def sign_out() -> None:
    """End this session, write it down, and forget everything the widgets held."""
    home, person = home_folder(), current_person()
    ticket = st.session_state.get(TICKET)
    if home is not None and person is not None and isinstance(ticket, str):
        _registry().close(ticket)
        AuditLog(home).append("sign_out", person.user, "closed")
    asked = st.session_state.get(_ASKED)
    st.session_state.clear()
    if asked:
        st.session_state[_ASKED] = asked  # who left does not come back by the same word at once
    if has_provider() and st.user.get("is_logged_in"):
        st.logout()
