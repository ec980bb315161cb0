"""The router: nobody sees a page without signing in. Started by `yidang serve` with YIDANG_HOME in the environment.

Every page is registered for everyone, so that an address never leads into nothing; what a role may not open says so in Chinese.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from dashboards.access.person import Person
from dashboards.access.policy import Policy, load_policy
from dashboards.access.session import current_person, sign_out
from dashboards.app_pages.sign_in import show_sign_in
from dashboards.components.guard import show_unknown_page, tell_failure

FOLDER = Path(__file__).resolve().parent
_ADDRESS = re.compile(r"[A-Za-z0-9_-]{1,64}")
# File name, which is also the policy's purpose and the address; title; icon.
PAGES = (
    ("overview", "街道总览", ":material/dashboard:"),
    ("population", "人口与房屋", ":material/groups:"),
    ("device", "设备", ":material/sensors:"),
    ("quality", "数据质量", ":material/fact_check:"),
)


def main() -> None:
    """One rerun: who is there, then the page they asked for."""
    st.set_page_config(page_title="一档", page_icon=str(FOLDER / "icon.svg"), layout="wide")
    st.html(FOLDER / "components" / "style.css")
    try:
        person, policy = current_person(), load_policy()
        page = st.navigation(_pages(person, policy), position="sidebar" if person else "hidden")
        if person is None:
            show_sign_in()
            return
        _show_person(person, policy)
    except Exception:  # noqa: BLE001 - the last resort of the router; pages have their own
        tell_failure()
        return
    page.run()


def _pages(person: Person | None, policy: Policy) -> list[st.Page]:
    """The pages in order; those the person may not open are not in the menu."""
    return [
        st.Page(
            FOLDER / "app_pages" / f"{name}.py",
            title=title,
            icon=icon,
            url_path=name,
            default=name == "overview",
            visibility="visible" if person and policy.may(person, name) else "hidden",
        )
        for name, title, icon in PAGES
    ] + _unknown_page()


def _unknown_page() -> list[st.Page]:
    """A page for an address that nobody registered: Streamlit's own answer is an English box that blocks everything."""
    address: object = st.context.url
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2] if isinstance(address, str) else ""
    if not _ADDRESS.fullmatch(last) or last in {name for name, _, _ in PAGES}:
        return []
    return [st.Page(show_unknown_page, title="没有这个页面", url_path=last, visibility="hidden")]


def _show_person(person: Person, policy: Policy) -> None:
    """Who is signed in, and the way out."""
    role = policy.role_of(person)
    with st.sidebar:
        st.markdown(f"**{person.display_name}**")
        st.caption(role.name if role else "")
        st.button("退出登录", key="sign_out", on_click=sign_out, icon=":material/logout:", width="stretch")


main()
