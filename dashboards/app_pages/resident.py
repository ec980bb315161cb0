"""人员档案: one person as all sources tell of them, and why these records are one person."""

import streamlit as st

from dashboards.access.session import home_folder
from dashboards.components.desk import Desk
from dashboards.components.guard import show_page
from dashboards.components.link import link_to
from dashboards.components.markup import Column, numbers, texts
from dashboards.components.record import asked_for, show_facts, show_nothing, show_part
from dashboards.services import record
from dashboards.services.language import say


def body(desk: Desk) -> None:
    """Head, plain values on asking, then what there is."""
    who = asked_for("resident")
    facts = record.person_facts(desk.reader, who) if who else []
    if not facts:
        show_nothing("份人员档案")
        return
    show_facts("基本情况", facts)
    dwelling = record.person_home(desk.reader, who)
    if dwelling:
        link_to("dwelling", say("查看现居住房屋"), ":material/home:", dwelling=dwelling)
    if desk.reader.may("unmask"):
        show_unmask(desk, who)
    if desk.reader.may("care"):
        columns = texts(tag="标签", period="有效期", source="来源")
        show_part("照护标签", columns, record.tag_rows(desk.reader, who), "没有照护标签。")
    st.subheader(say("同户人员与亲属"), anchor=False)
    people = [*record.housemates(desk.reader, who), *record.relatives(desk.reader, who)]
    for other, line in people:
        link_to("resident", line, ":material/person:", resident=other)
    if not people:
        st.caption(say("没有登记同户人员或亲属。"))
    columns = [Column("why", "为何是同一人", "long"), *texts(strength="把握", source="来源", role="身份", updated="来源更新")]
    columns += texts(linked_at="归并时间", key="来源记录号")
    show_part("来源记录", columns, record.source_rows(desk.reader, who), "没有来源记录。")
    st.caption(say("同一人的记录按证件、姓名、出生日期、电话、住处逐条比对归并；只有证据足以排除巧合时才归为一人。"))
    columns = texts(attribute="项目", source="采用的来源", updated="来源更新", agreement="一致性")
    show_part("信息采用情况", columns, record.attribute_rows(desk.reader, who), "没有信息。")
    columns = texts(kind="类别", address="地址", period="期间", evidence="依据") + numbers(confidence="可信度")
    show_part("居住与户籍经历", columns, record.stay_rows(desk.reader, who), "没有居住或户籍记录。")
    columns = texts(kind="类别", address="房屋", share="份额", period="期间")
    show_part("产权与租赁", columns, record.homes_of(desk.reader, who), "没有产权或租赁记录。")
    columns = [*texts(kind_name="任务", state="状态", due="期限"), Column("reason", "说明", "long")]
    show_part("核查任务", columns, record.tasks_of(desk.reader, who), "没有核查任务。")


def show_unmask(desk: Desk, who: str) -> None:
    """Asks for a reason; what is shown stays until the next click only."""
    with st.expander(say("查看明文（须填写事由，记入审计日志）"), icon=":material/visibility:"), st.form("unmask", border=False):
        reason = st.text_input(
            say("事由"), key="unmask_reason", placeholder=say("如：上门探访前核对联系电话"), max_chars=100, autocomplete="off"
        )
        is_sent = st.form_submit_button(say("查看此人明文"))
        if not is_sent:
            return
        problem = record.reason_problem(reason)
        home = home_folder()
        if problem or home is None:
            st.warning(problem or say("服务未配置数据目录。"))
            return
        show_facts("明文信息", record.show_plain(desk.reader, home, who, reason.strip()))
        st.caption(say("已记入审计日志。请勿截图、转发；离开或点击其他内容后自动隐藏。"))


show_page("resident", "人员档案", body)
