"""The router: nobody sees a page without signing in. Started by `yidang serve` with YIDANG_HOME in the environment.

Every page is registered for everyone, so that an address never leads into nothing; what a role may not open says so in Chinese.
"""

from pathlib import Path

import streamlit as st

from dashboards.access.policy import load_policy
from dashboards.access.session import current_person
from dashboards.app_pages.sign_in import show_sign_in
from dashboards.components.address import read_address, write_address
from dashboards.components.copy_link import offer_link
from dashboards.components.failure import tell_failure
from dashboards.components.keep_sign_in import keep_sign_in
from dashboards.components.menu import pages_of
from dashboards.components.preference import ask_preferences, keep_language, keep_wall
from dashboards.components.sidebar import show_person
from dashboards.services.language import is_english, say
from dashboards.turn import turn

ICON = "/favicon.png"  # server/application.py answers it
FOLDER = Path(__file__).resolve().parent


def main() -> None:
    """One rerun: who is there, then the page they asked for."""
    st.set_page_config(page_title=say("一档"), page_icon=ICON, layout="wide")
    st.html(FOLDER / "components" / "style.css")
    try:
        read_address()
        keep_language()
        st.html(FOLDER / "components" / ("words.en.css" if is_english() else "words.css"))
        person, policy = current_person(), load_policy()
        page = st.navigation(pages_of(person, policy), position="sidebar" if person else "hidden")
        if person is None:
            keep_wall()
            show_sign_in()
            return
        show_person(person, policy)
        ask_preferences()
        offer_link()
        keep_sign_in()
        with turn():
            page.run()
        write_address()
    except Exception:  # noqa: BLE001 - the last resort of the router; pages have their own
        tell_failure()


main()
