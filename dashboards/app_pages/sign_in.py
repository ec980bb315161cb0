"""登录: shown in place of every page until somebody has signed in, so that a link sent by a colleague survives it."""

import streamlit as st

from dashboards.access.session import sign_in

_NARROW = 420


def show_sign_in() -> None:
    """The form; a refusal is told without saying whether the name exists."""
    with st.container(horizontal_alignment="center"), st.container(width=_NARROW):
        st.title("一档", anchor=False)
        st.caption("一人一档，一房一档 · 街道数据看板")
        with st.form("sign_in", enter_to_submit=True):
            user = st.text_input("账号", key="sign_in_user", placeholder="请输入账号", autocomplete="username")
            password = st.text_input(
                "密码", key="sign_in_password", type="password", placeholder="请输入密码", autocomplete="current-password"
            )
            is_sent = st.form_submit_button("登录", type="primary", width="stretch")
        if is_sent:
            refusal = sign_in(user, password) if user and password else "请输入账号和密码。"
            if not refusal:
                st.rerun()
            st.error(refusal, icon=":material/block:")
        st.caption("每次登录均记入审计日志；连续输错密码，账号将被暂时锁定。")
