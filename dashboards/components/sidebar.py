"""Who is signed in, and the way out. Not here: the menu (app.py), how the pages are shown (preference.py)."""

import streamlit as st

from dashboards.access.person import Person
from dashboards.access.policy import Policy
from dashboards.access.session import sign_out
from dashboards.services.language import say


def show_person(person: Person, policy: Policy) -> None:
    """Name, role and the button, below the menu."""
    role = policy.role_of(person)
    with st.sidebar:
        st.markdown(f"**{person.display_name}**")
        st.caption(say(role.name) if role else "")
        st.button(say("退出登录"), key="sign_out", on_click=sign_out, icon=":material/logout:", width="stretch")
