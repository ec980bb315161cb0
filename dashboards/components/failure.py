"""What is told when nothing can be shown. It loads nothing that reads data, so that the form is there before they are.

Not here: the frame of a page that has something to show (guard.py).
"""

import logging
import secrets

import streamlit as st

from dashboards.services.language import say

_log = logging.getLogger(__name__)


def show_unknown_page() -> None:
    """What an address leads to that no page has."""
    st.title(say("没有这个页面"), anchor=False)
    st.info(say("地址可能有误，请从左侧菜单选择页面。"), icon=":material/explore_off:")


def tell_failure() -> None:
    """Log the failure at hand with its trace, and show a number by which the log can be searched."""
    number = secrets.token_hex(4)
    _log.exception("page failed, number %s", number)
    told = say("页面暂时无法显示，请稍后再试。若仍不行，请将编号 {number} 告知系统管理员。", number=number)
    st.error(told, icon=":material/error:")
