"""The frame of every page: title, source line, and whatever goes wrong told in the page's language. Never a traceback."""

from collections.abc import Callable

import streamlit as st

from dashboards.access.policy import AccessDeniedError
from dashboards.access.session import current_person
from dashboards.components.desk import Desk, open_desk
from dashboards.components.failure import tell_failure
from dashboards.components.markup import show_source
from dashboards.components.preference import draw_again, is_wall, keep_language
from dashboards.repositories.published import NoVersionError
from dashboards.services.freshness import source_line, stale_lines
from dashboards.services.language import say
from dashboards.vault.key import NoKeyError


def show_page(purpose: str, title: str, body: Callable[[Desk], None]) -> None:
    """Draw one page for the signed-in person."""
    draw_again(lambda: _show(purpose, title, body))


def _show(purpose: str, title: str, body: Callable[[Desk], None]) -> None:
    keep_language()  # on the wall this runs without the router
    if is_wall() and current_person() is None:
        st.rerun()  # the whole page: nobody sits before a wall, and its sign-in has ended
    st.title(say(title), anchor=False)
    try:
        desk = open_desk(purpose)
        show_source(source_line(desk.version))
        for line in stale_lines(desk.version):
            st.warning(line, icon=":material/schedule:")
        body(desk)
    except NoVersionError as error:
        st.info(say(str(error)), icon=":material/inbox:")
    except (AccessDeniedError, NoKeyError) as error:
        st.info(say(str(error)), icon=":material/lock:")
    except Exception:  # noqa: BLE001 - the last resort of a page: the log has all of it, the reader a number to name
        tell_failure()
