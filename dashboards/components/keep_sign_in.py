"""Has the browser fetch the token that keeps a sign-in over a reload. Not here: what answers it (server/kept_sign_in.py)."""

import streamlit as st

from dashboards.access.session import take_code

KEEP = "/keep-sign-in"
# The code serves once and for a minute; what it is exchanged for is set as a cookie that no script can read.
_FETCH = "<script>fetch('{address}', {{method: 'POST', body: '{code}', credentials: 'same-origin'}})</script>"


def keep_sign_in() -> None:
    """Once after signing in; nothing is to be seen of it."""
    code = take_code()
    if code:
        with st.sidebar:
            st.html(_FETCH.format(address=KEEP, code=code), unsafe_allow_javascript=True)
