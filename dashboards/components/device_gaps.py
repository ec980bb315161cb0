"""What is not covered: dwellings without a smoke detector, and sets that lack a member, by entrance and stairwell.

Not here: counting (services/coverage.py).
"""

import polars as pl
import streamlit as st

from dashboards.components.charts import show_bars
from dashboards.components.desk import Desk
from dashboards.components.filters import choose
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services import coverage
from dashboards.services.language import say
from dashboards.services.place import Place, Places

_SMOKE = texts(name="小区") + numbers(missing="未装烟感（套）", dwellings="房屋（套）", equipped="已装（套）", share="覆盖率")
_MEMBERS = texts(set="配置", type="设备") + numbers(share="配置率", missing="缺（台）", wanted="应配（台）", present="已配（台）")
_MEMBERS += numbers(places="有缺口（处）") + texts(level="范围")
_PLACES = texts(place="位置", building="楼栋", unit="单元", type="设备") + numbers(missing="缺（台）", wanted="应配（台）")


def show_gaps(desk: Desk, place: Place, places: Places) -> None:
    """Sets first by member, then place by place; smoke detectors by estate."""
    st.subheader(say("配置缺口"), anchor=False)
    members = coverage.load_members(desk.reader, place)
    if members.is_empty():
        st.caption(say("没有需要配置的楼栋。"))
    else:
        _show_sets(desk, place, places, members)
    st.subheader(say("烟感覆盖缺口"), anchor=False)
    if not desk.reader.may_list:
        st.caption(say("您的角色只能查看统计数字，不能查看明细名单。"))
        return
    gaps = coverage.load_smoke(desk.reader, place, places)
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        if not gaps.is_empty():
            show_bars(gaps.head(coverage.MOST_BARS), "name", "missing", "未装烟感（套）")
    with grid.cell():
        show_table("烟感覆盖缺口", _SMOKE, gaps, empty="没有房屋。")


def _show_sets(desk: Desk, place: Place, places: Places, members: pl.DataFrame) -> None:
    show_bars(members, "label", "rate", "配置率", is_share=True)
    show_table("配置缺口", _MEMBERS, members)
    if not desk.reader.may_list:
        return
    with st.container(width=360):
        chosen = choose("配置", "set", coverage.set_names(members))
    rows = coverage.load_places_lacking(desk.reader, places, place, chosen)
    show_table("缺口明细", _PLACES, rows, empty="没有缺口。")
    st.caption(say("缺得多者在前，最多列出 {most} 处。", most=coverage.MOST_PLACES))
