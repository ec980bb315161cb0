"""Handing in a filled worklist. Not here: opening it, which this process never does (services/returned.py)."""

import streamlit as st

from dashboards.components.desk import Desk
from dashboards.components.take_away import try_to
from dashboards.services import returned
from dashboards.services.language import say

_LARGEST = 1  # megabytes; a committee's worklist has some fifty kilobytes


def show_hand_in(desk: Desk) -> None:
    """The box and the button, for those to whom worklists are given."""
    st.subheader(say("上传核查结果"), anchor=False)
    if not returned.may_hand_in(desk.reader):
        st.caption(say("您的角色没有下发的核查工作清单，无需上传。"))
        return
    st.caption(say("请上传在“报表中心”下载、填写好的核查工作清单（.xlsx，不超过{most}MB）。", most=_LARGEST))
    st.caption(say("含宏、公式或外部链接的文件一律退回。"))
    with st.form("hand_in", border=False, clear_on_submit=True):
        file = st.file_uploader(say("选择文件"), type="xlsx", key="hand_in_file", max_upload_size=_LARGEST)
        is_sent = st.form_submit_button(say("上传"), icon=":material/upload_file:")
    if not is_sent:
        return
    if file is None:
        st.warning(say("没有可上传的文件：请选择 .xlsx 文件，不超过{most}MB。", most=_LARGEST), icon=":material/block:")
        return
    with st.spinner(say("正在检查……")):
        told = try_to(lambda: returned.hand_in(desk.reader, file.getvalue()))
    if told:
        st.success(say(told), icon=":material/task_alt:")
