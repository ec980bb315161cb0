"""人口: who lives here and who is registered here, ages and sexes, and every committee or estate beside the others."""

import streamlit as st

from dashboards.components.board import show_areas, show_board
from dashboards.components.charts import show_pyramid
from dashboards.components.desk import Desk
from dashboards.components.filters import choose_one, choose_place
from dashboards.components.guard import show_page
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services import population
from dashboards.services.language import say
from dashboards.services.place import Place, load_places

UNKNOWN = "年龄按出生年份计算。另有 {people} 人出生年份或性别未知，未列入。"
UNKNOWN_AT_LEAST = "年龄按出生年份计算。另有不少于 {people} 人出生年份或性别未知，未列入。"


def body(desk: Desk) -> None:
    """Filters, figures, pyramid, table."""
    places = load_places(desk.reader, desk.purpose)
    place = choose_place(places)
    show_board(desk, place, places, "population")
    show_people(desk, place)
    show_areas(desk, place, places, "population")


def show_people(desk: Desk, place: Place) -> None:
    """The pyramid, the same as a table, and how many are not in it."""
    st.subheader(say("年龄与性别"), anchor=False)
    scope = choose_one("人口口径", "scope", population.SCOPES)
    pyramid = population.load_pyramid(desk.reader, place, scope, desk.as_of.year)
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        show_pyramid(pyramid)
    with grid.cell():
        columns = texts(age_band="年龄") + numbers(men="男", women="女")
        show_table("各年龄段男女人数", columns, population.by_band(pyramid))
        unknown, is_withheld = population.load_unknown(desk.reader, place, scope, desk.as_of.year)
        st.caption(say(UNKNOWN_AT_LEAST if is_withheld else UNKNOWN, people=f"{unknown:,}"))
        if pyramid["is_withheld"].any():
            st.caption(say("少于10人的年龄组按您的权限不显示。"))


show_page("population", "人口", body)
