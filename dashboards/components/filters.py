"""Boxes to choose with; what is chosen stands in the address by its code, so that a view can be sent as a link."""

import streamlit as st

from dashboards.components.address import keep, take
from dashboards.services.language import say
from dashboards.services.place import WHOLE, Place, Places

BUILDING = "building_clicked"  # where the click of a building's circle waits for the page that leads to it


def choose(label: str, key: str, names: dict[str, str], whole: str | None = None) -> str:
    """One of `names` by code, or empty for `whole` when that is offered. The address holds the key and the code."""
    offered = names if whole is None else {WHOLE: say(whole), **names}
    first = next(iter(offered), WHOLE)
    take(key, offered, first)
    chosen = st.selectbox(
        say(label),
        list(offered),
        format_func=lambda code: offered.get(code, code),
        key=key,
        persist_state="session",
        placeholder=say("请选择"),
        filter_mode="contains",
    )
    keep(key, chosen or WHOLE, first)
    return chosen or WHOLE


def choose_one(label: str, key: str, names: dict[str, str]) -> str:
    """One of a few, as buttons; the first is the default."""
    first = next(iter(names))
    take(key, names, first)
    chosen = st.segmented_control(
        say(label),
        list(names),
        required=True,
        format_func=lambda code: say(names.get(code) or ""),
        key=key,
        persist_state="session",
    )
    keep(key, chosen or first, first)
    return chosen or first


def choose_committee(places: Places) -> Place:
    """The whole street or one committee; those with one committee have nothing to choose."""
    if places.is_one_committee:
        st.selectbox(say("居委"), [places.own_name], disabled=True, key="own_committee", placeholder=say("请选择"))
        return Place(committee=next(iter(places.committees), WHOLE))
    return Place(committee=choose("居委", "committee", places.committees, whole="全街道"))


def choose_estate(places: Places, place: Place) -> Place:
    """One estate of the chosen committee, or all of them."""
    return Place(place.committee, choose("小区", "estate", places.estates_of(place.committee), whole="全部小区"))


def choose_place(places: Places) -> Place:
    """Committee and estate side by side, with the way back up."""
    grid = st.grid(3, min_column_width=200, vertical_alignment="bottom")
    with grid.cell():
        committee = choose_committee(places)
    with grid.cell():
        place = choose_estate(places, committee)
    with grid.cell():
        is_down = bool(place.estate or (place.committee and not places.is_one_committee))
        st.button(say("返回上一级"), key="up", on_click=go_up, icon=":material/arrow_upward:", disabled=not is_down)
    return place


def go_down(places: Places, code: str) -> None:
    """Choose a committee or an estate by its code; any other code is a building's. Only within a callback."""
    if code in places.estates:
        st.session_state["estate"] = code
        if not places.is_one_committee:
            st.session_state["committee"] = places.estate_committee[code]
    elif code in places.committees:
        st.session_state["committee"], st.session_state["estate"] = code, WHOLE
    else:
        st.session_state[BUILDING] = code


def go_up() -> None:
    """From an estate to its committee, from a committee to the street. Only within a callback."""
    key = "estate" if st.session_state.get("estate") else "committee"
    st.session_state[key] = WHOLE
