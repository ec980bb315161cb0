"""The strip of what waits to be done, each a link to its page. Not here: what waits (services/waiting.py)."""

from pathlib import Path

import streamlit as st

from dashboards.components.desk import Desk
from dashboards.services.language import say
from dashboards.services.place import Place
from dashboards.services.waiting import load_waiting

PAGES = Path(__file__).resolve().parents[1] / "app_pages"


def show_waiting(desk: Desk, place: Place) -> None:
    """Nothing when nothing waits."""
    lines = load_waiting(desk.reader, place)
    if not lines:
        return
    with st.container(horizontal=True, border=True, vertical_alignment="center"):
        st.markdown(f"**{say('待处理')}**")
        for line in lines:
            file = PAGES / f"{line.page}.py"
            st.page_link(file, label=line.text, icon=":material/arrow_forward:", query_params=line.where or None)
