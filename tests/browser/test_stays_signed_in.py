"""A sign-in outlives a reload and a new tab of the same browser, by a cookie alone, and ends everywhere at once."""

import json
from pathlib import Path

import pytest

from tests.browser.real_dashboards import LONGEST_WAIT, Visit
from tests.published_street import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.browser]
COOKIE = "yidang_session"


def cookie_of(visit: Visit) -> dict[str, object]:
    (found,) = [dict(cookie) for cookie in visit.page.context.cookies() if cookie.get("name") == COOKIE]
    return found


def test_a_reload_and_a_new_tab_need_no_password(visit: Visit, served_home: Path) -> None:
    visit.sign_in("leader", PASSWORD, "population?committee=东风居委")
    told = cookie_of(visit)
    assert (told["httpOnly"], told["sameSite"], told["path"], told["expires"]) == (True, "Strict", "/", -1)
    assert COOKIE not in str(visit.page.evaluate("() => document.cookie"))
    token = str(told["value"])
    assert token not in visit.page.url
    lines = len(audit_lines(served_home))
    visit.page.reload()
    visit.page.get_by_role("cell", name="东风一村").wait_for(timeout=LONGEST_WAIT)
    other = visit.page.context.new_page()
    other.goto(f"{visit.address}/housing?committee=东风居委")
    other.get_by_role("heading", name="产权与居住状况").wait_for(timeout=LONGEST_WAIT)
    assert "committee=" in other.url
    assert len(audit_lines(served_home)) == lines
    assert token not in "".join(visit.requests)
    assert token not in (served_home / "security" / "audit.jsonl").read_text(encoding="utf-8")


def test_signing_out_ends_it_in_every_tab(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD)
    cookie_of(visit)
    other = visit.page.context.new_page()
    other.goto(visit.address)
    other.get_by_role("button", name="退出登录").wait_for(timeout=LONGEST_WAIT)
    visit.page.get_by_role("button", name="退出登录").click()
    visit.page.get_by_placeholder("请输入账号").wait_for(timeout=LONGEST_WAIT)
    for page in (visit.page, other):
        page.reload()
        page.get_by_placeholder("请输入账号").wait_for(timeout=LONGEST_WAIT)


def test_the_first_pages_name_leads_to_it(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD, "overview?committee=东风居委")
    visit.page.get_by_role("heading", name="街道总览", exact=True).wait_for(timeout=LONGEST_WAIT)
    visit.page.get_by_role("cell", name="东风一村").wait_for(timeout=LONGEST_WAIT)
    assert "/overview" not in visit.page.url
    assert "committee=" in visit.page.url


def test_the_form_speaks_the_language_of_the_address(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/population?lang=en")
    visit.page.get_by_placeholder("Account").fill("leader")
    visit.page.get_by_placeholder("Password").fill(PASSWORD)
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.get_by_role("heading", name="Population", exact=True).wait_for(timeout=LONGEST_WAIT)
    visit.settle()
    visit.page.reload()
    visit.page.get_by_role("heading", name="Population", exact=True).wait_for(timeout=LONGEST_WAIT)


def audit_lines(home: Path) -> list[dict[str, object]]:
    text = (home / "security" / "audit.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]
