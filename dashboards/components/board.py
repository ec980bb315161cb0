"""The part that every page of figures has: cards of the place, and below one indicator on the map, beside its peers and its past.

Which indicators stands in dashboards/cards.yaml. A click on a bar or a circle goes one step down: committee, estate, building.
"""

from collections.abc import Callable, Hashable

import streamlit as st

from dashboards.components.cards import cards_markup
from dashboards.components.charts import show_bars, show_trend
from dashboards.components.desk import Desk
from dashboards.components.filters import BUILDING, choose, go_down
from dashboards.components.link import go_to
from dashboards.components.map import show_map
from dashboards.components.markup import Column, numbers, show_table, table_markup, texts
from dashboards.services import board
from dashboards.services.definition import Definition, load_definitions
from dashboards.services.freshness import update_line
from dashboards.services.language import say
from dashboards.services.memo import remembered
from dashboards.services.place import Place, Places
from dashboards.services.position import load_building_points, load_building_table, load_estate_points

_BUILDINGS = (
    texts(name="楼栋")
    + numbers(dwellings="房屋（套）", people="居住（人）", floors="层数", entrances="单元")
    + texts(lift="电梯")
)


def show_board(desk: Desk, place: Place, places: Places, name: str) -> None:
    """Cards, then one of their indicators compared."""
    _go_to_building(desk)
    codes = board.board_of(name)["cards"]
    cards = board.load_cards(desk.reader, place, codes)
    if not cards:
        st.info(say("这一范围还没有可显示的指标。"), icon=":material/inbox:")
        return
    source = update_line(desk.version)
    _show_made(desk, ("cards drawn", name, place, source), lambda: cards_markup(cards, source))
    meanings = {card.definition.code: card.definition for card in cards}
    st.subheader(say("对比与走势"), anchor=False)
    with st.container(width=360):
        chosen = choose("指标", f"{name}_indicator", {code: meaning.titled for code, meaning in meanings.items()})
    meaning = meanings.get(chosen) or cards[0].definition
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        _show_positions(desk, place, places, meaning)
    with grid.cell():
        _show_parts(desk, place, places, meaning)
        _show_past(desk, place, places, meaning)


def show_areas(desk: Desk, place: Place, places: Places, name: str) -> None:
    """Every part of the place beside the others, an indicator a column."""
    level = place.parts_level
    st.subheader(say("各小区一览" if level == "estate" else "各居委一览"), anchor=False)
    definitions = load_definitions(desk.reader)
    codes = [code for code in board.board_of(name)["table"] if code in definitions]
    frame = board.load_areas(desk.reader, level, codes, board.names_of_parts(place, places))
    columns = texts(area_name="名称") + [Column(code, definitions[code].titled, "number") for code in codes]
    if frame.is_empty():
        st.caption(say("这一范围没有下一级。"))
        return
    _show_made(desk, ("areas drawn", name, place), lambda: table_markup("各地一览", columns, frame))
    st.caption(update_line(desk.version))


def _show_made(desk: Desk, key: tuple[Hashable, ...], make: Callable[[], str]) -> None:
    """HTML that everybody with the same rights sees alike: made once a version, which is a tenth of a page."""
    st.html(remembered(desk.reader, key, make, purpose="overview"))


def _show_positions(desk: Desk, place: Place, places: Places, meaning: Definition) -> None:
    if place.estate and not desk.reader.may_list:
        return
    if place.estate:
        points, title = load_building_points(desk.reader, place), say("房屋（套）")
    else:
        points, title = load_estate_points(desk.reader, place, places, meaning.code), meaning.titled
    if points.is_empty():
        st.caption(say("没有可绘制的位置。"))
        return
    show_map(points, title, lambda code: go_down(places, code))
    if place.estate:
        st.caption(say("点击圆点查看人房图。" if desk.reader.may("building") else "圆点为楼栋，越大房屋越多。"))
    else:
        st.caption(say("点击圆点查看该小区。"))


def _go_to_building(desk: Desk) -> None:
    """To the building whose circle was clicked, for those who may see its rooms."""
    building = st.session_state.pop(BUILDING, None)
    if building and desk.reader.may("building"):
        go_to("building", building=building)


def _show_parts(desk: Desk, place: Place, places: Places, meaning: Definition) -> None:
    if place.estate and not desk.reader.may_list:
        st.caption(say("您的角色查看到小区为止，不看楼栋。"))
        return
    if place.estate:
        show_table("楼栋", _BUILDINGS, load_building_table(desk.reader, place), empty="没有楼栋。")
        return
    ranking = board.load_ranking(desk.reader, place.parts_level, meaning.code, board.names_of_parts(place, places))
    if ranking.is_empty():
        st.caption(say("这一指标没有下一级的数值。"))
        return
    if ranking["value"].null_count() < ranking.height:
        show_bars(ranking, "area_name", "value", meaning.titled, pick=("area_code", lambda code: go_down(places, code)))
        st.caption(say("点击条形进入下一级。"))
    else:
        st.caption(say("下一级的数值均不显示（少于10）或无法计算，不作图。"))
    with st.expander(say("查看数据表")):
        columns = numbers(rank="位次") + texts(area_name="名称") + [Column("shown", meaning.titled, "number")]
        columns = [*columns, *numbers(change="较上月")]
        _show_made(desk, ("ranking drawn", place, meaning.code), lambda: table_markup(meaning.titled, columns, ranking))
        st.caption(say("按数值由高到低排列，仅供核对，不作考核。"))


def _show_past(desk: Desk, place: Place, places: Places, meaning: Definition) -> None:
    trend = board.load_trend(desk.reader, place, meaning.code, (places.name_of(place), places.own_name))
    if trend["period"].n_unique() < 2:  # noqa: PLR2004 - one month is no trend
        st.caption(say("这一指标只有本期数值，尚无逐月走势。"))
        return
    show_trend(trend, meaning.titled)
    with st.expander(say("查看数据表")):
        columns = [*texts(period="月份", area="范围"), Column("shown", meaning.titled, "number")]
        _show_made(desk, ("past drawn", place, meaning.code), lambda: table_markup("逐月数值", columns, trend))
