"""Every page through Streamlit's own test bench: filled, empty, without a version, without a right, with a forged session."""

import re
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access.policy import load_policy
from dashboards.access.session import TICKET
from dashboards.components.filters import BUILDING
from dashboards.repositories import reader as reader_module
from dashboards.repositories.result_cache import ResultCache
from dashboards.services import memo
from tests.published_street import PASSWORD, ROLES, write_accounts, write_version
from tests.unit.dashboards.conftest import person

pytestmark = pytest.mark.slow  # every test draws whole pages

APP = Path(__file__).resolve().parents[3] / "dashboards" / "app.py"
PAGES = {
    "overview": "街道总览",
    "population": "人口",
    "housing": "房屋",
    "welfare": "养老与民政",
    "device": "设备与告警",
    "quality": "数据质量",
    "catalogue": "指标口径",
}
ENGLISH = {
    "overview": "Street overview",
    "population": "Population",
    "housing": "Housing",
    "welfare": "Elders and welfare",
    "device": "Devices and alarms",
    "quality": "Data quality",
    "catalogue": "Indicator catalogue",
}
LONGEST = 60


@pytest.fixture
def empty_home(tmp_path: Path) -> Path:
    write_accounts(tmp_path)
    write_version(tmp_path, is_empty=True)
    return tmp_path


def start(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("YIDANG_HOME", str(home))
    return AppTest.from_file(str(APP), default_timeout=LONGEST).run()


def signed_in(home: Path, monkeypatch: pytest.MonkeyPatch, user: str = "leader") -> AppTest:
    app = start(home, monkeypatch)
    app.text_input(key="sign_in_user").input(user)
    app.text_input(key="sign_in_password").input(PASSWORD)
    return app.button[0].click().run()


def opened(app: AppTest, page: str) -> AppTest:
    return app if page == "overview" else app.switch_page(f"app_pages/{page}.py").run()


def shown(app: AppTest) -> str:
    """Every text on the page."""
    own: list[Any] = [element.proto.body for element in app.get("html")]
    others = [
        element.value
        for kind in (app.title, app.subheader, app.caption, app.info, app.error, app.warning, app.markdown)
        for element in kind
    ]
    return "\n".join([*own, *(str(text) for text in others)])


@pytest.mark.parametrize("page", PAGES)
def test_page_shows_the_street(street_home: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    app = opened(signed_in(street_home, monkeypatch), page)
    text = shown(app)
    assert app.title[0].value == PAGES[page]
    assert not app.exception
    assert not app.error
    assert "数据截至 2026年11月20日" in text
    assert "公安数据自 2026-11-18 09:00 起未能更新" in text
    assert re.search(r"\d", text)
    assert "外街" not in text


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_page_without_rows_says_so_in_chinese(empty_home: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    app = opened(signed_in(empty_home, monkeypatch), page)
    assert not app.exception
    assert not app.error
    assert re.search("没有|还没有", shown(app))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_page_without_a_version_says_so_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    write_accounts(tmp_path)
    app = opened(signed_in(tmp_path, monkeypatch), page)
    assert not app.exception
    assert [info.value for info in app.info] == ["还没有发布任何数据。首次运行完成并通过检查后，这里会自动显示。"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("user", "page"), [(user, page) for user in ROLES for page in PAGES if load_policy().role_of(person(user))]
)
def test_role_sees_its_pages_and_no_other(street_home: Path, monkeypatch: pytest.MonkeyPatch, user: str, page: str) -> None:
    app = opened(signed_in(street_home, monkeypatch, user), page)
    text = shown(app)
    may = load_policy().may(person(user), page)
    assert not app.exception
    assert not app.error
    assert ("数据截至" in text) == may
    assert ("没有查看此页面的权限" in text) == (not may)
    if user == "worker":
        assert "向阳" not in text


@pytest.mark.slow
def test_figure_roles_see_no_list(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for user, has_list in (("leader", True), ("analyst", False)):
        text = shown(opened(signed_in(street_home, monkeypatch, user), "device"))
        assert ("DEV-0" in text) == has_list


def test_without_signing_in_there_is_only_the_form(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = start(street_home, monkeypatch)
    assert [field.label for field in app.text_input] == ["账号", "密码"]
    assert "数据截至" not in shown(app)


def test_a_forged_session_opens_nothing(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = start(street_home, monkeypatch)
    for forged in ("leader", "a" * 43, {"user": "leader", "role": "street_leader"}, person("leader")):
        app.session_state[TICKET] = forged
        for name in ("user", "role", "person", "yidang_person"):
            app.session_state[name] = person("leader")
        app.run()
        assert "数据截至" not in shown(app)
        assert TICKET not in app.session_state


@pytest.mark.slow
@pytest.mark.parametrize(("user", "password"), [("leader", "wrong"), ("stranger", PASSWORD), ("", "")])
def test_a_refusal_is_told_and_opens_nothing(
    street_home: Path, monkeypatch: pytest.MonkeyPatch, user: str, password: str
) -> None:
    app = start(street_home, monkeypatch)
    app.text_input(key="sign_in_user").input(user)
    app.text_input(key="sign_in_password").input(password)
    app = app.button[0].click().run()
    assert app.error
    assert "数据截至" not in shown(app)


def test_signing_out_ends_the_session(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = signed_in(street_home, monkeypatch)
    app = app.button(key="sign_out").click().run()
    assert [field.label for field in app.text_input] == ["账号", "密码"]
    assert "数据截至" not in shown(app)


def test_choosing_a_committee_and_an_estate_narrows_the_page(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(signed_in(street_home, monkeypatch), "population")
    app = app.selectbox(key="committee").set_value("319999001001").run()
    assert "东风一村" in shown(app)
    assert "向阳里" not in shown(app)
    app = app.selectbox(key="estate").set_value("E1").run()
    assert "1号楼" in shown(app)
    assert "东风二村" in shown(app)  # its peers stay beside it
    app = app.selectbox(key="committee").set_value("319999001002").run()
    assert "向阳里" in shown(app)
    assert "东风" not in shown(app)
    assert not app.error


def test_one_goes_up_again_by_the_button(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = signed_in(street_home, monkeypatch)
    assert app.button(key="up").disabled
    app = app.selectbox(key="committee").set_value("319999001001").run()
    app = app.selectbox(key="estate").set_value("E1").run()
    app = app.button(key="up").click().run()
    assert (app.selectbox(key="committee").value, app.selectbox(key="estate").value) == ("319999001001", "")
    app = app.button(key="up").click().run()
    assert app.selectbox(key="committee").value == ""
    assert app.button(key="up").disabled


def test_a_buildings_circle_leads_to_its_rooms(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = signed_in(street_home, monkeypatch, "officer")
    app.session_state[BUILDING] = "B-E1"
    app = app.run()
    assert not app.exception
    assert not app.error
    assert app.title[0].value == "人房图"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_english_when_asked(street_home: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    app = opened(signed_in(street_home, monkeypatch), page)
    app = app.button_group(key="lang").set_value("English").run()
    assert not app.exception
    assert not app.error
    assert app.title[0].value == ENGLISH[page]
    assert "Data of 2026-11-20" in shown(app)


def test_the_wall_has_the_figures_and_the_way_back(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = signed_in(street_home, monkeypatch)
    app = app.toggle(key="screen").set_value(True).run()
    assert "实有人口" in shown(app)
    app = app.button(key="leave_screen").click().run()
    assert not app.toggle(key="screen").value
    assert not app.exception


def test_a_wall_whose_sign_in_ended_is_one_again(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = signed_in(street_home, monkeypatch)
    app = app.toggle(key="screen").set_value(True).run()
    ticket, app.session_state[TICKET] = app.session_state[TICKET], "no such session"
    app = app.run()
    assert not app.toggle
    app.session_state[TICKET] = ticket
    app = app.run()
    assert app.toggle(key="screen").value
    app = app.button(key="leave_screen").click().run()
    assert not app.run().toggle(key="screen").value


def test_the_catalogue_finds_by_a_word(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(signed_in(street_home, monkeypatch), "catalogue")
    assert "共 8 项指标" in shown(app)
    app = app.text_input(key="word").input("老龄化").run()
    assert "共 1 项指标" in shown(app)
    app = app.text_input(key="word").input("没有这样的指标").run()
    assert "没有符合的指标" in shown(app)


def test_a_new_version_appears_at_the_next_click(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_accounts(tmp_path)
    write_version(tmp_path, "v1", residents=50)
    app = signed_in(tmp_path, monkeypatch)
    assert "版本 v1" in shown(app)
    write_version(tmp_path, "v2", residents=80)
    assert "版本 v2" in shown(app.run())


def test_a_failure_is_told_in_chinese_with_a_number_and_no_trace(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = signed_in(street_home, monkeypatch)
    monkeypatch.delattr(reader_module.Reader, "_read")
    monkeypatch.setattr(reader_module, "_cache", ResultCache())
    monkeypatch.setattr(memo, "_kept", OrderedDict())
    app = app.run()
    assert not app.exception
    assert re.fullmatch(r"页面暂时无法显示.*编号 [0-9a-f]{8} .*", app.error[0].value)
    assert "AttributeError" not in shown(app)


def test_without_a_home_the_form_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YIDANG_HOME", raising=False)
    app = AppTest.from_file(str(APP), default_timeout=LONGEST).run()
    app.text_input(key="sign_in_user").input("leader")
    app.text_input(key="sign_in_password").input(PASSWORD)
    app = app.button[0].click().run()
    assert "未配置数据目录" in app.error[0].value
