"""Choose a tag of care or a benefit, and go to the people one by one. Not here: who they are (services/care_list.py)."""

import streamlit as st

from dashboards.access.session import home_folder
from dashboards.components.desk import Desk
from dashboards.components.filters import choose
from dashboards.components.link import link_to
from dashboards.services import care_list
from dashboards.services.language import say
from dashboards.services.place import Place

AT_ONCE = 20
_TOLD = "care_list_told"  # what this session has had listed last: turning its pages is no new search


def show_care_list(desk: Desk, place: Place) -> None:
    """Nothing is listed before somebody asks for it."""
    st.subheader(say("按标签找人"), anchor=False)
    with st.container(width=360):
        chosen = choose("标签或政策", "care", care_list.choices(desk.reader), whole="请选择标签或政策")
    home = home_folder()
    if not chosen or home is None:
        st.caption(say("选择后列出名单，逐人进入档案；名单一律脱敏，每次列出均记入审计日志。"))
        return
    people = care_list.load_people(desk.reader, place, chosen, desk.as_of)
    asked = (desk.version.name, place, chosen)
    if st.session_state.get(_TOLD) != asked:
        care_list.write_down(desk.reader, home, place, chosen, len(people))
        st.session_state[_TOLD] = asked
    pages = max(1, -(-len(people) // AT_ONCE))
    page = st.number_input(say("第几页"), 1, pages, key=f"care_page_{pages}", width=360) if pages > 1 else 1
    st.caption(say("共 {count} 人，按居委和地址排列。", count=f"{len(people):,}"))
    with st.container(gap=None):
        for who, line in people[(page - 1) * AT_ONCE : page * AT_ONCE]:
            link_to("resident", line, ":material/person:", resident=who)
