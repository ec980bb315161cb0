"""Alarms from raised to closed, by kind, and where they come again. Not here: counting (services/alarm.py)."""

from datetime import date

import streamlit as st

from dashboards.components.charts import show_bars
from dashboards.components.desk import Desk
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services import alarm
from dashboards.services.language import say
from dashboards.services.place import Place, Places

_FUNNEL = texts(step="环节") + numbers(
    alarm_count="告警", share="占产生", median="距上一环节中位（分）", slow="距上一环节90%（分）"
)
_KINDS = texts(kind="告警类型") + numbers(alarm_count="告警", closed="已结", overdue="超时", repeats="重复")
_KINDS += numbers(false_rate="误报率", median="到场中位（分）", slow="到场90%（分）")
_REPEATED = (
    texts(place="位置", building="楼栋", kind="告警类型") + numbers(alarms="次数", false_rate="误报占比") + texts(last="最近一次")
)


def show_alarms(desk: Desk, place: Place, places: Places, since: date) -> None:
    """The funnel with its times, the kinds, the places."""
    st.subheader(say("告警与处置"), anchor=False)
    kinds = alarm.load_kinds(desk.reader, place, since)
    if kinds.is_empty():
        st.caption(say("这一时段没有告警。"))
        return
    grid = st.grid(2, min_column_width=340)
    funnel = alarm.load_funnel(desk.reader, place, since)
    with grid.cell():
        show_bars(funnel, "step", "alarm_count", "需处置告警到达各环节（条）")
    with grid.cell():
        show_bars(kinds, "kind", "alarm_count", "告警数（条）")
    show_table("告警处置环节", _FUNNEL, funnel, empty="没有需要处置的告警。")
    show_table("告警与处置", _KINDS, kinds)
    if desk.reader.may_list:
        st.subheader(say("重复告警地点"), anchor=False)
        repeated = alarm.load_repeated(desk.reader, place, places, since)
        show_table("重复告警地点", _REPEATED, repeated, empty="没有重复告警的地点。")
        st.caption(say("同一楼栋同类告警两次及以上，次数多者在前，最多 {most} 处。", most=alarm.MOST_PLACES))
