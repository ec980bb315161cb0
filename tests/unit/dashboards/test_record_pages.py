"""Pages of persons, dwellings, buildings, tasks, pairs and the audit log, through Streamlit's test bench: filled and empty."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access.audit import AuditLog
from dashboards.access.policy import load_policy
from dashboards.answers.answer_queue import AnswerQueue
from tests.published_records import KEY
from tests.published_street import ROLES, write_accounts, write_version
from tests.unit.dashboards.conftest import person
from tests.unit.dashboards.test_pages import shown, signed_in

pytestmark = pytest.mark.slow  # every test draws whole pages

PLAIN = ("31999919600101", "1990000", "玉珠", "建国", "秀兰")
PAGES = {"search": "officer", "building": "worker", "task_work": "worker", "review": "steward", "audit": "auditor"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YIDANG_KEY", KEY)
    write_accounts(tmp_path)
    write_version(tmp_path)
    return tmp_path


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YIDANG_KEY", KEY)
    write_accounts(tmp_path)
    write_version(tmp_path, is_empty=True)
    return tmp_path


def page(home: Path, monkeypatch: pytest.MonkeyPatch, name: str, user: str, **asked: str) -> AppTest:
    app = signed_in(home, monkeypatch, user).switch_page(f"app_pages/{name}.py")
    for key, value in asked.items():
        app.query_params[key] = value
    return app.run()


def everything(app: AppTest) -> str:
    """All texts, also of links and fields."""
    links = [element.proto.label for element in app.get("page_link")]
    return "\n".join([shown(app), *links, *(element.label for element in app.expander), *(text.value for text in app.text)])


@pytest.mark.parametrize(("name", "user"), PAGES.items())
def test_an_empty_version_is_told_in_chinese(empty_home: Path, monkeypatch: pytest.MonkeyPatch, name: str, user: str) -> None:
    app = page(empty_home, monkeypatch, name, user)
    assert not app.exception
    assert not app.error
    assert any("\u4e00" <= sign <= "\u9fff" for sign in everything(app))


@pytest.mark.parametrize(("name", "user"), PAGES.items())
def test_a_page_shows_the_street_without_a_plain_value(home: Path, monkeypatch: pytest.MonkeyPatch, name: str, user: str) -> None:
    app = page(home, monkeypatch, name, user)
    assert not app.exception
    assert not app.error
    assert not [value for value in PLAIN if value in everything(app)]


@pytest.mark.parametrize("user", [user for user in ROLES if load_policy().role_of(person(user))])
def test_a_role_opens_its_own_pages_and_no_other(home: Path, monkeypatch: pytest.MonkeyPatch, user: str) -> None:
    app = signed_in(home, monkeypatch, user)
    for name in (*PAGES, "resident", "dwelling"):
        text = everything(app.switch_page(f"app_pages/{name}.py").run())
        assert not app.exception
        assert not app.error
        assert ("没有查看此页面的权限" in text) == (not load_policy().may(person(user), name)), name
        assert not [value for value in PLAIN if value in text]


def test_a_search_lists_masked_links_and_keeps_no_text(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(home, monkeypatch, "search", "officer")
    app.text_input(key="search_text").input("zhangyuzhu")
    app = app.button[0].click().run()
    links = [element.proto for element in app.get("page_link")]
    assert links
    assert all("张" in link.label and "resident=" in link.query_string for link in links)
    assert not [value for value in PLAIN if value in everything(app)]
    assert [entry["action"] for entry in AuditLog(home).entries()] == ["sign_in", "search"]
    app.text_input(key="search_text").input("张")
    assert "至少" in everything(app.button[0].click().run())


def test_a_person_is_masked_until_a_reason_is_given_and_only_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(home, monkeypatch, "resident", "officer", resident="R0")
    assert not app.exception
    assert "证件号一致，姓名相符" in everything(app)
    assert not [value for value in PLAIN if value in everything(app)]
    assert not app.button(key="FormSubmitter:unmask-查看此人明文").click().run().exception
    assert "事由" in "".join(warning.value for warning in app.warning)
    app.text_input(key="unmask_reason").input("上门前核对电话")
    revealed = app.button(key="FormSubmitter:unmask-查看此人明文").click().run()
    assert "319999196001010000" in everything(revealed)
    assert [entry["action"] for entry in AuditLog(home).entries()] == ["sign_in", "unmask"]
    assert not [value for value in PLAIN if value in everything(app.run())]


@pytest.mark.parametrize(("user", "sees_tags"), [("civil", True), ("officer", False), ("worker", False)])
def test_care_tags_stand_in_a_record_for_those_who_may(
    home: Path, monkeypatch: pytest.MonkeyPatch, user: str, sees_tags: bool
) -> None:
    app = page(home, monkeypatch, "resident", user, resident="R0")
    assert not app.error
    assert ("照护标签" in everything(app)) == sees_tags


def test_a_record_beyond_ones_area_looks_like_one_that_is_not(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = page(home, monkeypatch, "resident", "worker", resident="nobody")
    nobody = everything(worker)
    for resident in ("R1", "R2", "R3", "R4", "R5"):
        worker.query_params["resident"] = resident
        told = everything(worker.run())
        assert told == nobody or "319999001001" not in told
    for user, name in (("leader", "resident"), ("analyst", "dwelling"), ("auditor", "search")):
        app = page(home, monkeypatch, name, user, resident="R0", dwelling="D0")
        assert "没有查看此页面的权限" in everything(app)


def test_a_dwelling_and_its_building_show_who_is_there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(home, monkeypatch, "dwelling", "officer", dwelling="D0")
    assert not app.exception
    assert "现居住与户籍人员" in everything(app)
    app = page(home, monkeypatch, "building", "officer", building="B-E1")
    assert not app.exception
    assert "6层" in everything(app)
    assert "601 " in everything(app)


def test_a_pair_is_decided_shown_as_pending_and_taken_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(home, monkeypatch, "review", "steward")
    assert "不予合并：性别不符" in everything(app)
    app.radio[0].set_value("different")
    app.text_input[0].input("两人性别不同")
    app = next(button for button in app.button if button.label == "提交").click().run()
    assert not app.exception
    (kept,) = AnswerQueue(home, "decision").waiting().values()
    assert (kept.verdict, kept.by, kept.why) == ("different", "steward", "两人性别不同")
    assert "待下次运行生效" in everything(app)
    app = next(button for button in app.button if button.label == "撤回").click().run()
    assert AnswerQueue(home, "decision").waiting() == {}
    assert "待下次运行生效" not in everything(app)


def test_a_task_is_answered_and_refusals_are_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(home, monkeypatch, "task_work", "worker")
    app.radio[0].set_value("confirmed")
    app = next(button for button in app.button if button.label == "提交").click().run()
    assert "请写明依据" in everything(app)
    app.text_input[0].input("无人居住")
    app = next(button for button in app.button if button.label == "提交").click().run()
    assert not app.exception
    assert len(AnswerQueue(home, "verdict").waiting()) == 1
    assert "已反馈待生效 **1** 件" in everything(app)


def test_without_a_key_the_search_says_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YIDANG_KEY")
    app = page(home, monkeypatch, "search", "officer")
    app.text_input(key="search_text").input("张玉珠")
    assert "yidang serve" in everything(app.button[0].click().run())


def test_a_broken_chain_is_told_to_the_auditor(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = AuditLog(home)
    for number in range(3):
        log.append("search", f"user{number}", "shown")
    log.path.write_text(log.path.read_text(encoding="utf-8").replace("user1", "user9"), encoding="utf-8")
    app = page(home, monkeypatch, "audit", "auditor")
    assert "审计日志与其摘要不符" in everything(app)
