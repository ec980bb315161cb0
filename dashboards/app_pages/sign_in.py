"""登录: shown in place of every page until somebody has signed in, so that a link sent by a colleague survives it."""

import streamlit as st

from dashboards.access.session import (
    demo_accounts,
    go_to_provider,
    has_provider,
    sign_in,
    sign_in_by_word,
    sign_in_demo,
    why_nobody,
)
from dashboards.access.sign_in import SignInResult
from dashboards.components.preference import ask_language
from dashboards.services.language import say

_NARROW = 420


def show_sign_in() -> None:
    """The form; a refusal is told without saying whether the name exists."""
    named = sign_in_by_word()
    if named and named.account:
        st.rerun()
    with st.container(horizontal_alignment="center"), st.container(width=_NARROW):
        st.title(say("一档"), anchor=False)
        st.caption(say("一人一档，一房一档 · 街道数据看板"))
        if named:
            tell(named)
        elif why := why_nobody():
            st.info(say(why), icon=":material/info:")
        if has_provider():
            st.button(say("统一身份认证登录"), key="sign_in_oidc", on_click=go_to_provider, width="stretch")
        show_form()
        st.caption(say("每次登录均记入审计日志；连续输错密码，账号将被暂时锁定。"))
        show_demo()
        ask_language(is_signed_in=False)


def show_form() -> None:
    """Name and password."""
    with st.form("sign_in", enter_to_submit=True):
        user = st.text_input(say("账号"), key="sign_in_user", placeholder=say("请输入账号"), autocomplete="username")
        password = st.text_input(
            say("密码"),
            key="sign_in_password",
            type="password",
            placeholder=say("请输入密码"),
            autocomplete="current-password",
        )
        is_sent = st.form_submit_button(say("登录"), type="primary", width="stretch")
    if is_sent:
        enter(sign_in(user, password) if user and password else SignInResult(None, "请输入账号和密码。"))


def show_demo() -> None:
    """The demo's accounts, one click each, for whoever sits at its machine."""
    accounts = demo_accounts()
    if not accounts:
        return
    st.caption(say("演示：点击即以该角色登录（仅限本机，数据均为虚构）。"))
    with st.container(horizontal=True, gap="small"):
        for user, name in accounts.items():
            if st.button(say(name.removesuffix("（演示）")), key=f"demo_{user}"):
                enter(sign_in_demo(user))


def enter(result: SignInResult) -> None:
    """To the page that was asked for, or why not."""
    if result.account:
        st.rerun()
    tell(result)


def tell(result: SignInResult) -> None:
    """Why somebody was not let in."""
    st.error(say(result.message, minutes=result.minutes), icon=":material/block:")
