"""数据返还: what may be asked for, which packages were made, what became of them, and handing in what was checked."""

import streamlit as st

from dashboards.access.session import home_folder
from dashboards.components.desk import Desk
from dashboards.components.filters import choose
from dashboards.components.guard import show_page
from dashboards.components.hand_in import show_hand_in
from dashboards.components.markup import Column, numbers, show_table, texts
from dashboards.components.package import show_package
from dashboards.services import returned
from dashboards.services.language import say
from dashboards.services.place import load_places

ITEMS = [
    *texts(name="内容", mine="您的权限", refresh="更新"),
    Column("fields", "字段", "long"),
    Column("basis", "法律依据", "long"),
]
ITEMS += texts(sources="来源", receivers="接收方")
PACKAGES = texts(sent="发出时间", receiver="接收方", area="范围", period="期间", state="状态") + numbers(
    complete="完整性", timely="及时性"
)
HANDED_IN = texts(file="工作簿", received_at="接收时间") + numbers(row_count="行数", accepted_count="采用", refused_count="退回")


def body(desk: Desk) -> None:
    """Packages, then what may be asked for, then the way back."""
    home = home_folder()
    if home is None:
        return
    places = load_places(desk.reader, desk.purpose)
    st.subheader(say("返还包与回执"), anchor=False)
    packages = returned.load_packages(desk.reader, home)
    empty = "还没有返还包。每周一由系统自动制作，也可由数据专员用 yidang package make 制作。"
    show_table("返还包", PACKAGES, returned.package_rows(packages, places), empty=empty)
    if packages:
        st.caption(say("完整性：应填字段的填写率；及时性：按时更新的来源占比；均为0至100分，取各项内容的平均。"))
        names = {name: returned.title_of(package, places) for name, package in packages.items()}
        show_package(desk, packages[choose("返还包", "package", names) or next(iter(names))])
    show_hand_in(desk)
    handed_in = returned.handed_in_rows(desk.reader)
    show_table("收到的核查工作簿", HANDED_IN, handed_in, empty="还没有收到过核查工作簿。")
    st.subheader(say("返还目录"), anchor=False)
    show_table("返还目录", ITEMS, returned.load_catalogue(desk.reader))


show_page("returned", "数据返还", body)
