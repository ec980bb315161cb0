"""街道总览: at most twelve figures of the whole area, or of one committee, and how its parts compare."""

import polars as pl
import streamlit as st

from dashboards.components.cards import show_cards
from dashboards.components.charts import show_bars
from dashboards.components.desk import Desk
from dashboards.components.filters import choose, choose_committee
from dashboards.components.guard import show_page
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services.freshness import source_line
from dashboards.services.overview import card_codes, load_cards, load_definitions, load_ranking
from dashboards.services.place import Place, Places, load_places
from dashboards.services.text import measured


def body(desk: Desk) -> None:
    """Choose a place, see its cards, then its parts side by side."""
    places = load_places(desk.reader, desk.purpose)
    with st.container(width=320):
        place = choose_committee(places)
    level, code = ("committee", place.committee) if place.committee else ("street", desk.reader.person.area_code)
    cards = load_cards(desk.reader, level, code)
    if not cards:
        st.info("这一范围还没有可显示的指标。", icon=":material/inbox:")
        return
    show_cards(cards, source_line(desk.version))
    show_ranking(desk, place, places)


def show_ranking(desk: Desk, place: Place, places: Places) -> None:
    """Committees of the street, or estates of the committee, by one indicator."""
    is_street = place.parts_level == "committee"
    st.subheader("各居委对比" if is_street else "各小区对比", anchor=False)
    definitions = load_definitions(desk.reader)
    names = places.committees if is_street else places.estates_of(place.committee)
    with st.container(width=320):
        code = choose("指标", "indicator", {code: definitions[code].name for code in card_codes() if code in definitions})
    ranking = load_ranking(desk.reader, place.parts_level, code, names) if code else pl.DataFrame()
    if ranking.is_empty():
        st.caption("这一指标没有下一级的数值。")
        return
    definition = definitions[code]
    shown = [
        measured(value, definition.unit, is_withheld=hidden)
        for value, hidden in ranking.select("value", "is_suppressed").iter_rows()
    ]
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        show_bars(ranking, "area_name", "value", f"{definition.name}（{definition.unit}）")
    with grid.cell():
        columns = texts(rank="位次", area_name="名称") + numbers(shown=f"数值（{definition.unit}）")
        show_table(f"{definition.name}排名", columns, ranking.with_columns(pl.Series("shown", shown)))
        st.caption("按数值由高到低排列，仅供核对，不作考核。")


show_page("overview", "街道总览", body)
