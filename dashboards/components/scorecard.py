"""The scorecard and the agreement of sources as tables with what to choose. Not here: words of rows (services/scorecard.py)."""

import streamlit as st

from dashboards.components.desk import Desk
from dashboards.components.filters import choose, choose_one
from dashboards.components.markup import numbers, show_table, texts
from dashboards.services import scorecard
from dashboards.services.labels import names_of
from dashboards.services.language import say
from dashboards.services.place import Place, Places

SCORES = texts(subject="对象", score="得分", grade="等级", trend="趋势")
SCORES += numbers(rows="合格 / 检查行", **scorecard.DIMENSIONS, run="已运行 / 应运行", columns="字段覆盖")
PAIRS = texts(left="甲方", right="乙方", attribute="属性")
PAIRS += numbers(matched="一致", conflicting="冲突", unmatched="仅一方有", rate="一致率")


def show_scores(desk: Desk, places: Places) -> None:
    """Score, grade, trend, numerator and denominator, six dimensions, coverage of one level."""
    st.subheader(say("质量评分"), anchor=False)
    level = choose_one("评分层级", "level", names_of("quality_level"))
    found = scorecard.load_scores(desk.reader, level, places)
    show_table("质量评分", SCORES, found, empty="这一版没有质量评分。")
    st.caption(say("得分 = 100 ×（检查行数 − 问题行数）÷ 检查行数；没有可查的行的检查不计分，记为未运行，只降低覆盖率。"))


def show_agreement(desk: Desk, place: Place) -> None:
    """What two sources say of the same people, by attribute, in one week and place."""
    st.subheader(say("来源一致性"), anchor=False)
    weeks = scorecard.load_weeks(desk.reader)
    if not weeks:
        st.caption(say("没有两个来源都登记的人员。"))
        return
    with st.container(width=360):
        week = choose("周", "week", weeks, whole="本周") or next(iter(weeks))
    found = scorecard.load_agreement(desk.reader, place.committee, week)
    show_table("来源一致性", PAIRS, found, empty="没有两个来源都登记的人员。")
    st.caption(say("一致率 = 一致 ÷（一致 + 冲突）；仅一方有值的不计入。{week} 起的一周。", week=weeks[week]))
