"""房屋档案: one dwelling, who lives there, who owns it, which devices and tasks it has."""

import streamlit as st

from dashboards.components.desk import Desk
from dashboards.components.guard import show_page
from dashboards.components.link import link_to
from dashboards.components.markup import Column, texts
from dashboards.components.record import asked_for, show_facts, show_nothing, show_part
from dashboards.services import record
from dashboards.services.language import say


def body(desk: Desk) -> None:
    """Head, people, claims, devices, tasks, sources."""
    home = asked_for("dwelling")
    facts = record.home_facts(desk.reader, home) if home else []
    if not facts:
        show_nothing("套房屋")
        return
    show_facts("基本情况", facts)
    building = record.home_building(desk.reader, home)
    if building and desk.reader.may("building"):
        link_to("building", say("查看所在楼栋的人房图"), ":material/apartment:", building=building)
    show_people(desk, home)
    columns = texts(kind="类别", who="姓名", share="份额", period="期间")
    show_part("产权与租赁", columns, record.home_claims(desk.reader, home), "没有产权或租赁记录。")
    columns = texts(type="设备", state="状态", last_seen="最后上报", device="设备编号")
    show_part("设备", columns, record.home_devices(desk.reader, home), "没有设备。")
    columns = [*texts(kind_name="任务", state="状态", due="期限"), Column("reason", "说明", "long")]
    show_part("核查任务", columns, record.home_tasks(desk.reader, home), "没有核查任务。")
    show_part("来源记录", texts(source="来源", key="来源记录号"), record.home_sources(desk.reader, home), "没有来源记录。")


def show_people(desk: Desk, home: str) -> None:
    """Who is there now, then who was; links for those who may open records of persons."""
    people = record.home_people(desk.reader, home)
    for title, is_now in (("现居住与户籍人员", True), ("以往人员", False)):
        lines = [(who, line) for who, line, is_current in people if is_current == is_now]
        st.subheader(say(title), anchor=False)
        for who, line in lines:
            if desk.reader.may("resident"):
                link_to("resident", line, ":material/person:", resident=who)
            else:
                st.text(line)
        if not lines:
            st.caption(say("没有记录。"))


show_page("dwelling", "房屋档案", body)
