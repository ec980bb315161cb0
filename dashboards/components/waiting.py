"""The strip of what waits to be done, each a link to its page. Not here: what waits (services/waiting.py)."""

import streamlit as st

from dashboards.components.desk import Desk
from dashboards.components.link import link_to
from dashboards.services.language import say
from dashboards.services.place import Place
from dashboards.services.waiting import Waiting, load_waiting


def show_waiting(desk: Desk, place: Place, work: list[Waiting]) -> None:
    """What waits for the reader's own hands first, then what indicators tell; nothing when nothing waits."""
    lines = [*work, *load_waiting(desk.reader, place)]
    if not lines:
        return
    with st.container(horizontal=True, border=True, vertical_alignment="center"):
        st.markdown(f"**{say('待处理')}**")
        for line in lines:
            link_to(line.page, line.text, ":material/arrow_forward:", **line.where)
