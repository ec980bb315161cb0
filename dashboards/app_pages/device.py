"""设备与告警: which fleets are online, which devices are silent and since when, what is not covered, what was raised."""

from datetime import date

import streamlit as st

from dashboards.components.alarms import show_alarms
from dashboards.components.board import show_areas, show_board
from dashboards.components.charts import show_bars, show_days
from dashboards.components.desk import Desk
from dashboards.components.filters import choose, choose_one, choose_place
from dashboards.components.guard import show_page
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services import board, device
from dashboards.services.language import say
from dashboards.services.place import Place, Places, load_places

FLEET = numbers(due="在用", online="在线", offline="离线", fault="故障", rate="在线率")
SILENT = numbers(lasting="已持续") + texts(type="类型", state="状态", place="位置", last_seen="最后上报", device="设备编号")
GAPS = texts(name="小区") + numbers(missing="未装烟感（套）", dwellings="房屋（套）", equipped="已装（套）", share="覆盖率")


def body(desk: Desk) -> None:
    """Figures, fleets, the silent ones, gaps, then alarms."""
    places = load_places(desk.reader, desk.purpose)
    place = choose_place(places)
    show_board(desk, place, places, "device")
    days = choose_one("统计时段", "days", device.WINDOWS)
    since = device.window_start(desk.as_of, int(days))
    show_fleets(desk, place, places, since)
    show_lists(desk, place, places)
    show_alarms(desk, place, places, since)
    show_areas(desk, place, places, "device")


def show_fleets(desk: Desk, place: Place, places: Places, since: date) -> None:
    """Online rates by type, by day, and by committee or estate."""
    st.subheader(say("在线率"), anchor=False)
    states = device.load_states(desk.reader, place)
    if states.is_empty():
        st.info(say("这一范围还没有接入设备。"), icon=":material/sensors_off:")
        return
    types, level = device.by_type(states), place.parts_level
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        show_bars(types, "name", "online_rate", "当前在线率（按类型）", is_share=True)
        show_table("各类设备在线率", texts(name="类型") + FLEET, types)
    with grid.cell():
        show_days(device.load_online_days(desk.reader, place.committee, since), "online_rate", "心跳在线率（按日）")
        areas = device.by_area(states, level, board.names_of_parts(place, places))
        show_table("各地设备在线率", texts(name="小区" if level == "estate" else "居委") + FLEET, areas)


def show_lists(desk: Desk, place: Place, places: Places) -> None:
    """The lists to go by, for roles that see lists."""
    st.subheader(say("离线与故障设备"), anchor=False)
    if not desk.reader.may_list:
        st.caption(say("您的角色只能查看统计数字，不能查看明细名单。"))
        return
    with st.container(width=360):
        kind = choose("设备类型", "type", device.type_names(desk.reader), whole="全部类型")
    silent = device.load_silent(desk.reader, places, (place, kind), desk.made_at)
    show_table("离线与故障设备", SILENT, silent, empty="没有离线或故障的设备。")
    st.caption(say("按时长由长到短，最多列出 {most} 台；时长计算到本版数据生成时。", most=device.LONGEST_LIST))
    st.subheader(say("烟感覆盖缺口"), anchor=False)
    show_table("烟感覆盖缺口", GAPS, device.load_gaps(desk.reader, place, places), empty="没有房屋。")


show_page("device", "设备与告警", body)
