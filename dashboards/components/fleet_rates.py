"""三率: three rates a fleet, ranked by estate and month. Not here: what they mean (the catalogue of indicators)."""

import polars as pl
import streamlit as st

from dashboards.components.charts import show_bars, show_trend
from dashboards.components.desk import Desk
from dashboards.components.filters import choose
from dashboards.components.markup import Column, numbers, show_table, texts
from dashboards.services import fleet_rate
from dashboards.services.language import say
from dashboards.services.place import Place, Places
from dashboards.services.text import period

_MOST_BARS = 20


def show_rates(desk: Desk, place: Place, places: Places) -> None:
    """A fleet, one of its rates and a month to rank by; below, the months of the place itself."""
    st.subheader(say("三率排名"), anchor=False)
    fleets = fleet_rate.load_fleets(desk.reader)
    if not fleets:
        st.caption(say("指标目录中还没有三率。"))
        return
    grid = st.grid(3, min_column_width=200)
    with grid.cell():
        fleet = choose("设备类别", "fleet", fleets)
    rates = fleet_rate.rates_of(desk.reader, fleet if fleet in fleets else next(iter(fleets)))
    with grid.cell():
        chosen = choose("排名指标", "fleet_rate", {code: rate.titled for code, rate in rates.items()})
    first = chosen if chosen in rates else next(iter(rates))
    months = fleet_rate.load_months(desk.reader, "estate", first)
    if not months:
        st.caption(say("这一指标没有下一级的数值。"))
        return
    with grid.cell():
        month = choose("月份", "month", {month: period(month) for month in months})
    codes = (first, *(code for code in rates if code != first))
    ranks = fleet_rate.load_ranks(desk.reader, _estates(place, places), "estate", codes, month if month in months else months[0])
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        if not ranks.is_empty():
            show_bars(ranks.head(_MOST_BARS), "area_name", "value", rates[first].titled)
    with grid.cell():
        columns = (
            numbers(rank="位次")
            + texts(area_name="小区")
            + [Column(code, fleet_rate.short_name(rates[code]), "number") for code in codes]
        )
        show_table("三率排名", columns, ranks, empty="这一月份没有数值。")
    st.caption(say("口径：{formula}。按数值由高到低排列，仅供核对，不作考核。", formula=rates[first].formula))
    _show_months(place, places, fleet_rate.load_trends(desk.reader, place, rates))


def _estates(place: Place, places: Places) -> dict[str, str]:
    names = places.estates_of(place.committee)
    return {place.estate: names[place.estate]} if place.estate in names else names


def _show_months(place: Place, places: Places, trend: pl.DataFrame) -> None:
    st.subheader(say("逐月三率：{place}", place=places.name_of(place)), anchor=False)
    if trend.is_empty():
        st.caption(say("这一范围没有三率数值。"))
        return
    if trend["period"].n_unique() > 1:
        show_trend(trend, "三率")
    show_table("逐月三率", texts(period="月份", area="指标") + numbers(shown="数值"), trend)
