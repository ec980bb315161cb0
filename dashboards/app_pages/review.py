"""匹配复核: two records side by side, why they may be one person, and one's verdict; it binds from the next run on."""

import streamlit as st

from dashboards.access.session import home_folder
from dashboards.components.answer import show_answer
from dashboards.components.desk import Desk
from dashboards.components.guard import show_page
from dashboards.components.link import link_to
from dashboards.components.record import show_facts
from dashboards.services import desk_work
from dashboards.services.desk_work import Pair, Side
from dashboards.services.language import say

AT_ONCE = 5


def body(desk: Desk) -> None:
    """How many wait, then the first few."""
    home = home_folder()
    pairs = desk_work.load_pairs(desk.reader, home) if home else []
    if not pairs:
        st.info(say("没有待复核的记录对。"), icon=":material/done_all:")
        return
    waiting = [pair for pair in pairs if not pair.answered]
    told = "待复核 **{open}** 对，已答复待生效 **{done}** 对。按影响的统计指标数由多到少排列。"
    st.markdown(say(told, open=len(waiting), done=len(pairs) - len(waiting)))
    st.caption(say("判为同一人或不是同一人的，下次运行起生效；拿不准请选“以后再判”，不影响归并。"))
    pages = -(-len(pairs) // AT_ONCE)
    page = st.number_input(say("第几页"), 1, pages, key="review_page", bind="query-params") if pages > 1 else 1
    for pair in pairs[(page - 1) * AT_ONCE : page * AT_ONCE]:
        with st.container(border=True):
            show_pair(desk, pair)


def show_pair(desk: Desk, pair: Pair) -> None:
    """Both sides, the reasons, the form."""
    grid = st.grid(2, min_column_width=280)
    for side in (pair.left, pair.right):
        with grid.cell():
            show_side(desk, side)
    for reason in pair.reasons:
        if reason.is_against:
            st.warning(reason.text, icon=":material/block:")
        else:
            st.text(reason.text, width="stretch")
    st.caption(say("若判为同一人，约有 {reports} 项统计数字会变化。", reports=pair.reports))
    show_answer(desk, "decision", pair.review_id, pair.answered, can_undo=pair.can_undo, mends={})


def show_side(desk: Desk, side: Side) -> None:
    """One record, masked, with a link to the person it is counted to now."""
    st.markdown(f"**{side.title}**")
    show_facts(side.title, side.facts)
    if side.resident_id and desk.reader.may("resident"):
        link_to("resident", say("查看人员档案"), ":material/person:", resident=side.resident_id)


show_page("review", "匹配复核", body)
