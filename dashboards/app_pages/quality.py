"""数据质量: what was checked, what each batch brought, what is still open and with whom."""

import streamlit as st

from dashboards.components.board import show_board
from dashboards.components.cards import show_figures
from dashboards.components.charts import show_bars
from dashboards.components.desk import Desk
from dashboards.components.filters import choose_place
from dashboards.components.guard import show_page
from dashboards.components.markup import Column, numbers, show_table, texts
from dashboards.components.scorecard import show_agreement, show_scores
from dashboards.services import quality
from dashboards.services.language import say
from dashboards.services.place import load_places

DIMENSIONS = texts(dimension="维度") + numbers(passed="通过", failed="未通过", idle="未运行", rate="通过率")
FAILURES = [Column("claim", "检查内容", "long"), Column("dataset", "数据表", "long"), *texts(severity="程度")]
FAILURES += numbers(rows="问题行 / 检查行", observed="实测", expected="正常范围") + texts(owner="责任单位")
BATCHES = texts(source="来源", entity="内容", received="最近接收") + numbers(batches="批次", read="读取", loaded="入库")
BATCHES += numbers(rejected="退回", deduplicated="去重", reject_rate="退回率") + texts(adds_up="核对")
ISSUES = [*texts(owner="责任单位"), Column("name", "问题", "long"), *texts(rule="规则")]
ISSUES += numbers(issue_count="问题数") + texts(since="最早发现")


def body(desk: Desk) -> None:
    """Figures of the data, checks, batches, issues."""
    places = load_places(desk.reader, "overview")
    place = choose_place(places)
    show_board(desk, place, places, "quality")
    show_scores(desk, places)
    show_checks(desk)
    show_agreement(desk, place)
    st.subheader(say("来源批次"), anchor=False)
    show_figures(quality.load_totals(desk.reader))
    show_table("来源批次", BATCHES, quality.load_batches(desk.reader), empty="还没有接收任何批次。")
    st.caption(say("核对：读取 = 入库 + 退回 + 去重。"))
    show_issues(desk)


def show_checks(desk: Desk) -> None:
    """Checks by dimension, and those that failed."""
    st.subheader(say("检查结果"), anchor=False)
    dimensions = quality.load_dimensions(desk.reader)
    if dimensions.is_empty():
        st.caption(say("这一版没有检查记录。"))
        return
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        show_bars(dimensions, "dimension", "pass_rate", "检查通过率", is_share=True)
    with grid.cell():
        show_table("检查结果（按维度）", DIMENSIONS, quality.rate_texts(dimensions))
    st.caption(say("未运行的检查没有可查的行，不计入通过率。"))
    st.markdown(f"**{say('未通过的检查')}**")
    show_table("未通过的检查", FAILURES, quality.load_failures(desk.reader), empty="全部检查均已通过。")


def show_issues(desk: Desk) -> None:
    """Open issues by the department that can settle them."""
    st.subheader(say("待解决问题"), anchor=False)
    issues = quality.load_issues(desk.reader)
    if not issues.is_empty():
        show_bars(quality.by_owner(issues), "owner", "issue_count", "待解决问题（按责任单位）")
    show_table("待解决问题", ISSUES, issues, empty="没有待解决的问题。")


show_page("quality", "数据质量", body)
