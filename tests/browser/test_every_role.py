"""Every role through every page in a real Chromium: what the server sends, lets download and logs holds no plain value.

Listened to are all websocket frames and answers; scanned for every name, number and phone of the street's vault. One is shown on
asking, with a reason, and then only that one person's.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboards.access.audit import AuditLog
from dashboards.access.person import Person
from dashboards.access.policy import load_policy
from dashboards.app_pages import __file__ as pages_file
from tests.browser.real_dashboards import Visit, running, visiting
from tests.pdf_text import pdf_text
from tests.published_records import KEY, known_plain
from tests.published_returns import configured
from tests.published_street import PASSWORD, ROLES, write_street

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGES = sorted(path.stem for path in Path(pages_file).parent.glob("*.py") if path.stem not in ("__init__", "sign_in"))
RECORDS = {"resident": "R0", "dwelling": "D0"}
USERS = [user for user, told in ROLES.items() if load_policy().role_of(Person(user, user, *told))]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_street(tmp_path_factory.mktemp("street"))


@pytest.fixture(scope="module")
def logged(home: Path) -> Path:
    return home / "server.log"


@pytest.fixture(scope="module")
def address(home: Path, logged: Path) -> Iterator[str]:
    with configured(home, KEY), running(home, logged) as address:
        yield address


def unpacked(data: bytes) -> str:
    """A download as text; a workbook or a package by what is zipped in it, a PDF by its words, lines joined as well."""
    if data.startswith(b"%PDF-"):
        words = pdf_text(data)
        return f"%PDF-\n{words}\n" + words.replace("\n", "")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(unpacked(archive.read(name)) for name in archive.namelist())


class Heard:
    """All that one browser page received, as text; a binary frame is read as UTF-8 where it is."""

    def __init__(self, visit: Visit) -> None:
        self.texts: list[str] = []
        visit.page.on("websocket", lambda socket: socket.on("framereceived", self._keep))
        visit.page.on("download", lambda download: self.texts.append(unpacked(download.path().read_bytes())))

    def _keep(self, frame: bytes | str) -> None:
        self.texts.append(frame if isinstance(frame, str) else frame.decode(errors="replace"))

    def plain(self) -> set[str]:
        """The plain values of the vault that were heard."""
        text = "\n".join(self.texts)
        return {value for value in known_plain() if value in text}


def has_trace(text: str) -> bool:
    return bool(re.search(r"Traceback|File \"|\.py\", line", text))


@pytest.mark.parametrize("user", USERS)
def test_no_page_sends_a_plain_value(browser: Browser, address: str, logged: Path, user: str) -> None:
    policy, somebody = load_policy(), Person(user, user, *ROLES[user])
    with visiting(browser, address) as visit:
        heard = Heard(visit)
        visit.sign_in(user, PASSWORD)
        for page in PAGES:
            may = policy.may(somebody, page)
            if may and page not in ("resident", "dwelling"):
                visit.open(policy.purposes[page].name)
            elif may or page in ("resident", "audit"):
                visit.go(f"{page}?{page}={RECORDS.get(page, '')}")
            else:
                assert visit.page.get_by_role("link", name=policy.purposes[page].name, exact=True).count() == 0
                continue
            look_at(visit, page, is_open=may)
        assert sum(map(len, heard.texts)) > 10_000
        assert heard.plain() == set()
        assert any("第 1 页，共" in text for text in heard.texts if text.startswith("%PDF-")) == policy.may(somebody, "report")
        assert not [text for text in heard.texts if has_trace(text)]
    written = {entry["action"] for entry in AuditLog(logged.parent).entries() if entry["user"] == user}
    assert ("report" in written) == policy.may(somebody, "report")
    told = logged.read_text(encoding="utf-8", errors="replace") + AuditLog(logged.parent).path.read_text(encoding="utf-8")
    assert {value for value in known_plain() if value in told} == set()


def look_at(visit: Visit, page: str, *, is_open: bool) -> None:
    """The page is there or is refused, shows no trace, and whatever it offers to download is taken."""
    shown = visit.page.locator("body").inner_text()
    assert ("没有查看此页面的权限" in shown) == (not is_open), (page, shown[:200])
    assert not has_trace(shown)
    assert "页面暂时无法显示" not in shown, page
    if is_open and page == "report":
        make_reports(visit)
    take_downloads(visit)


def make_reports(visit: Visit) -> None:
    """The first report of the list as a PDF, whose words are read, and then as the workbook."""
    for form in ("PDF", "Excel"):
        visit.page.get_by_role("radio", name=form).click()
        visit.settle()
        visit.page.get_by_role("button", name="生成", exact=True).click()
        visit.page.get_by_test_id("stDownloadButton").wait_for(timeout=60_000)
        visit.settle()
        take_downloads(visit)


def take_downloads(visit: Visit) -> None:
    for button in visit.page.get_by_test_id("stDownloadButton").locator("button").all():
        with visit.page.expect_download():
            button.click()


def test_a_search_and_one_person_shown_plainly(browser: Browser, home: Path, address: str, logged: Path) -> None:
    with visiting(browser, address) as visit:
        heard = Heard(visit)
        visit.sign_in("officer", PASSWORD, "search")
        visit.page.get_by_placeholder("如：zhangwei").fill("0005")
        visit.page.get_by_role("button", name="检索").click()
        visit.page.locator("[data-testid=stPageLink] a").first.wait_for()
        visit.settle()
        assert heard.plain() == set()
        visit.page.locator("[data-testid=stPageLink] a").first.click()
        visit.page.get_by_role("heading", name="人员档案").wait_for()
        visit.settle()
        assert heard.plain() == set()
        visit.page.get_by_text("查看明文（须填写事由").click()
        visit.page.get_by_placeholder("如：上门探访前核对联系电话").fill("上门前核对电话")
        visit.page.get_by_role("button", name="查看此人明文").click()
        visit.page.get_by_text("已记入审计日志").wait_for()
        visit.settle()
        assert {value for value in heard.plain() if value.isdigit()} == {"319999196001010005", "19900000005"}
    entries = [entry["action"] for entry in AuditLog(home).entries() if entry["user"] == "officer"]
    assert entries[-2:] == ["search", "unmask"]
    assert "319999196001010005" not in logged.read_text(encoding="utf-8", errors="replace")


def test_whom_the_proxy_names_is_signed_in_and_a_click_opens_no_account(browser: Browser, home: Path, address: str) -> None:
    ways = home / "security" / "sign_in.json"
    ways.write_text('{"proxy_header": "X-Remote-User"}', encoding="utf-8")
    try:
        context = browser.new_context(extra_http_headers={"X-Remote-User": "leader"}, locale="zh-CN")
        page = context.new_page()
        page.goto(address)
        page.get_by_role("button", name="退出登录").wait_for(state="attached")
        context.close()
    finally:
        ways.unlink()
    assert AuditLog(home).entries()[-1]["detail"] == "proxy"


def test_the_demo_opens_with_one_click(browser: Browser, home: Path, address: str) -> None:
    ways = home / "security" / "sign_in.json"
    ways.write_text('{"is_demo": true}', encoding="utf-8")
    try:
        with visiting(browser, address) as visit:
            visit.page.goto(address)
            visit.page.get_by_role("button", name="测试leader").click()
            visit.page.get_by_role("button", name="退出登录").wait_for(state="attached")
    finally:
        ways.unlink()
    assert AuditLog(home).entries()[-1]["detail"] == "demo"
