"""Which devices are online, by type, day and place, and which are silent since when. Not here: counting (services/device.py)."""

from datetime import date

import polars as pl
import streamlit as st

from dashboards.components.charts import show_bars, show_days
from dashboards.components.desk import Desk
from dashboards.components.filters import choose
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services import board, device
from dashboards.services.language import say
from dashboards.services.place import Place, Places
from dashboards.services.text import day, percent

_FLEET = numbers(rate="在线率", due="在用", online="在线", offline="离线", fault="故障")
_SILENT = numbers(lasting="已持续") + texts(type="类型", state="状态", place="位置", last_seen="最后上报", device="设备编号")


def show_fleets(desk: Desk, place: Place, places: Places, since: date) -> None:
    """Online rates by type, by day, and by committee or estate."""
    st.subheader(say("在线率"), anchor=False)
    states = device.load_states(desk.reader, place)
    if states.is_empty():
        st.info(say("这一范围还没有接入设备。"), icon=":material/sensors_off:")
        return
    types, level = device.load_types(desk.reader, place), place.parts_level
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        show_bars(types, "name", "online_rate", "当前在线率（按类型）", is_share=True)
        show_table("各类设备在线率", texts(name="类型") + _FLEET, types)
    with grid.cell():
        show_online_days(device.load_online_days(desk.reader, place, since))
        areas = device.load_areas(desk.reader, place, board.names_of_parts(place, places))
        show_table("各地设备在线率", texts(name="小区" if level == "estate" else "居委") + _FLEET, areas)


def show_online_days(days: pl.DataFrame) -> None:
    """The line, which needs two days; the only one is told in words."""
    if days.height > 1:
        show_days(days, "online_rate", "心跳在线率（按日）")
    elif days.height:
        told, rate = days.row(0)
        st.caption(say("只有 {day} 一天的记录，在线率 {rate}，尚无逐日走势。", day=day(told), rate=percent(rate)))
    else:
        st.caption(say("没有心跳记录。"))


def show_silent(desk: Desk, place: Place, places: Places) -> None:
    """The list to go by, for roles that see lists."""
    st.subheader(say("离线与故障设备"), anchor=False)
    if not desk.reader.may_list:
        st.caption(say("您的角色只能查看统计数字，不能查看明细名单。"))
        return
    with st.container(width=360):
        kind = choose("设备类型", "type", device.type_names(desk.reader), whole="全部类型")
    silent = device.load_silent(desk.reader, places, (place, kind), device.told_until(desk.as_of, desk.made_at))
    show_table("离线与故障设备", _SILENT, silent, empty="没有离线或故障的设备。")
    told = "按时长由长到短，最多列出 {most} 台；时长计算到数据截至日终，当日数据计算到生成时。"
    st.caption(say(told, most=device.LONGEST_LIST))
