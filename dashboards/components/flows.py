"""How full the bays are and how busy the gates, by hour. Not here: counting (services/flow.py)."""

from datetime import date

import streamlit as st

from dashboards.components.charts import show_hours
from dashboards.components.desk import Desk
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services import flow
from dashboards.services.language import say
from dashboards.services.place import Place, Places

_BAY_HOURS = texts(hour="时段") + numbers(shown="占用率", arrivals="日均驶入", departures="日均驶离")
_BAY_ESTATES = texts(name="小区") + numbers(rate="占用率", bays="车位（个）", arrivals="日均驶入")
_GATE_HOURS = texts(hour="时段") + numbers(passes="日均通行", denials="日均拒绝")
_GATE_ESTATES = texts(name="小区") + numbers(passes="通行", denials="拒绝", refused="拒绝占比")


def show_flows(desk: Desk, place: Place, places: Places, since: date) -> None:
    """Bays, then gates."""
    st.subheader(say("停车位分时占用"), anchor=False)
    hours = flow.load_parking_hours(desk.reader, place, since)
    if hours.is_empty():
        st.caption(say("这一时段没有停车位数据。"))
    else:
        grid = st.grid(2, min_column_width=340)
        with grid.cell():
            show_hours(hours, "rate", "占用率（按小时）", is_share=True)
            estates = flow.load_parking_estates(desk.reader, place, places, since)
            show_table("各小区停车位占用", _BAY_ESTATES, estates)
        with grid.cell():
            show_table("停车位分时占用", _BAY_HOURS, hours)
        st.caption(say("按时间加权：占用时长 ÷ 状态已知时长；只含装有地磁且落到小区的车位。"))
    st.subheader(say("门禁分时通行"), anchor=False)
    gates = flow.load_gate_hours(desk.reader, place, since)
    if gates.is_empty():
        st.caption(say("这一时段没有门禁数据。"))
        return
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        show_hours(gates, "mean", "日均通行（次）")
        show_table("各小区门禁通行", _GATE_ESTATES, flow.load_gate_estates(desk.reader, place, places, since))
    with grid.cell():
        show_table("门禁分时通行", _GATE_HOURS, gates)
    st.caption(say("通行只按门禁和小时留存次数，不留存任何人的通行记录。"))
