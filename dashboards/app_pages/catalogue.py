"""指标口径: every indicator with its meaning, sources, owner and version; one of them looked at closely."""

import streamlit as st

from dashboards.components.cards import show_cards
from dashboards.components.desk import Desk
from dashboards.components.filters import choose
from dashboards.components.guard import show_page
from dashboards.components.markup import Column, numbers, show_table, texts
from dashboards.services import board, definition
from dashboards.services.freshness import update_line
from dashboards.services.language import say
from dashboards.services.place import Place

COLUMNS = texts(name="指标", unit="单位") + numbers(value="本期")
COLUMNS += [
    Column("formula", "口径", "long"),
    *texts(sources="来源", owner="责任单位", cadence="更新", wish="方向", version="版本"),
]


def body(desk: Desk) -> None:
    """A word to look for, the table, one card."""
    meanings = definition.load_definitions(desk.reader)
    if not meanings:
        st.info(say("这一版没有登记指标。"), icon=":material/inbox:")
        return
    word = st.text_input(say("查找"), key="word", placeholder=say("名称或口径中的字词"), bind="query-params")
    found = definition.look_for(meanings, word)
    show_table("指标口径", COLUMNS, definition.as_table(found, board.load_values(desk.reader, Place())), empty="没有符合的指标。")
    st.caption(say("共 {count} 项指标。比例以百分数表示；少于10的敏感人数不显示。", count=len(found)))
    if found:
        with st.container(width=360):
            code = choose("指标", "indicator", {code: meaning.titled for code, meaning in found.items()})
            show_cards(board.load_cards(desk.reader, Place(), [code]), update_line(desk.version))


show_page("catalogue", "指标口径", body)
