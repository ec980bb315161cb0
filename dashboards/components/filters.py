"""Boxes to choose with; what is chosen stands in the address, so that a view can be sent as a link."""

import streamlit as st

from dashboards.services.place import WHOLE, Place, Places


def choose(label: str, key: str, names: dict[str, str], whole: str | None = None) -> str:
    """One of `names` by code, or empty for `whole` when that is offered. The address holds the key and the name."""
    options = [WHOLE, *names] if whole is not None else list(names)
    chosen = st.selectbox(
        label,
        options,
        format_func=lambda code: (whole or "") if code == WHOLE else names.get(code, code),
        key=key,
        bind="query-params",
        placeholder="请选择",
        filter_mode="contains",
    )
    return chosen or WHOLE


def choose_one(label: str, key: str, names: dict[str, str]) -> str:
    """One of a few, as buttons; the first is the default."""
    first = next(iter(names))
    chosen = st.segmented_control(
        label,
        list(names),
        default=first,
        required=True,
        format_func=lambda code: names.get(code, code),
        key=key,
        bind="query-params",
    )
    return chosen or first


def choose_committee(places: Places) -> Place:
    """The whole street or one committee; those with one committee have nothing to choose."""
    if places.is_one_committee:
        st.selectbox("居委", [places.own_name], disabled=True, key="own_committee", placeholder="请选择")
        return Place(committee=next(iter(places.committees), WHOLE))
    return Place(committee=choose("居委", "committee", places.committees, whole="全街道"))


def choose_estate(places: Places, place: Place) -> Place:
    """One estate of the chosen committee, or all of them."""
    return Place(place.committee, choose("小区", "estate", places.estates_of(place.committee), whole="全部小区"))
