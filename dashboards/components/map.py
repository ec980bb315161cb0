"""Estates or buildings as a drawing of where they stand: no tiles, nothing fetched. A table of the places stands beside it."""

import math

import polars as pl

from dashboards.components.charts import BLUE, GREY, Pick, draw, tip
from dashboards.services.language import say

_HIGH = 460  # pixels; two fifths of the page's width on a desk
_WIDE_TO_HIGH = 1.35
_MARGIN = 1.12
_LEAST_METRES = 60.0
_COLOURS_FROM = 2  # different values
_UNKNOWN = "#e3e8ee"


def show_map(points: pl.DataFrame, title: str, pick: Pick) -> None:
    """Points by size (dwellings) and colour (value), north above. Columns: see services/position.py."""
    half = _half_height(points)
    axis = {"axis": None, "type": "quantitative"}
    legend = {
        "orient": "top",
        "direction": "horizontal",
        "gradientLength": 160,
        "gradientThickness": 10,
        "tickCount": 4,
        "format": ",.1~f",
        "title": title,
        "titleLimit": 320,
    }
    known = {"field": "value", "type": "quantitative", "legend": legend, "scale": {"scheme": "blues"}}
    # Withheld or not known: grey, and still to be clicked. Where all values are one, its colour tells nothing.
    colour = {"condition": {"test": "isValid(datum.value)", **known}, "value": _UNKNOWN}
    if points["value"].drop_nulls().n_unique() < _COLOURS_FROM:
        colour = {"value": BLUE}
    spoken = say("{title}：位置图，圆越大房屋越多，颜色越深数值越高", title=title)
    encoding = {
        "x": {"field": "x", "scale": {"domain": [-half * _WIDE_TO_HIGH, half * _WIDE_TO_HIGH]}, **axis},
        "y": {"field": "y", "scale": {"domain": [-half, half]}, **axis},
        "size": {"field": "size", "type": "quantitative", "legend": None, "scale": {"range": [60, 900]}},
        "color": colour,
        "stroke": {"value": GREY},
        "opacity": {"value": 0.85},
        "tooltip": [tip("area_name", say("名称")), tip("shown", title), tip("size", say("房屋（套）"), ",d")],
    }
    draw(points, {"type": "circle", "invalid": None}, encoding, spoken, _HIGH, pick=("area_code", pick))


def _half_height(points: pl.DataFrame) -> float:
    """Half the height in metres at which everything is within the drawing, in both directions to the same scale."""
    furthest: list[float] = [abs(value) for value in points["y"]] + [abs(value) / _WIDE_TO_HIGH for value in points["x"]]
    return math.ceil(max([_LEAST_METRES, *furthest]) * _MARGIN)
