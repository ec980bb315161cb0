"""任务办理: what to check on the spot, and what was found; the answer goes to the next run as the street's feedback."""

import streamlit as st

from dashboards.access.session import home_folder
from dashboards.components.answer import show_answer
from dashboards.components.desk import Desk
from dashboards.components.filters import choose, choose_committee
from dashboards.components.guard import show_page
from dashboards.components.link import link_to
from dashboards.components.record import show_facts
from dashboards.services import desk_work
from dashboards.services.language import say
from dashboards.services.place import load_places

AT_ONCE = 10


def body(desk: Desk) -> None:
    """Filters, then tasks, the most urgent first."""
    home = home_folder()
    places = load_places(desk.reader, desk.purpose)
    grid = st.grid(2, min_column_width=200)
    with grid.cell():
        place = choose_committee(places)
    with grid.cell():
        kind = choose("任务类别", "kind", desk_work.task_kinds(desk.reader, place.committee), whole="全部类别")
    tasks = desk_work.load_tasks(desk.reader, home, place.committee, kind, desk.as_of) if home else []
    if not tasks:
        st.info(say("没有待核查的任务。"), icon=":material/done_all:")
        return
    done = sum(1 for task in tasks if task.answered)
    st.markdown(
        say("待核查 **{open}** 件，已反馈待生效 **{done}** 件。按紧急程度和期限排列。", open=len(tasks) - done, done=done)
    )
    pages = -(-len(tasks) // AT_ONCE)
    page = st.number_input(say("第几页"), 1, pages, key="task_page", bind="query-params") if pages > 1 else 1
    for task in tasks[(page - 1) * AT_ONCE : page * AT_ONCE]:
        with st.expander(("✓ " if task.answered else "") + task.title.replace("*", "\\*")):
            show_facts(task.title, task.facts)
            if task.key and desk.reader.may(task.page):
                link_to(task.page, say("查看档案"), ":material/open_in_new:", **{task.page: task.key})
            mends = desk_work.corrections_of(task)
            show_answer(desk, "verdict", task.task_id, task.answered, can_undo=task.can_undo, mends=mends)


show_page("task_work", "任务办理", body)
