"""审计: who signed in, searched, saw plain values, exported or decided; and whether the log is whole."""

import streamlit as st

from dashboards.access.session import home_folder
from dashboards.components.cards import show_figures
from dashboards.components.desk import Desk
from dashboards.components.filters import choose
from dashboards.components.guard import show_page
from dashboards.components.markup import Column, numbers, show_table, texts
from dashboards.services import audit
from dashboards.services.language import say


def body(desk: Desk) -> None:
    """Figures, the chain, users, lines."""
    del desk  # the log is of the house, not of a version
    home = home_folder()
    if home is None:
        return
    grid = st.grid(2, min_column_width=200)
    with grid.cell():
        action = choose("操作", "action", audit.actions(), whole="全部操作")
    with grid.cell():
        user = choose("账号", "user", audit.users(home), whole="全部账号")
    view = audit.load_audit(home, action, user)
    show_figures(view.figures)
    if view.problems:
        st.error(say("审计日志与其摘要不符，请立即保全现场并报告："), icon=":material/gpp_bad:")
        for problem in view.problems[:20]:
            st.text(problem)
    st.subheader(say("各账号使用情况"), anchor=False)
    columns = texts(user="账号") + numbers(searches="检索", unmasked="查看明文", exports="导出", refused="被拒绝")
    show_table("各账号使用情况", columns + texts(last="最近一次"), view.by_user, empty="还没有记录。")
    st.subheader(say("操作记录"), anchor=False)
    columns = [*texts(at="时间", user="账号", action="操作", outcome="结果"), Column("detail", "说明", "long")]
    show_table("操作记录", [*columns, *texts(sequence="序号")], view.lines, empty="没有符合条件的记录。")
    st.caption(say("按时间由新到旧，最多显示 {most} 条。检索内容只留带密钥的标记（mark），不留原文。", most=audit.MOST))


show_page("audit", "审计", body)
