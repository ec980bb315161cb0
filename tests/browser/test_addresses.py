"""Addresses in a real Chromium: codes in it, the browser's way back, the menu and the language beside them."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browser.real_dashboards import Visit
from tests.published_street import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.browser]

COMMITTEE = "319999001001"


def held(visit: Visit) -> tuple[str, dict[str, str]]:
    """The page and what its address holds."""
    visit.settle()
    told = urlsplit(visit.page.url)
    return told.path, dict(parse_qsl(told.query))


def back(visit: Visit) -> tuple[str, dict[str, str]]:
    """One step back. An entry that the page itself went on from at once is none: the browser's own button leaves it out too."""
    path, told = held(visit)
    visit.page.go_back()
    if told and held(visit) == (path, {}):
        visit.page.go_back()
    return held(visit)


def place(visit: Visit, label: str) -> str:
    return visit.page.get_by_role("combobox", name=label).input_value()


def test_a_choice_is_carried_by_the_menu_and_taken_back_by_the_browser(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD, "population")
    visit.page.get_by_role("combobox", name="居委").click()
    visit.page.get_by_role("option", name="东风居委").click()
    assert held(visit) == ("/population", {"committee": COMMITTEE})
    visit.open("设备与告警")
    visit.page.get_by_role("radio", name="告警处置").click()
    assert held(visit) == ("/device", {"committee": COMMITTEE, "part": "alarm"})
    assert back(visit) == ("/device", {"committee": COMMITTEE})
    assert back(visit) == ("/population", {"committee": COMMITTEE})
    visit.page.go_back()
    assert held(visit) == ("/population", {})
    assert place(visit, "居委") == "全街道"
    assert visit.errors == []


@pytest.mark.parametrize("page", ["population", "device"])
def test_the_language_goes_along_from_the_first_click_on(visit: Visit, page: str) -> None:
    visit.sign_in("leader", PASSWORD, f"{page}?committee=东风居委")
    assert held(visit) == (f"/{page}", {"committee": COMMITTEE})
    visit.page.get_by_role("radio", name="English").click()
    assert held(visit) == (f"/{page}", {"committee": COMMITTEE, "lang": "English"})
    visit.open("Housing")
    assert held(visit) == ("/housing", {"committee": COMMITTEE, "lang": "English"})
    assert place(visit, "Committee") == "东风居委"
