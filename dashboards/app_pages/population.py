"""人口与房屋: ages and sexes, homes by tenure and use, and every committee or estate beside the others."""

import streamlit as st

from dashboards.components.cards import show_figures
from dashboards.components.charts import show_bars, show_pyramid, show_stacked
from dashboards.components.desk import Desk
from dashboards.components.filters import choose_committee, choose_estate, choose_one
from dashboards.components.guard import show_page
from dashboards.components.markup import Column, numbers, show_table, texts
from dashboards.services import population
from dashboards.services.place import Place, load_places

SCOPES = population.SCOPES


def body(desk: Desk) -> None:
    """Filters, figures, charts, table."""
    places = load_places(desk.reader, desk.purpose)
    grid = st.grid(3, min_column_width=200)
    with grid.cell():
        committee = choose_committee(places)
    with grid.cell():
        place = choose_estate(places, committee)
    with grid.cell():
        scope = choose_one("人口口径", "scope", SCOPES)
    show_figures(population.load_totals(desk.reader, place, scope, desk.as_of.year))
    charts = st.grid(2, min_column_width=340)
    with charts.cell():
        show_people(desk, place, scope)
    with charts.cell():
        show_homes(desk, place)
    areas = population.load_areas(desk.reader, place, places, scope, desk.as_of.year)
    noun = "小区" if place.parts_level == "estate" else "居委"
    st.subheader(f"各{noun}人口与房屋", anchor=False)
    show_bars(areas, "area_name", "person_count", f"{SCOPES[scope]}（人）")
    columns = texts(area_name=noun) + numbers(person_count=SCOPES[scope], elder_count="60岁及以上", migrant_count="户籍在外")
    columns += numbers(dwelling_count="房屋（套）", rented_count="出租", vacant_count="空置")
    show_table(f"各{noun}人口与房屋", columns, population.count_texts(areas))
    if desk.reader.may("care") and not place.estate:
        st.subheader("照护标签", anchor=False)
        tags = population.load_tags(desk.reader, place, desk.as_of.isoformat())
        show_table("照护标签人数", texts(tag="标签") + numbers(people="人数"), tags)


def show_people(desk: Desk, place: Place, scope: str) -> None:
    """The pyramid, and how many are not in it."""
    st.subheader("年龄与性别", anchor=False)
    pyramid = population.load_pyramid(desk.reader, place, scope, desk.as_of.year)
    show_pyramid(pyramid)
    unknown, is_withheld = population.load_unknown(desk.reader, place, scope, desk.as_of.year)
    st.caption(f"年龄按出生年份计算。另有{'不少于' if is_withheld else ''} {unknown:,} 人出生年份或性别未知，未列入。")
    if pyramid["is_withheld"].any():
        st.caption("少于10人的年龄组按您的权限不显示。")
    with st.expander("查看数据表"):
        show_table("各年龄段男女人数", texts(age_band="年龄") + numbers(men="男", women="女"), population.by_band(pyramid))


def show_homes(desk: Desk, place: Place) -> None:
    """Tenure by use, drawn and as a table."""
    st.subheader("产权与居住状况", anchor=False)
    homes = population.load_dwellings(desk.reader, place)
    if homes.is_empty():
        st.caption("这一范围没有房屋。")
        return
    show_stacked(homes, ("tenure", "occupancy"), "dwelling_count", "房屋套数")
    wide = population.across_occupancies(homes)
    show_table(
        "房屋按产权与居住状况（套）", texts(tenure="产权性质") + [Column(name, name, "number") for name in wide.columns[1:]], wide
    )


show_page("population", "人口与房屋", body)
