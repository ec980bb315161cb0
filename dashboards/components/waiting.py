"""The strip of what waits to be done, each a link to its page. Not here: what waits (services/waiting.py)."""

from pathlib import Path

import streamlit as st

from dashboards.components.desk import Desk
from dashboards.services.language import say
from dashboards.services.place import Place, Places
from dashboards.services.waiting import load_waiting

PAGES = Path(__file__).resolve().parents[1] / "app_pages"


def show_waiting(desk: Desk, place: Place, places: Places) -> None:
    """Nothing when nothing waits; a link keeps the place that is looked at."""
    lines = load_waiting(desk.reader, place)
    if not lines:
        return
    here = {} if places.is_one_committee else {"committee": places.committees.get(place.committee, "")}
    here["estate"] = places.estates.get(place.estate, "")
    chosen = {name: value for name, value in here.items() if value}
    with st.container(horizontal=True, border=True, vertical_alignment="center"):
        st.markdown(f"**{say('待处理')}**")
        for line in lines:
            st.page_link(
                PAGES / f"{line.page}.py", label=line.text, icon=":material/arrow_forward:", query_params=chosen | line.where
            )
