"""设备: which fleets are online, which devices are silent and since when, what they raised and how fast somebody came."""

import streamlit as st

from dashboards.components.cards import show_figures
from dashboards.components.charts import show_bars, show_days
from dashboards.components.desk import Desk
from dashboards.components.filters import choose, choose_committee, choose_one
from dashboards.components.guard import show_page
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services import device
from dashboards.services.place import Places, load_places

FLEET = numbers(due="在用", online="在线", offline="离线", fault="故障", rate="在线率")


def body(desk: Desk) -> None:
    """Fleets, then the silent ones, then alarms."""
    places = load_places(desk.reader, desk.purpose)
    grid = st.grid(2, min_column_width=200)
    with grid.cell():
        place = choose_committee(places)
    with grid.cell():
        days = choose_one("统计时段", "days", device.WINDOWS)
    states = device.load_states(desk.reader, place.committee)
    if states.is_empty():
        st.info("这一范围还没有接入设备。", icon=":material/sensors_off:")
        return
    types, since = device.by_type(states), device.window_start(desk.as_of, int(days))
    show_figures(device.sum_up(types))
    st.subheader("在线率", anchor=False)
    fleets = st.grid(2, min_column_width=340)
    with fleets.cell():
        show_bars(types, "name", "online_rate", "当前在线率（按类型）", is_share=True)
        show_table("各类设备在线率", texts(name="类型") + FLEET, device.rate_texts(types))
    with fleets.cell():
        online = device.load_online_days(desk.reader, place.committee, since)
        show_days(online, "online_rate", "心跳在线率（按日）")
        show_table(
            "各居委设备在线率", texts(name="居委") + FLEET, device.rate_texts(device.by_committee(states, places.committees))
        )
    show_silent(desk, places, place.committee, dict(zip(types["type"], types["name"], strict=True)))
    st.subheader("告警与处置", anchor=False)
    alarms = device.load_alarms(desk.reader, place.committee, since)
    columns = texts(kind="告警类型") + numbers(alarm_count="告警", closed="已结", overdue="超时", repeats="重复")
    columns += numbers(false_rate="误报率", median="到场中位（分）", slow="到场90%（分）")
    if not alarms.is_empty():
        show_bars(alarms, "kind", "alarm_count", "告警数（条）")
    show_table("告警与处置", columns, alarms, empty="这一时段没有告警。")


def show_silent(desk: Desk, places: Places, committee: str, types: dict[str, str]) -> None:
    """The list to go by, for roles that see lists."""
    st.subheader("离线与故障设备", anchor=False)
    if not desk.reader.may_list:
        st.caption("您的角色只能查看统计数字，不能查看明细名单。")
        return
    with st.container(width=320):
        kind = choose("设备类型", "type", types, whole="全部类型")
    columns = numbers(lasting="已持续") + texts(type="类型", state="状态", place="位置", last_seen="最后上报", device="设备编号")
    show_table(
        "离线与故障设备",
        columns,
        device.load_silent(desk.reader, places, (committee, kind), desk.made_at),
        empty="没有离线或故障的设备。",
    )
    st.caption(f"按时长由长到短，最多列出 {device.LONGEST_LIST} 台；时长计算到本版数据生成时。")


show_page("device", "设备", body)
