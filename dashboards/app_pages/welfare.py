"""养老与民政: elders, those who live alone and how they are looked after, assistance, and whom a policy may be owed."""

import streamlit as st

from dashboards.components.board import show_areas, show_board
from dashboards.components.care_list import show_care_list
from dashboards.components.charts import show_bars
from dashboards.components.desk import Desk
from dashboards.components.filters import choose_place
from dashboards.components.guard import show_page
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services import welfare
from dashboards.services.language import say
from dashboards.services.place import Place, load_places

CANDIDATES = texts(benefit="政策", state="状态") + numbers(people="人数")


def body(desk: Desk) -> None:
    """Figures for all who may see the page; tags and candidates for those who look after people."""
    places = load_places(desk.reader, desk.purpose)
    place = choose_place(places)
    show_board(desk, place, places, "welfare")
    if desk.reader.may("care") and not place.estate:
        show_care(desk, place)
        show_care_list(desk, place)
    show_areas(desk, place, places, "welfare")


def show_care(desk: Desk, place: Place) -> None:
    """People by tag of care, and candidates by benefit."""
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        st.subheader(say("照护标签"), anchor=False)
        tags = welfare.load_tags(desk.reader, place, desk.as_of.isoformat())
        if not tags.is_empty():
            show_bars(tags, "tag", "person_count", "人数（人）")
        show_table("照护标签人数", texts(tag="标签") + numbers(people="人数"), tags, empty="没有照护标签。")
    with grid.cell():
        st.subheader(say("政策找人"), anchor=False)
        show_table("政策找人候选", CANDIDATES, welfare.load_candidates(desk.reader, place), empty="没有候选。")
        st.caption(say("候选为疑似应享未享，须经核实。"))


show_page("welfare", "养老与民政", body)
