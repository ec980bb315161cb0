"""登录: shown in place of every page until somebody has signed in, so that a link sent by a colleague survives it."""

import streamlit as st

from dashboards.access.session import demo_accounts, go_to_provider, has_provider, sign_in, sign_in_by_word, sign_in_demo

_NARROW = 420


def show_sign_in() -> None:
    """The form; a refusal is told without saying whether the name exists."""
    refusal = sign_in_by_word()
    if refusal == "":
        st.rerun()
    with st.container(horizontal_alignment="center"), st.container(width=_NARROW):
        st.title("一档", anchor=False)
        st.caption("一人一档，一房一档 · 街道数据看板")
        if refusal:
            st.error(refusal, icon=":material/block:")
        if has_provider():
            st.button("统一身份认证登录", key="sign_in_oidc", on_click=go_to_provider, width="stretch")
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
        show_demo()


def show_demo() -> None:
    """The demo's accounts, one click each, for whoever sits at its machine."""
    accounts = demo_accounts()
    if not accounts:
        return
    st.caption("演示：点击即以该角色登录（仅限本机，数据均为虚构）。")
    with st.container(horizontal=True, gap="small"):
        for user, name in accounts.items():
            if st.button(name.removesuffix("（演示）"), key=f"demo_{user}"):
                refused = sign_in_demo(user)
                if not refused:
                    st.rerun()
                st.error(refused, icon=":material/block:")
