"""The form in which people answer: a verdict, why, and taking it back. Not here: what the answer is about (the pages)."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboards.access.policy import AccessDeniedError
from dashboards.access.session import home_folder
from dashboards.answers.answer_queue import ALLOWED, AnswerError, Kind
from dashboards.components.desk import Desk
from dashboards.services.desk_work import answer, undo
from dashboards.services.labels import label
from dashboards.services.language import say


def show_answer(desk: Desk, kind: Kind, subject: str, answered: str, *, can_undo: bool, mends: dict[str, str]) -> None:
    """What was answered, with a way back while it waits; else the form. `mends`: what can be put right with it, by code."""
    if answered:
        st.info(answered, icon=":material/hourglass_top:")
        if can_undo and st.button(say("撤回"), key=f"undo_{subject}", icon=":material/undo:"):
            _try(lambda home: None if undo(desk.reader, home, kind, subject) else "运行已经取走这项结论，不能再撤回。")
        return
    group = "decision" if kind == "decision" else "verdict"
    with st.form(f"answer_{subject}", border=False):
        verdict = st.radio(
            say("结论"),
            ALLOWED[kind],
            index=None,
            format_func=lambda code: label(group, code),
            horizontal=True,
            key=f"verdict_{subject}",
        )
        mended = ""
        if mends:
            mended = st.selectbox(
                say("更正为（仅“不属实（已更正）”时选择）"),
                ["", *mends],
                format_func=lambda code: mends.get(code) or say("不更正"),
                key=f"mended_{subject}",
                placeholder=say("请选择"),
                filter_mode="contains",
            )
        why = st.text_input(say("依据"), key=f"why_{subject}", placeholder=say("看到、问到了什么（请勿填写号码）"), max_chars=200)
        if st.form_submit_button(say("提交"), type="primary"):
            if verdict is None:
                st.warning(say("请先选择结论。"))
            else:
                _try(lambda home: answer(desk.reader, home, (kind, subject), (verdict, why), mended or ""))


def _try(step: Callable[[Path], str | None]) -> None:
    """Take a step that may be refused: it gives nothing, or why not in Chinese."""
    home = home_folder()
    if home is None:
        st.warning(say("服务未配置数据目录。"))
        return
    try:
        problem = step(home)
    except (AnswerError, AccessDeniedError) as error:
        problem = str(error)
    if problem:
        st.warning(say(problem))
    else:
        st.rerun()
