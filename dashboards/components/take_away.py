"""Files that leave the pages: a step that may be refused, and the button under which the file lies. Not here: making one."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from dashboards.access.policy import AccessDeniedError
from dashboards.answers.answer_queue import AnswerError
from dashboards.command.yidang import CommandError
from dashboards.services.language import say
from dashboards.services.report import Made

T = TypeVar("T")


def try_to(step: Callable[[], T]) -> T | None:
    """What the step gives; None when it was refused, which is told."""
    try:
        return step()
    except (AccessDeniedError, AnswerError, CommandError) as error:
        st.warning(say(str(error)), icon=":material/block:")
        return None


def show_made(made: Made, key: str) -> None:
    """The file's name and its button; it was written down when it was made."""
    st.success(say("已生成，并记入审计日志。"), icon=":material/task_alt:")
    st.download_button(
        made.name.replace("_", "\\_"), made.data, made.name, made.mime, key=key, icon=":material/download:", on_click="ignore"
    )
