"""Every page for people who cannot see, cannot point, or see little: names, tables beside charts, the keyboard, contrast."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboards.access.policy import load_policy
from tests.browser.real_dashboards import Visit, running, visiting
from tests.published_records import KEY
from tests.published_returns import configured
from tests.published_street import PASSWORD, write_street

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGES = {
    "leader": ("overview", "population", "housing", "welfare", "device", "quality", "catalogue"),
    "officer": ("report", "returned", "search", "building", "task_work", "resident?resident=R0", "dwelling?dwelling=D0"),
    "steward": ("review",),
    "auditor": ("audit",),
}
CELLS = [(user, page) for user, pages in PAGES.items() for page in pages]
WITH_CHARTS = {"overview", "population", "housing", "device", "quality"}
LEAST = 4.5  # WCAG 2.1 AA for text; 3 for large text
# Texts whose contrast against what lies behind them is below the least; nothing that is disabled or not shown.
CONTRAST = """
(least) => {
  const light = c => { const v = c / 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const parts = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const lum = p => 0.2126 * light(p[0]) + 0.7152 * light(p[1]) + 0.0722 * light(p[2]);
  const over = (top, under) => { const a = top[3] ?? 1; return [0, 1, 2].map(k => top[k] * a + under[k] * (1 - a)); };
  const behind = node => { const found = [];
    for (let n = node; n; n = n.parentElement) { const p = parts(getComputedStyle(n).backgroundColor);
      if (p.length && (p[3] ?? 1) > 0) { found.push(p); if ((p[3] ?? 1) === 1) break; } }
    return found.reverse().reduce((under, top) => over(top, under), [255, 255, 255]); };
  const poor = [];
  for (const node of document.querySelectorAll('[data-testid=stApp] *')) {
    const own = [...node.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join('');
    if (!own || node.closest('svg,[disabled],[aria-disabled=true],[data-testid=stIconMaterial],style,script')) continue;
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || style.visibility === 'hidden' || parseFloat(style.fontSize) < 1) continue;
    const back = behind(node), ink = over(parts(style.color), back), a = lum(ink), b = lum(back);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : least)) poor.push(own.slice(0, 30) + ' ' + ratio.toFixed(2));
  }
  return poor;
}
"""
# What has the keyboard's attention and bears no mark of it, neither itself nor the box that it stands in.
UNSEEN = """
() => { const here = document.activeElement;
  if (!here || here === document.body || here.tagName === 'MAIN') return '';
  const boxes = [here, here.parentElement, here.parentElement?.parentElement, here.parentElement?.parentElement?.parentElement];
  const isMarked = boxes.filter(Boolean).map(n => getComputedStyle(n)).some(s =>
    (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'
    || s.borderColor.includes('31, 95, 168'));
  return isMarked ? '' : here.outerHTML.slice(0, 200); }
"""
# What can be used and has no name that could be read aloud.
NAMELESS = """
() => [...document.querySelectorAll('main, section')].flatMap(n => [...n.querySelectorAll('button, a[href], input, textarea')])
  .filter(n => n.getBoundingClientRect().width > 1 && n.type !== 'file')
  .filter(n => !(n.textContent || '').trim() && !n.getAttribute('aria-label') && !n.getAttribute('aria-labelledby')
    && !(n.labels && n.labels.length) && !n.title)
  .map(n => n.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with configured(write_street(tmp_path_factory.mktemp("street")), KEY) as home, running(home) as address:
        yield address


@pytest.fixture(scope="module", params=PAGES)
def looked(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[tuple[str, Visit]]:
    """One visit a role; every test goes through its pages."""
    with visiting(browser, address) as visit:
        yield request.param, visit


def test_every_page_can_be_read_aloud_used_by_keys_and_seen(looked: tuple[str, Visit]) -> None:
    user, visit = looked
    visit.sign_in(user, PASSWORD)
    for page in PAGES[user]:
        visit.go(page.removeprefix("overview"))  # the first page has the empty address
        name = page.partition("?")[0]
        assert visit.page.locator("h1").count() == 1, name
        assert visit.page.evaluate(NAMELESS) == [], name
        assert visit.page.evaluate(CONTRAST, LEAST) == [], name
        tables = visit.page.locator(".yd-table")
        assert tables.count() == visit.page.locator(".yd-table table > caption").count() == focusable(visit), name
        charts = visit.page.get_by_test_id("stVegaLiteChart")
        spoken = [chart.locator("[aria-label], [alt]").count() for chart in charts.all()]
        assert all(spoken), name
        assert name not in WITH_CHARTS or (charts.count() and tables.count()), name
        assert len(walked(visit)) >= 8, name


def focusable(visit: Visit) -> int:
    """Tables that the keyboard reaches, so that it can scroll them."""
    return visit.page.locator('.yd-table[tabindex="0"][aria-label]').count()


def walked(visit: Visit) -> set[str]:
    """What the tab key reaches in its first twenty steps, each with a mark that one can see."""
    found = set()
    for _ in range(20):
        visit.page.keyboard.press("Tab")
        found.add(visit.page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)"))
        assert visit.page.evaluate(UNSEEN) == "", visit.page.url
    return found


def test_every_page_is_looked_at() -> None:
    folder = Path(__file__).resolve().parents[2] / "dashboards" / "app_pages"
    pages = {path.stem for path in folder.glob("*.py")} - {"__init__", "sign_in"}
    assert {page.partition("?")[0] for _, page in CELLS} == pages
    assert pages - {"resident", "dwelling"} <= set(load_policy().purposes)
