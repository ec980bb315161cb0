"""A wall of figures that reflows on a phone. Not here: the figures (services/overview.py)."""

import streamlit as st

from dashboards.components.markup import show_figure
from dashboards.services.figure import Figure
from dashboards.services.overview import Card, Definition

_NARROWEST = 160  # four beside the menu, two on a phone


def show_cards(cards: list[Card], source: str) -> None:
    """One card an indicator: value, unit, period, change, rank, and its definition on a click."""
    grid = st.grid(4, min_column_width=_NARROWEST, border=True)
    for card in cards:
        with grid.cell(), st.container(gap=None):
            unit = "" if card.definition.unit == "%" or card.value.startswith("—") else card.definition.unit
            change = f"较上期 {card.change}" if card.change else ""
            show_figure(card.definition.name, card.value, unit, (card.period, change, card.rank))
            with st.popover("口径", type="tertiary", icon=":material/info:", key=f"definition_{card.definition.code}"):
                _show_definition(card.definition, source)


def show_figures(figures: list[Figure]) -> None:
    """Plain figures in one row where there is room."""
    grid = st.grid(max(len(figures), 1), min_column_width=_NARROWEST, border=True)
    for figure in figures:
        with grid.cell():
            show_figure(figure.name, figure.value, figure.unit, (figure.note,))


def _show_definition(definition: Definition, source: str) -> None:
    st.markdown(f"**{definition.name}**（{definition.unit}）" if definition.unit else f"**{definition.name}**")
    st.markdown(f"口径：{definition.formula or '未登记'}")
    st.markdown(f"来源：{definition.sources or '未登记'}")
    st.markdown(f"责任单位：{definition.owner or '未登记'}　版本：{definition.version or '未登记'}")
    st.caption(source)
