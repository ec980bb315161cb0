"""Our own HTML, always escaped: tables, figures, source lines. The tools on Streamlit's tables speak English only.

Titles and captions are asked for in Chinese and shown in the page's language.
"""

from dataclasses import dataclass
from html import escape
from typing import Literal

import polars as pl
import streamlit as st

from dashboards.services.language import say

_HIGHEST = 26.0
_BETWEEN = "\x1f"  # stands in no text


@dataclass(frozen=True)
class Column:
    """A column of a shown table: the frame's name, its Chinese title, and how it is set."""

    name: str
    title: str
    kind: Literal["text", "number", "long"] = "text"


def texts(**titles: str) -> list[Column]:
    """Columns of text: the frame's name to its title."""
    return [Column(name, title) for name, title in titles.items()]


def numbers(**titles: str) -> list[Column]:
    """Columns of numbers, set to the right: the frame's name to its title."""
    return [Column(name, title, "number") for name, title in titles.items()]


def show_table(caption: str, columns: list[Column], frame: pl.DataFrame, *, empty: str = "没有符合条件的数据。") -> None:
    """A table with a title for screen readers; scrolls inside itself. Cells are texts or counts; null is a dash."""
    if frame.is_empty():
        st.caption(say(empty))
    else:
        st.html(table_markup(caption, columns, frame))


def table_markup(caption: str, columns: list[Column], frame: pl.DataFrame) -> str:
    """A table as `show_table` shows it, as HTML; for those that many look at, made once."""
    spoken = escape(say(caption))
    head = "".join(f'<th scope="col" class="yd-{column.kind}">{escape(say(column.title))}</th>' for column in columns)
    openings = [f'<td class="yd-{column.kind}">' for column in columns]
    rows = zip(*(_cells(frame.get_column(column.name)) for column in columns), strict=True)
    body = "".join(
        f"<tr>{''.join([f'{opening}{cell}</td>' for opening, cell in zip(openings, row, strict=True)])}</tr>" for row in rows
    )
    style = f"max-height: {_HIGHEST}rem"
    table = f"<table><caption>{spoken}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="yd-table" style="{style}" tabindex="0" role="region" aria-label="{spoken}">{table}</div>'


def figure_markup(name: str, value: str, unit: str = "", notes: tuple[str, ...] = ()) -> str:
    """One large figure with its name above and small lines below, as HTML; empty notes are left out."""
    small = "".join(f'<div class="yd-note">{escape(note)}</div>' for note in notes if note)
    sign = f'<span class="yd-unit">{escape(unit)}</span>' if unit else ""
    size = "yd-value yd-withheld" if value.startswith("—") else "yd-value"
    return f'<div class="yd-name">{escape(name)}</div><div class="{size}">{escape(value)}{sign}</div>{small}'


def show_source(text: str) -> None:
    """The small grey line that says where the page's figures come from."""
    st.html(f'<div class="yd-source">{escape(text)}</div>')


def _cells(column: pl.Series) -> list[str]:
    """A column's cells as safe text; escaped in one piece, since a call a cell is a tenth of a page."""
    return escape(_BETWEEN.join(map(_text, column.to_list()))).split(_BETWEEN)


def _text(value: object) -> str:
    if value is None:
        return "—"
    told = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return told.replace(_BETWEEN, "")
