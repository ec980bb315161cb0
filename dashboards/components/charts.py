"""Drawn charts: Altair, Chinese titles, a text for screen readers. Pages put a table of the same figures beside each."""

import altair as alt
import pandas as pd  # noqa: F401 - Streamlit imports it late; Altair, in another session's thread, must never meet it half imported
import polars as pl
import streamlit as st

_BLUE, _ORANGE = "#1f5fa8", "#d9822b"
# Pixels: one row of bars; the axis below; axis and legend together (Streamlit's theme pads a legend generously).
_ROW, _AXIS, _AXIS_AND_LEGEND = 26, 72, 150
_COUNT, _MEAN, _SHARE = ",d", ",.1f", ".1%"


def show_pyramid(frame: pl.DataFrame) -> None:
    """People by age band, men to the left and women to the right. Columns: age_from, age_band, sex, person_count."""
    sided = frame.with_columns(
        pl.when(pl.col("sex") == "男").then(-pl.col("person_count")).otherwise(pl.col("person_count")).alias("side")
    )
    order = frame.sort("age_from", descending=True)["age_band"].unique(maintain_order=True).to_list()
    chart = (
        alt.Chart(_values(sided))
        .mark_bar(height={"band": 0.8})
        .encode(
            x=alt.X("side:Q", title="人数", axis=alt.Axis(labelExpr="format(abs(datum.value), ',d')", tickCount=6)),
            y=alt.Y("age_band:N", title=None, sort=order, axis=alt.Axis(labelLimit=120, labelOverlap=False)),
            color=alt.Color(
                "sex:N", title=None, scale=alt.Scale(domain=["男", "女"], range=[_BLUE, _ORANGE]), legend=alt.Legend(orient="top")
            ),
            tooltip=[
                alt.Tooltip("age_band:N", title="年龄"),
                alt.Tooltip("sex:N", title="性别"),
                alt.Tooltip("person_count:Q", title="人数", format=_COUNT),
            ],
        )
        .properties(height=_ROW * len(order) + _AXIS_AND_LEGEND)
    )
    st.altair_chart(chart, width="stretch", alt="人口金字塔：各年龄段男女人数")


def show_stacked(frame: pl.DataFrame, parts: tuple[str, str], value: str, title: str) -> None:
    """Bars of `value` by the first of `parts`, split by the second in the frame's order, longest first."""
    row, part = parts
    rows = frame.group_by(row).agg(pl.col(value).sum()).sort(value, descending=True)[row].to_list()
    kinds = frame[part].unique(maintain_order=True).to_list()
    chart = (
        alt.Chart(_values(frame.with_row_index("place")))
        .mark_bar()
        .encode(
            x=alt.X(f"{value}:Q", title=title, axis=alt.Axis(format=_COUNT, tickCount=6)),
            y=alt.Y(f"{row}:N", title=None, sort=rows, axis=alt.Axis(labelLimit=140, labelOverlap=False)),
            color=alt.Color(f"{part}:N", title=None, sort=kinds, legend=alt.Legend(orient="top", columns=5)),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip(f"{row}:N", title="类别"),
                alt.Tooltip(f"{part}:N", title="状况"),
                alt.Tooltip(f"{value}:Q", title=title, format=_COUNT),
            ],
        )
        .properties(height=_ROW * len(rows) + _AXIS_AND_LEGEND)
    )
    st.altair_chart(chart, width="stretch", alt=f"{title}：按类别分段的条形图")


def show_bars(frame: pl.DataFrame, name: str, value: str, title: str, *, is_share: bool = False) -> None:
    """One bar a row in the frame's order; `is_share`: values from 0 to 1, shown as per cent."""
    number_format = _SHARE if is_share else _MEAN if frame[value].dtype.is_float() else _COUNT
    scale = alt.Scale(domain=[0, 1]) if is_share else alt.Undefined
    base = alt.Chart(_values(frame.select(name, value).drop_nulls())).encode(
        x=alt.X(f"{value}:Q", title=title, scale=scale, axis=alt.Axis(format=".0%" if is_share else ",~f", tickCount=5)),
        y=alt.Y(f"{name}:N", title=None, sort=frame[name].to_list(), axis=alt.Axis(labelLimit=160, labelOverlap=False)),
        tooltip=[alt.Tooltip(f"{name}:N", title="名称"), alt.Tooltip(f"{value}:Q", title=title, format=number_format)],
    )
    st.altair_chart(
        base.mark_bar(color=_BLUE).properties(height=_ROW * frame.height + _AXIS), width="stretch", alt=f"{title}：条形图"
    )


def show_days(frame: pl.DataFrame, value: str, title: str) -> None:
    """A share per day as a line. Columns: day, `value` from 0 to 1."""
    chart = (
        alt.Chart(_values(frame))
        .mark_line(color=_BLUE, point=True)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%m-%d", tickCount=6, labelOverlap=True)),
            y=alt.Y(f"{value}:Q", title=title, scale=alt.Scale(zero=False), axis=alt.Axis(format=_SHARE, tickCount=5)),
            tooltip=[
                alt.Tooltip("day:T", title="日期", format="%Y-%m-%d"),
                alt.Tooltip(f"{value}:Q", title=title, format=_SHARE),
            ],
        )
        .properties(height=260)
    )
    st.altair_chart(chart, width="stretch", alt=f"{title}：按日折线图")


def _values(frame: pl.DataFrame) -> alt.InlineData:
    """The frame as inline values; dates as ISO text."""
    text = frame.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%dT00:00:00"))
    return alt.InlineData(values=text.to_dicts())
