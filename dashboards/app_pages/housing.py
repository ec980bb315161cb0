"""房屋: how many homes, vacant, let, suspected; by tenure and use; every committee or estate beside the others."""

import streamlit as st

from dashboards.components.board import show_areas, show_board
from dashboards.components.charts import show_stacked
from dashboards.components.desk import Desk
from dashboards.components.filters import choose_place
from dashboards.components.guard import show_page
from dashboards.components.markup import Column, show_table, texts
from dashboards.services import housing
from dashboards.services.language import say
from dashboards.services.place import Place, load_places


def body(desk: Desk) -> None:
    """Figures, homes by tenure and use, table."""
    places = load_places(desk.reader, desk.purpose)
    place = choose_place(places)
    show_board(desk, place, places, "housing")
    show_homes(desk, place)
    show_areas(desk, place, places, "housing")


def show_homes(desk: Desk, place: Place) -> None:
    """Tenure by use, drawn and as a table."""
    st.subheader(say("产权与居住状况"), anchor=False)
    homes = housing.load_dwellings(desk.reader, place)
    if homes.is_empty():
        st.caption(say("这一范围没有房屋。"))
        return
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        show_stacked(homes, ("tenure", "occupancy"), "dwelling_count", "房屋套数")
    with grid.cell():
        wide = housing.across_occupancies(homes)
        columns = texts(tenure="产权性质") + [Column(name, name, "number") for name in wide.columns[1:]]
        show_table("房屋按产权与居住状况（套）", columns, wide)


show_page("housing", "房屋", body)
