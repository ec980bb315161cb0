"""数据质量: what was checked, what each batch brought, what is still open and with whom."""

import streamlit as st

from dashboards.components.cards import show_figures
from dashboards.components.charts import show_bars
from dashboards.components.desk import Desk
from dashboards.components.guard import show_page
from dashboards.components.markup import Column, numbers, show_table, texts
from dashboards.services import quality


def body(desk: Desk) -> None:
    """Checks, batches, issues."""
    show_figures(quality.load_totals(desk.reader))
    show_checks(desk)
    st.subheader("来源批次", anchor=False)
    columns = texts(source="来源", entity="内容", received="最近接收") + numbers(batches="批次", read="读取", loaded="入库")
    columns += numbers(rejected="退回", deduplicated="去重", reject_rate="退回率") + texts(adds_up="核对")
    show_table("来源批次", columns, quality.load_batches(desk.reader), empty="还没有接收任何批次。")
    st.caption("核对：读取 = 入库 + 退回 + 去重。")
    show_issues(desk)


def show_checks(desk: Desk) -> None:
    """Checks by dimension, and those that failed."""
    st.subheader("检查结果", anchor=False)
    dimensions = quality.load_dimensions(desk.reader)
    if dimensions.is_empty():
        st.caption("这一版没有检查记录。")
        return
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        show_bars(dimensions, "dimension", "pass_rate", "检查通过率", is_share=True)
    with grid.cell():
        columns = texts(dimension="维度") + numbers(passed="通过", failed="未通过", rate="通过率")
        show_table("检查结果（按维度）", columns, quality.rate_texts(dimensions))
    st.markdown("**未通过的检查**")
    columns = [Column("claim", "检查内容", "long"), *texts(dataset="数据表", severity="程度")]
    columns += numbers(rows="问题行 / 检查行") + texts(owner="责任单位")
    show_table("未通过的检查", columns, quality.load_failures(desk.reader), empty="全部检查均已通过。")


def show_issues(desk: Desk) -> None:
    """Open issues by the department that can settle them."""
    st.subheader("待解决问题", anchor=False)
    issues = quality.load_issues(desk.reader)
    if not issues.is_empty():
        show_bars(quality.by_owner(issues), "owner", "issue_count", "待解决问题（按责任单位）")
    columns = texts(owner="责任单位", name="问题", rule="规则") + numbers(issue_count="问题数") + texts(since="最早发现")
    show_table("待解决问题", columns, issues, empty="没有待解决的问题。")


show_page("quality", "数据质量", body)
