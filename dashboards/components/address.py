"""What is chosen, as the address holds it: in codes, so that a link means the same in either language.

A link that was made when the address still held names opens as well. Links within the pages carry place and month on (links.py).
Text, numbers and switches, which are the same in both languages, Streamlit binds by itself. Not here: the boxes (filters.py).
"""

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboards.services.language import say

CARRIED = ("street", "committee", "estate", "month")  # what a link to another page keeps
_ASKED = "address_asked"  # what the address asks for and no box has taken yet
_CHOSEN = "address_chosen"  # by key, what stands chosen; empty: the first, which the address need not say
_TOLD = "address_told"  # the keys whose boxes this run has drawn
_VIEW = "address_view"  # page and language of the last run


def read_address() -> None:
    """At the start of a run: what the address says counts when somebody comes by it, and what was chosen everywhere else."""
    run = get_script_run_ctx()
    view = (run.page_script_hash if run else "", st.session_state.get("lang"))
    st.session_state[_TOLD] = set()
    if is_going_back() or st.session_state.get(_VIEW) != view:
        carried = {key: code for key, code in _asked().items() if key in CARRIED}
        st.session_state[_ASKED] = carried | st.query_params.to_dict()
        st.session_state[_VIEW] = view


def is_going_back() -> bool:
    """Whether the reader uses the browser's own way back or forth, which restores what the address then said."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def take(key: str, names: Mapping[str, str], first: str) -> None:
    """Before a box is drawn: have it show what the address asks for, else what was chosen before, else the first."""
    asked = _asked().pop(key, None)
    before = first if is_going_back() else st.session_state.get(key)
    code = before if asked is None else _code_of(asked, names)
    if code not in names:
        code = first
    if asked is not None or st.session_state.get(key) != code:
        st.session_state[key] = code


def keep(key: str, code: str, first: str) -> None:
    """After a box is drawn: what it shows belongs into the address, unless it is the first."""
    st.session_state.setdefault(_CHOSEN, {})[key] = "" if code == first else code
    st.session_state.setdefault(_TOLD, set()).add(key)


def write_address() -> None:
    """At the end of a run: one change of the address, whatever the number of boxes. What no box of this run holds stays."""
    chosen = st.session_state.get(_CHOSEN, {})
    wanted = {key: chosen[key] for key in sorted(st.session_state.get(_TOLD, ()))}
    changed = {key: code or [] for key, code in wanted.items() if st.query_params.get(key, "") != code}
    if changed:
        st.query_params.update(changed)


def carried() -> dict[str, str]:
    """Place and month as they stand chosen, for a link to another page."""
    asked, chosen = _asked(), st.session_state.get(_CHOSEN, {})
    told = {key: asked.get(key) or chosen.get(key) or "" for key in CARRIED}
    return {key: code for key, code in told.items() if code}


def _asked() -> dict[str, str]:
    asked: dict[str, str] = st.session_state.setdefault(_ASKED, {})
    return asked


def _code_of(asked: str, names: Mapping[str, str]) -> str:
    """The code itself, or whose name it is: addresses held names once."""
    if asked in names:
        return asked
    return next((code for code, name in names.items() if asked in (name, say(name))), "")
