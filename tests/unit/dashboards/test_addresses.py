"""What the address holds: codes, the same in both languages; what older links named; what a link within the pages carries on."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.unit.dashboards.test_pages import opened, signed_in

pytestmark = pytest.mark.slow  # every test draws whole pages

DASHBOARDS = Path(__file__).resolve().parents[3] / "dashboards"
COMMITTEE = "319999001001"


def at(home: Path, monkeypatch: pytest.MonkeyPatch, page: str, **asked: str) -> AppTest:
    """A page as somebody comes to it by a link."""
    app = signed_in(home, monkeypatch, "officer")
    app = app if page == "overview" else app.switch_page(f"app_pages/{page}.py")
    for key, value in asked.items():
        app.query_params[key] = value
    return app.run()


def held(app: AppTest) -> dict[str, str]:
    """The address, without what is empty."""
    told = {key: value if isinstance(value, str) else "".join(value) for key, value in app.query_params.items()}
    return {key: value for key, value in told.items() if value}


def links(app: AppTest) -> list[dict[str, list[str]]]:
    """What the address of every link on the page would hold."""
    return [parse_qs(element.proto.query_string) for element in app.get("page_link")]


def test_what_is_chosen_stands_in_the_address_by_its_code(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(signed_in(street_home, monkeypatch), "device")
    assert held(app) == {}
    app = app.selectbox(key="committee").set_value(COMMITTEE).run()
    app = app.button_group(key="part").set_value("alarm").run()
    app = app.button_group(key="days").set_value("7").run()
    assert held(app) == {"committee": COMMITTEE, "part": "alarm", "days": "7"}
    app = app.selectbox(key="committee").set_value("").run()
    assert held(app) == {"part": "alarm", "days": "7"}
    assert not app.error


@pytest.mark.parametrize("asked", [{"part": "alarm", "committee": COMMITTEE}, {"part": "告警处置", "committee": "东风居委"}])
@pytest.mark.parametrize("language", ["中文", "English"])
def test_an_address_means_the_same_in_both_languages(
    street_home: Path, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], language: str
) -> None:
    app = at(street_home, monkeypatch, "device", lang=language, **asked)
    assert (app.button_group(key="part").value, app.selectbox(key="committee").value) == ("alarm", COMMITTEE)
    assert {key: held(app)[key] for key in asked} == {"part": "alarm", "committee": COMMITTEE}


def test_changing_the_language_keeps_what_is_chosen(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(signed_in(street_home, monkeypatch), "population")
    app = app.selectbox(key="population_indicator").set_value("ageing_60_rate").run()
    app = app.button_group(key="scope").set_value("registered").run()
    app = app.button_group(key="lang").set_value("English").run()
    assert (app.selectbox(key="population_indicator").value, app.button_group(key="scope").value) == (
        "ageing_60_rate",
        "registered",
    )


@pytest.mark.parametrize("asked", [{"committee": "000000000000"}, {"estate": "没有的小区"}, {"committee": "外街居委"}])
def test_an_address_that_asks_for_nothing_there_shows_the_whole(
    street_home: Path, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]
) -> None:
    app = at(street_home, monkeypatch, "population", **asked)
    assert (app.selectbox(key="committee").value, app.selectbox(key="estate").value) == ("", "")
    assert held(app) == {}
    assert not app.error


def test_links_within_the_pages_carry_the_place_on(street_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = at(street_home, monkeypatch, "task_work", committee=COMMITTEE, month="2026-10")
    told = links(app)
    assert told
    assert [link for link in told if (link["committee"], link["month"]) != ([COMMITTEE], ["2026-10"])] == []
    app = app.switch_page("app_pages/population.py").run()
    assert app.selectbox(key="committee").value == COMMITTEE


def test_there_is_one_way_to_make_a_link() -> None:
    own = {path.name for path in DASHBOARDS.rglob("*.py") if re.search(r"st\.(page_link|switch_page)\(", path.read_text("utf-8"))}
    assert own == {"link.py"}
