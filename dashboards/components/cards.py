"""A wall of figures that reflows on a phone, as one piece of HTML: a hundred elements of Streamlit's are slow.

Not here: the figures (services/board.py).
"""

from html import escape

import streamlit as st

from dashboards.components.markup import figure_markup
from dashboards.services.board import Card
from dashboards.services.definition import Definition
from dashboards.services.figure import Figure
from dashboards.services.language import say, signed
from dashboards.services.text import unit_name

_LEAST, _LOWEST = 3, 12  # months that make a line; per cent of the height for the lowest month
_STEADY = 0.05  # of the highest month: what moves less is drawn as moving little


def show_cards(cards: list[Card], source: str) -> None:
    """One card an indicator: value, unit, period, change, rank, its last months, and its definition on a click."""
    st.html(cards_markup(cards, source))


def cards_markup(cards: list[Card], source: str) -> str:
    """The same as HTML; for a wall that many look at, made once."""
    return f'<div class="yd-cards">{"".join(_card(card, source) for card in cards)}</div>'


def show_figures(figures: list[Figure]) -> None:
    """Plain figures in one row where there is room."""
    cells = [figure_markup(say(f.name), f.value, unit_name(f.unit), (say(f.note),)) for f in figures]
    st.html(f'<div class="yd-cards">{"".join(f"<section class=yd-card>{cell}</section>" for cell in cells)}</div>')


def _card(card: Card, source: str) -> str:
    meaning = card.definition
    unit = "" if meaning.is_percent or card.value.startswith("—") else meaning.unit
    figure = figure_markup(meaning.name, card.value, unit, (card.period,))
    arrow = {"better": "▲ ", "worse": "▼ "}.get(card.turn, "")
    told = say({"better": "（向好）", "worse": "（变差）"}.get(card.turn, ""))
    change = f'<div class="yd-note yd-{card.turn}">{arrow}{escape(card.change)} {told}</div>' if card.change else ""
    rank = f'<div class="yd-note">{escape(card.rank)}</div>' if card.rank else ""
    name = escape(meaning.name)
    return (
        f'<section class="yd-card" aria-label="{name}">{_line(card)}{figure}{change}{rank}'
        f'<details><summary aria-label="{name} {say("口径")}">{say("口径")}</summary>{_definition(meaning, source)}</details>'
        "</section>"
    )


def _definition(meaning: Definition, source: str) -> str:
    unknown = say("未登记")
    lines = {
        "单位": meaning.unit,
        "口径": meaning.formula or unknown,
        "来源": meaning.sources or unknown,
        "责任单位": meaning.owner or unknown,
        "版本": meaning.version or unknown,
        "更新": signed("，".join(part for part in (meaning.cadence, meaning.wish) if part)),
    }
    told = "".join(f"<dt>{say(name)}</dt><dd>{escape(text)}</dd>" for name, text in lines.items() if text)
    return f"<dl>{told}</dl><div>{escape(source)}</div>"


def _line(card: Card) -> str:
    """The last months as small bars; nothing below three months. The months stand as a table below the board."""
    if len(card.trend) < _LEAST:
        return ""
    low, high = min(card.trend), max(card.trend)
    spread = max(high - low, _STEADY * abs(high)) or 1.0
    low = (high + low - spread) / 2  # the middle of what happened stands in the middle
    bars = "".join(f'<i style="height:{_LOWEST + round((v - low) / spread * (100 - _LOWEST))}%"></i>' for v in card.trend)
    return f'<div class="yd-line" aria-hidden="true">{bars}</div>'
