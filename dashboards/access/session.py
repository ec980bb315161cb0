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
from dashboards.access.sign_in import attempt

TICKET = "yidang_ticket"


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
    result = attempt(home, load_policy(), (user, password), now, address=_address())
    if result.account is not None:
        st.session_state[TICKET] = _registry().open(result.account, now)
    return result.message


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
    st.session_state.clear()
