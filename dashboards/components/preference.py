"""How a person wants the pages: Chinese or English, on a desk or on the wall. Kept in the address, so a link shows the same.

The wall has larger type and no menu, and draws itself again; whoever hangs it up opens a link with `screen=true` and signs in.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboards.components.address import is_going_back
from dashboards.services.language import CHINESE, ENGLISH, say, use_language

_WALL = Path(__file__).with_name("wall.css")
_SECONDS = 60  # between two drawings on the wall
_HUNG = "hung_on_a_wall"  # outlives a sign-in that ended: the form has no such switch, and the browser forgets it there


def keep_language() -> None:
    """Speak the session's language, or before anybody chose one and on the browser's way back, that of the address."""
    chosen = None if is_going_back() else st.session_state.get("lang")
    use_language(chosen or st.query_params.get("lang"))


def ask_preferences() -> None:
    """The two switches in the side bar, and on the wall the way back."""
    with st.sidebar:
        ask_language()
        if st.session_state.get(_HUNG) and "screen" not in st.session_state:
            st.session_state["screen"] = True
        st.toggle(say("大屏模式"), key="screen", bind="query-params")
        st.session_state[_HUNG] = is_wall()
    if is_wall():
        st.html(_WALL)
        st.button(say("退出大屏"), key="leave_screen", on_click=_leave, icon=":material/fullscreen_exit:", type="tertiary")


def keep_wall() -> None:
    """While nobody is signed in: a screen that hung on a wall shall be one again for whoever signs in."""
    if st.query_params.get("screen") == "true":
        st.session_state[_HUNG] = True


def ask_language(*, is_signed_in: bool = True) -> None:
    """The switch between the two, in the side bar and below the form that signs in.

    There it is another element: where one element goes and comes in the same run, the browser no longer writes its address.
    """
    draw = st.segmented_control if is_signed_in else st.pills
    draw(
        "语言 Language",
        [CHINESE, ENGLISH],
        default=CHINESE,
        required=True,
        key="lang",
        bind="query-params",
    )


def is_wall() -> bool:
    """Whether the pages hang on a wall."""
    return bool(st.session_state.get("screen"))


def draw_again(body: Callable[[], None]) -> None:
    """Draw the body; on the wall again every minute, so that a new version appears without a click."""
    if is_wall():
        st.fragment(body, run_every=_SECONDS)()
    else:
        body()


def _leave() -> None:
    st.session_state["screen"] = False
