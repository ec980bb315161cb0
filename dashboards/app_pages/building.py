"""人房图: a building by units, floors and rooms; who lives in which, one click further."""

import streamlit as st

from dashboards.components.desk import Desk
from dashboards.components.filters import choose, choose_committee
from dashboards.components.guard import show_page
from dashboards.components.link import link_to
from dashboards.components.markup import numbers, show_table, texts
from dashboards.components.record import asked_for, show_facts, show_nothing
from dashboards.services import floors
from dashboards.services.language import say
from dashboards.services.place import load_places


def body(desk: Desk) -> None:
    """The building of the address, or one that is chosen."""
    building = asked_for("building")
    if building:
        link_to("building", say("选择其他楼栋"), ":material/arrow_back:")
    else:
        building = choose_building(desk)
    if not building:
        st.info(say("请选择小区和楼栋。"), icon=":material/apartment:")
        return
    facts = floors.building_facts(desk.reader, building)
    if not facts:
        show_nothing("栋楼")
        return
    show_facts("楼栋情况", facts)
    show_floors(desk, building)


def choose_building(desk: Desk) -> str:
    """Committee, estate, building."""
    places = load_places(desk.reader, desk.purpose)
    grid = st.grid(3, min_column_width=200)
    with grid.cell():
        place = choose_committee(places)
    with grid.cell():
        estate = choose("小区", "estate", places.estates_of(place.committee), whole="请选择小区")
    with grid.cell():
        names = floors.building_names(desk.reader, estate) if estate else {}
        return choose("楼栋", "house", names, whole="请选择楼栋")


def show_floors(desk: Desk, building: str) -> None:
    """Every floor from the top; each room leads to its dwelling."""
    units = floors.load_floors(desk.reader, building)
    if not units:
        st.caption(say("这栋楼没有房屋。"))
        return
    for unit, listed in units.items():
        if unit:
            st.subheader(unit, anchor=False)
        for floor in listed:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.text(floor.name, width=52)
                for room in floor.rooms:
                    link_to("dwelling", room.shown, dwelling=room.dwelling_id)
    with st.expander(say("查看数据表")):
        columns = texts(unit="单元", floor="楼层") + numbers(rooms="房屋（套）", people="居住（人）")
        show_table("各层房屋与人数", columns, floors.floor_table(units))


show_page("building", "人房图", body)
