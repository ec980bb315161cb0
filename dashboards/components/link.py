"""The one way from page to page: a link keeps the session, and its address the place and the month that stand chosen."""

from pathlib import Path

import streamlit as st

from dashboards.components.address import carried

PAGES = Path(__file__).resolve().parents[1] / "app_pages"


def link_to(page: str, shown: str, icon: str | None = None, **parameters: str) -> None:
    """A link to another page; the parameters stand in the address, beside what is carried on."""
    st.page_link(PAGES / f"{page}.py", label=_plain(shown), icon=icon, query_params=carried() | parameters)


def go_to(page: str, **parameters: str) -> None:
    """Go there at once, as if such a link had been clicked."""
    st.switch_page(PAGES / f"{page}.py", query_params=carried() | parameters)


def _plain(text: str) -> str:
    """Without what Markdown would read as its own; masked names have stars."""
    return "".join(f"\\{sign}" if sign in "\\*_[]`~$:<>#" else sign for sign in text)
