"""Every page in a real Chromium, wide and narrow: Chinese, with numbers, and asking nothing of the outside."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.real_dashboards import Visit
from tests.published_street import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGES = {
    "街道总览": ("实有人口", "对比与走势", "东风居委"),
    "人口": ("年龄与性别", "90岁及以上", "东风居委"),
    "房屋": ("房屋套数", "产权与居住状况", "东风居委"),
    "养老与民政": ("独居老人数", "各居委一览", "东风居委"),
    "设备与告警": ("当前在线率", "离线与故障设备", "烟感"),
    "数据质量": ("来源批次", "未通过的检查", "派出所"),
    "指标口径": ("责任单位", "老龄化率", "派出所"),
}
# What officials would see if a default text of the tools slipped through.
ENGLISH = re.compile(r"\b(Choose|Select|Search|Deploy|Loading|Running|Error|None|null|nan|undefined|Press|Apply)\b")

# Texts of cards that the small line of months lies over.
HIDDEN_BY_LINES = """
() => [...document.querySelectorAll('.yd-card')].flatMap(card => {
  const line = card.querySelector('.yd-line')?.getBoundingClientRect();
  if (!line) return [];
  return [...card.querySelectorAll('.yd-name, .yd-value, .yd-note')].filter(text => {
    const range = document.createRange(); range.selectNodeContents(text); const box = range.getBoundingClientRect();
    return box.right > line.left && box.bottom > line.top && box.top < line.bottom; }).map(text => text.textContent); })
"""


@pytest.mark.parametrize("visit", [1280, 390], indirect=True)
def test_every_page_shows_the_street_and_asks_nobody_else(visit: Visit, tmp_path: Path) -> None:
    visit.sign_in("leader", PASSWORD)
    for title, texts in PAGES.items():
        visit.open(title)
        for text in texts:
            visit.page.locator("main").get_by_text(text).first.wait_for(state="attached")
        shown = visit.page.locator("body").inner_text()
        assert re.search(r"\d,\d{3}|\d+\.\d%", shown)
        assert not ENGLISH.search(shown), ENGLISH.findall(shown)
        too_wide = visit.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0
        assert visit.page.evaluate(HIDDEN_BY_LINES) == []
        assert visit.page.screenshot(path=tmp_path / f"{title}.png", full_page=True)
    assert {urlsplit(url).hostname for url in visit.requests if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
    assert visit.errors == []


def test_charts_are_drawn(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD)
    visit.open("人口")
    charts = visit.page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
    charts.nth(3).wait_for()
    box = charts.first.bounding_box()
    assert box is not None
    assert box["width"] > 200
    assert box["height"] > 200


def test_nobody_sees_a_page_without_signing_in(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/population")
    visit.page.get_by_placeholder("请输入账号").wait_for()
    assert "实有人口" not in visit.page.locator("body").inner_text()


def test_a_link_survives_signing_in(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD, "population?committee=东风居委")
    visit.page.get_by_role("heading", name="各小区一览").wait_for()
    visit.page.get_by_role("cell", name="东风一村").wait_for()
    shown = visit.page.locator("body").inner_text()
    assert "东风一村" in shown
    assert "向阳里" not in shown


def test_choosing_a_committee_stands_in_the_address(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD, "population")
    visit.page.get_by_role("combobox", name="居委").click()
    visit.page.get_by_role("option", name="向阳居委").click()
    visit.page.get_by_role("heading", name="各小区一览").wait_for()
    assert "committee=" in visit.page.url


def test_the_view_at_hand_is_copied_as_a_link(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.sign_in("leader", PASSWORD, "population?committee=东风居委")
    visit.page.get_by_role("button", name="复制本页链接").click()
    visit.page.get_by_role("button", name="链接已复制").wait_for()
    copied = visit.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == visit.page.url
    assert "committee=" in copied


def test_an_address_is_asked_once_and_the_frame_is_ours(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD)
    visit.requests.clear()
    visit.go("population")
    assert visit.errors == []
    assert [urlsplit(url).path for url in visit.requests if "_stcore/h" in url] == ["/_stcore/health", "/_stcore/host-config"]
    assert visit.page.locator("html").get_attribute("lang") == "zh-CN"


def test_a_wrong_password_is_told_in_chinese(visit: Visit) -> None:
    visit.page.goto(visit.address)
    visit.page.get_by_placeholder("请输入账号").fill("nobody")
    visit.page.get_by_placeholder("请输入密码").fill("wrong")
    visit.page.get_by_role("button", name="登录").click()
    visit.page.get_by_text("账号或密码不正确").wait_for()
    assert visit.page.get_by_text("数据截至").count() == 0


def test_signing_out_closes_the_desk(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD)
    visit.page.get_by_role("button", name="退出登录").click()
    visit.page.get_by_placeholder("请输入账号").wait_for()
    assert "东风居委" not in visit.page.locator("body").inner_text()


def test_an_address_that_leads_nowhere_says_so_in_chinese(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD, "no-such-page")
    visit.page.get_by_role("heading", name="没有这个页面").wait_for()
    visit.open("设备与告警")
    assert "离线与故障设备" in visit.page.locator("body").inner_text()


def test_what_an_indicator_means_stands_beside_it(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD)
    card = visit.page.get_by_label("实有人口", exact=True)
    assert not card.get_by_text("责任单位").is_visible()
    card.locator("summary").press("Enter")
    card.get_by_text("责任单位").wait_for()
    told = card.inner_text()
    assert "公安、民政" in told
    assert re.search(r"(下次更新|应于) 2026-11-2\d 05:30", told)


def test_the_map_leads_down_and_the_address_keeps_it(visit: Visit) -> None:
    visit.sign_in("leader", PASSWORD)
    chart = visit.page.locator("[data-testid=stVegaLiteChart]").first
    bars = visit.page.locator("[data-testid=stVegaLiteChart]").nth(1)
    bars.scroll_into_view_if_needed()
    box = bars.bounding_box()
    assert chart.is_visible()
    assert box is not None
    visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 12)
    visit.page.get_by_role("heading", name="各小区一览").wait_for()
    visit.settle()
    assert "committee=" in visit.page.url
    visit.page.get_by_role("button", name="返回上一级").click()
    visit.page.get_by_role("heading", name="各居委一览").wait_for()


def test_english_speaks_english_and_the_wall_has_no_menu(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/population?lang=English&screen=true")
    visit.page.get_by_placeholder("Account").fill("leader")
    visit.page.get_by_placeholder("Password").fill(PASSWORD)
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.get_by_role("heading", name="Population", exact=True).wait_for()
    visit.settle()
    shown = visit.page.locator("main").inner_text()
    assert "实有人口" not in shown
    assert "Age and sex" in shown
    assert not visit.page.get_by_test_id("stSidebar").is_visible()
    visit.page.get_by_role("button", name="Leave large screen").click()
    visit.page.get_by_test_id("stSidebar").wait_for()


@pytest.mark.parametrize("visit", [1920], indirect=True)
def test_the_wall_shows_figures_map_and_comparison_on_one_screen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1920, "height": 1080})
    visit.page.goto(f"{visit.address}/?screen=true")
    visit.page.get_by_placeholder("请输入账号").fill("leader")
    visit.page.get_by_placeholder("请输入密码").fill(PASSWORD)
    visit.page.get_by_role("button", name="登录").click()
    visit.page.get_by_role("button", name="退出大屏").wait_for()
    charts = visit.page.get_by_test_id("stVegaLiteChart")
    charts.nth(1).wait_for()
    visit.settle()
    boxes = [chart.bounding_box() for chart in charts.all()[:2]]
    assert all(box and box["y"] + box["height"] <= 1080 for box in boxes)
    assert visit.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert visit.page.evaluate(HIDDEN_BY_LINES) == []
    sizes = visit.page.evaluate(
        "() => [...document.querySelectorAll('.yd-value')].map(n => parseFloat(getComputedStyle(n).fontSize))"
    )
    assert min(sizes) >= 36
