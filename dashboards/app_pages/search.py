"""找人: one box for name, number, phone or address; every search is written down, everything found is masked."""

import streamlit as st

from dashboards.access.session import home_folder
from dashboards.components.desk import Desk
from dashboards.components.guard import show_page
from dashboards.components.link import link_to
from dashboards.services import search
from dashboards.services.language import say, signed

FOUND = "search_found"  # masked lines of the last search, for coming back to; the typed text is not kept


def body(desk: Desk) -> None:
    """Ask, then list."""
    st.caption(
        say("可输入姓名（汉字、拼音或首字母）、证件号码、手机号（或后四位以上）、地址。检索均记入审计日志，结果一律脱敏。")
    )
    with st.form("search", enter_to_submit=True, border=False):
        text = st.text_input(
            say("检索内容"),
            key="search_text",
            placeholder=say("如：zhangwei、牡丹路12弄3号502"),
            autocomplete="off",
            max_chars=60,
        )
        is_sent = st.form_submit_button(say("检索"), type="primary", icon=":material/search:")
    if is_sent:
        st.session_state[FOUND] = (desk.version.name, *look(desk, text)) if text.strip() else None
    found = st.session_state.get(FOUND)
    if not found or found[0] != desk.version.name:
        return
    _, people, places, is_short = found
    if is_short:
        st.caption(say(search.SHORT))
        return
    show("人员", "resident", people)
    show("房屋", "dwelling", places)


def look(desk: Desk, text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]], bool]:
    """People and dwellings that fit, and whether the text was too short to search for."""
    home = home_folder()
    if home is None or search.is_short(text):
        return [], [], True
    people = [] if search.is_place(text) else search.find(desk.reader, home, text).rows()
    places = search.find_places(desk.reader, home, text).rows() if search.may_be_place(text) else []
    return people, places, False


def show(title: str, page: str, found: list[tuple[str, str]]) -> None:
    """Links to what was found, at most as many as one search shows."""
    st.subheader(signed(f"{say(title)}（{min(len(found), search.MOST)}）"), anchor=False)
    if not found:
        st.caption(say("没有找到。"))
        return
    if len(found) > search.MOST:
        st.warning(
            say("符合条件的超过 {most} 条，只显示前 {most} 条，请把条件写得更具体。", most=search.MOST),
            icon=":material/filter_alt:",
        )
    with st.container(gap=None):
        for key, shown in found[: search.MOST]:
            link_to(page, shown, **{page: key})


show_page("search", "找人", body)
