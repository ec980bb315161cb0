"""Parts of the pages of single persons, dwellings and buildings. Not here: tables and figures (markup.py), links (link.py)."""

from html import escape

import polars as pl
import streamlit as st

from dashboards.components.markup import Column, show_table
from dashboards.services.language import say


def show_facts(title: str, facts: list[tuple[str, str]]) -> None:
    """Names and values, as many side by side as there is room for."""
    cells = "".join(f"<div><dt>{escape(say(name))}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    st.html(f'<dl class="yd-facts" aria-label="{escape(say(title))}">{cells}</dl>')


def show_part(title: str, columns: list[Column], frame: pl.DataFrame, empty: str) -> None:
    """A heading with a table under it."""
    st.subheader(say(title), anchor=False)
    show_table(title, columns, frame, empty=empty)


def asked_for(name: str) -> str:
    """What the address names, or empty."""
    return st.query_params.get(name, "").strip()


def show_nothing(what: str) -> None:
    """For an address that names nothing, or nothing within the person's area: both look the same from outside."""
    st.info(say("没有找到这{what}，或不在您的辖区内。", what=say(what)), icon=":material/search_off:")
