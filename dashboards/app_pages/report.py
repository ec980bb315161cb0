"""报表中心: the monthly report, the ledgers and the list to fill in, for one's own area, as workbook or PDF."""

import streamlit as st

from dashboards.access.session import home_folder
from dashboards.components.desk import Desk
from dashboards.components.filters import choose, choose_one
from dashboards.components.guard import show_page
from dashboards.components.markup import Column, show_table, texts
from dashboards.components.take_away import show_made, try_to
from dashboards.services import report
from dashboards.services.language import say
from dashboards.services.place import Places, load_places
from dashboards.services.report import Asked

REPORTS = [*texts(name="报表"), Column("holds", "内容", "long"), *texts(forms="格式")]
MADE = "report_made"  # the file that was made last in this session


def body(desk: Desk) -> None:
    """Choose, have it made, take it away."""
    reports = report.reports_of(desk.reader)
    if not reports:
        st.info(say("您的角色没有可导出的报表。"), icon=":material/inbox:")
        return
    places = load_places(desk.reader, desk.purpose)
    st.caption(say("报表按官方版式制作，数字与页面一致，姓名一律脱敏。每次制作均记入审计日志，并标注您的姓名和时间。"))
    asked = ask(desk, reports, places)
    if st.button(say("生成"), key="make_report", type="primary", icon=":material/summarize:"):
        st.session_state.pop(MADE, None)
        home = home_folder()
        with st.spinner(say("正在生成……")):
            made = try_to(lambda: report.make_report(desk.reader, home, places, asked)) if home else None
        if made:
            st.session_state[MADE] = (asked, desk.version.name, made)
    found = st.session_state.get(MADE)
    if found and found[:2] == (asked, desk.version.name):
        show_made(found[2], "report_file")
    st.subheader(say("可生成的报表"), anchor=False)
    show_table("可生成的报表", REPORTS, report.report_rows(desk.reader))


def ask(desk: Desk, reports: dict[str, str], places: Places) -> Asked:
    """What, where, of when, in which form."""
    grid = st.grid(3, min_column_width=220)
    with grid.cell():
        item = choose("报表", "item", {code: say(name) for code, name in reports.items()})
    with grid.cell():
        area = choose("范围", "area", report.areas_of(desk.reader, places))
    with grid.cell():
        months = report.months_of(desk.reader) if item == report.MONTHLY else {}
        month = choose("月份", "month", months) if months else ""
    return Asked(item, area, month, choose_one("格式", "form", report.forms_of(item)))


show_page("report", "报表中心", body)
