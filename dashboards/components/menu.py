"""The pages and who finds which of them in the menu. Not here: drawing one (app.py), what a page shows (app_pages/).

Kept in a module of its own, since Streamlit runs the router's file anew at every click and would forget what was made once.
"""

import re
from copy import copy
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from dashboards.access.person import Person
from dashboards.access.policy import Policy
from dashboards.components.failure import show_unknown_page
from dashboards.services.language import is_english, say

FOLDER = Path(__file__).resolve().parents[1]
HOME = "overview"  # its address is the server's own; server/application.py leads there from its name
_ADDRESS = re.compile(r"[A-Za-z0-9_-]{1,64}")
# File name, which is also the policy's purpose and the address; title; icon.
PAGES = (
    ("overview", "街道总览", ":material/dashboard:"),
    ("population", "人口", ":material/groups:"),
    ("housing", "房屋", ":material/home_work:"),
    ("welfare", "养老与民政", ":material/elderly:"),
    ("device", "设备与告警", ":material/sensors:"),
    ("quality", "数据质量", ":material/fact_check:"),
    ("catalogue", "指标口径", ":material/menu_book:"),
    ("report", "报表中心", ":material/summarize:"),
    ("returned", "数据返还", ":material/assignment_return:"),
    ("search", "找人", ":material/person_search:"),
    ("building", "人房图", ":material/apartment:"),
    ("task_work", "任务办理", ":material/task_alt:"),
    ("review", "匹配复核", ":material/join_inner:"),
    ("audit", "审计", ":material/policy:"),
)
# Pages of one person or dwelling: reached by links, never in the menu.
RECORDS = (("resident", "人员档案"), ("dwelling", "房屋档案"))


def pages_of(person: Person | None, policy: Policy) -> list[st.Page]:
    """The pages in order; those the person may not open are not in the menu. One's own copies: a run marks the one it shows."""
    visible = frozenset(name for name, _, _ in PAGES if person and policy.may(person, name))
    return [copy(page) for page in _made(visible, is_english=is_english())] + _unknown_page()


@cache
def _made(visible: frozenset[str], *, is_english: bool) -> list[st.Page]:
    """Made once a menu and language, since each asks the disk for its file; at most twice as many as there are roles."""
    del is_english  # `say` speaks it
    return [
        st.Page(
            FOLDER / "app_pages" / f"{name}.py",
            title=say(title),
            icon=icon,
            url_path=name,
            default=name == HOME,
            visibility="visible" if name in visible else "hidden",
        )
        for name, title, icon in PAGES
    ] + _record_pages()


def _record_pages() -> list[st.Page]:
    return [
        st.Page(FOLDER / "app_pages" / f"{name}.py", title=say(title), url_path=name, visibility="hidden")
        for name, title in RECORDS
    ]


def _unknown_page() -> list[st.Page]:
    """A page for an address that nobody registered: Streamlit's own answer is an English box that blocks everything."""
    address: object = st.context.url
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2] if isinstance(address, str) else ""
    if not _ADDRESS.fullmatch(last) or last in {page[0] for page in (*PAGES, *RECORDS)}:
        return []
    return [st.Page(show_unknown_page, title=say("没有这个页面"), url_path=last, visibility="hidden")]
