"""Charts as Vega-Lite specifications, with a text for screen readers. Pages put a table of the same figures beside each.

A specification is a plain dictionary and its rows go to the browser as Arrow: no plotting library is loaded, so the first page
is there sooner and a rerun costs a few milliseconds. Nothing is fetched: positions are drawn on an empty ground.
"""

import io
from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from dashboards.services.language import say

BLUE, ORANGE, GREY = "#1f5fa8", "#b85c00", "#8b98a9"
# Pixels: one row of bars; the axis below; axis and legend together (Streamlit's theme pads a legend generously).
_ROW, _AXIS, _AXIS_AND_LEGEND = 26, 72, 150
_COUNT, _MEAN, _SHARE = ",d", ",.1f", ".1%"
# Streamlit's own grey on axes has a contrast below 4.5.
_WORDS = {"labelColor": "#43536a", "titleColor": "#43536a"}
_INK = {"axis": _WORDS, "legend": _WORDS}
_ROWS = "rows"
Encoding = dict[str, Any]
Pick = Callable[[str], None]


def show_pyramid(frame: pl.DataFrame) -> None:
    """People by age band, men to the left and women to the right. Columns: age_from, age_band, sex, person_count."""
    men, women = say("男"), say("女")
    sided = frame.select(
        pl.col("age_band"),
        pl.when(pl.col("sex") == "男").then(pl.lit(men)).otherwise(pl.lit(women)).alias("sex"),
        "person_count",
        pl.when(pl.col("sex") == "男").then(-pl.col("person_count")).otherwise(pl.col("person_count")).alias("side"),
    )
    order = frame.sort("age_from", descending=True)["age_band"].unique(maintain_order=True).to_list()
    x = quantity("side", say("人数")) | {"axis": {"labelExpr": "format(abs(datum.value), ',d')", "tickCount": 6}}
    encoding: Encoding = {"x": x, "y": kind("age_band", order), "color": colours("sex", [men, women], [BLUE, ORANGE])}
    encoding["tooltip"] = [tip("age_band", say("年龄")), tip("sex", say("性别")), tip("person_count", say("人数"), _COUNT)]
    draw(sided, {"type": "bar", "height": {"band": 0.8}}, encoding, say("人口金字塔：各年龄段男女人数"), _legend(len(order)))


def show_stacked(frame: pl.DataFrame, parts: tuple[str, str], value: str, title: str) -> None:
    """Bars of `value` by the first of `parts`, split by the second in the frame's order, longest first."""
    row, part = parts
    title = say(title)
    rows = frame.group_by(row).agg(pl.col(value).sum()).sort(value, descending=True)[row].to_list()
    kinds = frame[part].unique(maintain_order=True).to_list()
    encoding: Encoding = {
        "x": quantity(value, title, _COUNT),
        "y": kind(row, rows),
        "order": {"field": "place", "type": "quantitative"},
    }
    encoding["color"] = colours(part, kinds)
    encoding["tooltip"] = [tip(row, say("类别")), tip(part, say("状况")), tip(value, title, _COUNT)]
    spoken = say("{title}：按类别分段的条形图", title=title)
    draw(frame.with_row_index("place"), {"type": "bar"}, encoding, spoken, _legend(len(rows)))


def show_bars(
    frame: pl.DataFrame,
    name: str,
    value: str,
    title: str,
    *,
    is_share: bool = False,
    pick: tuple[str, Pick] | None = None,
) -> None:
    """One bar a row in the frame's order; `is_share`: values from 0 to 1, shown as per cent.

    `pick`: a column and what to do with its value when a bar is clicked.
    """
    title = say(title)
    number_format = _SHARE if is_share else _MEAN if frame[value].dtype.is_float() else _COUNT
    x = quantity(value, title, ".0%" if is_share else ",~f")
    if is_share:
        x["scale"] = {"domain": [0, 1]}
    encoding: Encoding = {"x": x, "y": kind(name, frame[name].to_list())}
    encoding["tooltip"] = [tip(name, say("名称")), tip(value, title, number_format)]
    shown = frame[sorted({name, value, *([pick[0]] if pick else [])})]
    shown = shown.drop_nulls(value) if shown[value].null_count() else shown
    spoken = say("{title}：条形图", title=title)
    draw(shown, {"type": "bar", "color": BLUE}, encoding, spoken, _ROW * frame.height + _AXIS, pick=pick)


def show_days(frame: pl.DataFrame, value: str, title: str) -> None:
    """A share per day as a line. Columns: day, `value` from 0 to 1."""
    title = say(title)
    days = frame.with_columns(pl.col("day").dt.to_string("%m-%d"))
    y = quantity(value, title, _SHARE) | {"scale": {"zero": False}}
    encoding: Encoding = {"x": kind("day", None) | {"axis": {"labelAngle": 0, "labelOverlap": True}}, "y": y}
    encoding["tooltip"] = [tip("day", say("日期")), tip(value, title, _SHARE)]
    draw(days, {"type": "line", "color": BLUE, "point": True}, encoding, say("{title}：按日折线图", title=title), 260)


def show_hours(frame: pl.DataFrame, value: str, title: str, *, is_share: bool = False) -> None:
    """A value by hour of the day as columns. Columns: hour (08:00), `value`; `is_share`: from 0 to 1, shown as per cent."""
    title = say(title)
    y = quantity(value, title, ".0%" if is_share else ",~f") | ({"scale": {"domain": [0, 1]}} if is_share else {})
    x = kind("hour", frame["hour"].to_list()) | {"axis": {"labelAngle": 0, "labelOverlap": True}}
    tips = [tip("hour", say("时段")), tip(value, title, _SHARE if is_share else _MEAN)]
    encoding: Encoding = {"x": x, "y": y, "tooltip": tips}
    draw(frame.drop_nulls(value), {"type": "bar", "color": BLUE}, encoding, say("{title}：按小时柱形图", title=title), 260)


def show_trend(frame: pl.DataFrame, title: str) -> None:
    """A value month by month, a line an area. Columns: period, area, value, shown; the first area is the one looked at."""
    areas = frame["area"].unique(maintain_order=True).to_list()
    months = frame["period"].unique(maintain_order=True).to_list()
    y = quantity("value", title, ",~f") | {"scale": {"zero": False}}
    if (frame["value"].drop_nulls() % 1 == 0).all():
        y["axis"]["tickMinStep"] = 1  # there is no half a person on an axis
    encoding: Encoding = {"x": kind("period", months) | {"axis": {"labelAngle": 0, "labelOverlap": True}}, "y": y}
    encoding["color"] = colours("area", areas, [BLUE, ORANGE][: len(areas)])
    encoding["tooltip"] = [tip("area", say("范围")), tip("period", say("月份")), tip("shown", title)]
    draw(frame, {"type": "line", "point": True}, encoding, say("{title}：逐月折线图", title=title), 280)


def draw(
    frame: pl.DataFrame,
    mark: dict[str, Any],
    encoding: Encoding,
    spoken: str,
    height: int,
    *,
    pick: tuple[str, Pick] | None = None,
) -> None:
    """One chart over the frame's rows; `spoken` is what a screen reader says. `pick`: see `show_bars`."""
    spec: dict[str, Any] = {"mark": mark, "encoding": encoding, "height": height, "config": _INK} | _carried(frame)
    if pick is None:
        st.vega_lite_chart(spec=spec, width="stretch", alt=spoken)
        return
    field, act = pick
    spec["params"] = [{"name": "pick", "select": {"type": "point", "fields": [field]}}]
    spec["mark"] = mark | {"cursor": "pointer"}
    key = f"chart:{field}:{mark['type']}"

    def picked() -> None:
        chosen = st.session_state[key]["selection"].get("pick") or []
        if chosen and chosen[0].get(field):
            act(str(chosen[0][field]))

    st.vega_lite_chart(spec=spec, width="stretch", alt=spoken, key=key, on_select=picked)


def _carried(frame: pl.DataFrame) -> dict[str, Any]:
    """The rows as they go to the browser, written by Polars itself: Streamlit's way loads PyArrow and NumPy first.

    A handle of our own on the rows: writing locks the handle while it waits for the interpreter, and whoever has the interpreter
    may wait for the handle, since frames are shared among sessions.
    """
    stream = io.BytesIO()
    frame.clone().write_ipc_stream(stream, compat_level=pl.CompatLevel.oldest())
    return {"data": {"name": _ROWS}, "datasets": {_ROWS: stream.getvalue()}}


def quantity(field: str, title: str, number_format: str = _COUNT) -> Encoding:
    """An axis of numbers."""
    return {"field": field, "type": "quantitative", "title": title, "axis": {"format": number_format, "tickCount": 5}}


def kind(field: str, order: list[str] | None) -> Encoding:
    """An axis of names, in this order; no order: as the rows come."""
    return {"field": field, "type": "nominal", "title": None, "sort": order, "axis": {"labelLimit": 200, "labelOverlap": False}}


def colours(field: str, names: list[str], colour: list[str] | None = None) -> Encoding:
    """A colour a name, with its legend above."""
    scale = {"domain": names} | ({"range": colour} if colour else {})
    return {"field": field, "type": "nominal", "title": None, "scale": scale, "legend": {"orient": "top", "columns": 5}}


def tip(field: str, title: str, number_format: str = "") -> Encoding:
    """One line of what is shown under the pointer."""
    shape = {"type": "quantitative", "format": number_format} if number_format else {"type": "nominal"}
    return {"field": field, "title": title, **shape}


def _legend(rows: int) -> int:
    return _ROW * rows + _AXIS_AND_LEGEND
