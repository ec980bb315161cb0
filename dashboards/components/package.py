"""One package of returned data: what is in it, what became of it, and for its receiver opening and answering."""

import streamlit as st

from dashboards.components.desk import Desk
from dashboards.components.markup import Column, numbers, show_table, texts
from dashboards.components.take_away import show_made, try_to
from dashboards.repositories.returned import Package
from dashboards.services import returned
from dashboards.services.language import say
from dashboards.services.report import Made

_OPENED = "package_opened"
_ITEMS = texts(name="内容") + numbers(rows="行数", completeness="完整性", timeliness="及时性")
_RECEIPTS = [*texts(at="时间", event="回执", by="经办"), Column("why", "说明", "long")]


def show_package(desk: Desk, package: Package) -> None:
    """Items and receipts side by side, then what its receiver may do."""
    grid = st.grid(2, min_column_width=340)
    with grid.cell():
        show_table("返还包内容", _ITEMS, returned.item_rows(package))
    with grid.cell():
        show_table("回执", _RECEIPTS, returned.receipt_rows(package))
    if returned.is_receiver(desk.reader, package):
        _show_open(desk, package)
        _show_answer(desk, package)


def _show_open(desk: Desk, package: Package) -> None:
    if st.button(say("打开返还包"), key="open_package", icon=":material/folder_open:"):
        data = try_to(lambda: returned.open_package(desk.reader, package))
        if data:
            st.session_state[_OPENED] = (package.package_id, data)
            st.rerun()  # the receipts have one line more
    found = st.session_state.get(_OPENED)
    if found and found[0] == package.package_id:
        show_made(Made(f"{package.package_id}.zip", "application/zip", found[1]), "package_file")


def _show_answer(desk: Desk, package: Package) -> None:
    with st.form("answer_package", border=False):
        answer = st.radio(
            say("回执"),
            list(returned.ANSWERS),
            index=None,
            horizontal=True,
            key="package_answer",
            format_func=lambda code: say(returned.ANSWERS[code]),
        )
        why = st.text_input(say("说明"), key="package_why", placeholder=say("退回时请写明原因（请勿填写号码）"), max_chars=200)
        is_sent = st.form_submit_button(say("提交回执"))
    if not is_sent:
        return
    if answer is None or (answer == "rejected" and not why.strip()):
        st.warning(say("请选择接收或退回；退回请写明原因。"), icon=":material/block:")
    elif try_to(lambda: returned.answer_package(desk.reader, package, answer, why)):
        st.rerun()
