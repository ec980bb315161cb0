"""A home that is broken, a server that went, a sign-in that ended, a page that is not one's own: what is wrong, what to do.

Every answer is Chinese and plain; none shows a trace, the number of a line, or the tools' own English.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboards.services.report import MIME
from tests.browser.real_dashboards import LONGEST_WAIT, Visit, running, visiting
from tests.loopback import free_port
from tests.published_street import PASSWORD, write_accounts, write_version

pytestmark = [pytest.mark.slow, pytest.mark.browser]
RAW = re.compile(r"Traceback|File \"|\.py\b|Error|Exception|Streamlit|duckdb", re.IGNORECASE)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_accounts(tmp_path)
    write_version(tmp_path)
    return tmp_path


@pytest.fixture
def own(home: Path, browser: Browser) -> Iterator[Visit]:
    """A page of a server of one's own, whose home may be broken."""
    with running(home) as address, visiting(browser, address) as visit:
        yield visit


def tells(visit: Visit, words: str) -> None:
    """Wait for the words, and look for what nobody should see."""
    expect(visit.page.locator("body")).to_contain_text(words, timeout=LONGEST_WAIT)
    shown = visit.page.locator("body").inner_text()
    assert not RAW.search(shown), RAW.findall(shown)


def version_of(home: Path) -> Path:
    return home / "published" / (home / "published" / "CURRENT").read_text(encoding="utf-8").strip()


def test_a_version_that_is_not_there_or_not_whole(own: Visit, home: Path) -> None:
    current = home / "published" / "CURRENT"
    named = current.read_text(encoding="utf-8")
    own.sign_in("leader", PASSWORD)
    tells(own, "实有人口")
    current.unlink()
    own.open("人口")
    tells(own, "还没有发布任何数据")
    current.write_bytes(b"\xff\xfe\x00")
    own.open("房屋")
    tells(own, "数据不完整")
    current.write_text("20990101T000000Z-gone", encoding="utf-8")
    own.open("养老与民政")
    tells(own, "数据不完整")
    current.write_text(named, encoding="utf-8")
    (version_of(home) / "manifest.json").write_text("{", encoding="utf-8")
    own.open("设备与告警")
    tells(own, "说明文件无法读取")


def test_a_database_that_is_damaged_and_the_next_that_is_whole(own: Visit, home: Path) -> None:
    own.sign_in("leader", PASSWORD)
    good = version_of(home)
    bad = good.with_name("20990101T000000Z-damaged")
    shutil.copytree(good, bad)
    data = (bad / "serving.duckdb").read_bytes()
    (bad / "serving.duckdb").write_bytes(data[: len(data) // 3])
    (home / "published" / "CURRENT").write_text(bad.name, encoding="utf-8")
    own.open("人口")
    tells(own, "数据文件已损坏")
    tells(own, "yidang verify")
    (home / "published" / "CURRENT").write_text(good.name, encoding="utf-8")
    own.open("房屋")
    tells(own, "房屋套数")


def test_a_version_that_goes_while_its_page_is_open(own: Visit, home: Path) -> None:
    own.sign_in("leader", PASSWORD)
    old = version_of(home)
    new = old.with_name("20990101T000000Z-next")
    shutil.copytree(old, new)
    (home / "published" / "CURRENT").write_text(new.name, encoding="utf-8")
    shutil.rmtree(old)
    own.open("人口")
    tells(own, new.name)


def test_search_without_the_key_says_so(own: Visit) -> None:
    own.sign_in("officer", PASSWORD, "search")
    own.page.get_by_placeholder("如：zhangwei").fill("zhangwei")
    own.page.get_by_role("button", name="检索").click()
    tells(own, "未提供密钥")


def test_a_page_that_is_not_ones_own_by_its_address(own: Visit) -> None:
    own.sign_in("leader", PASSWORD)
    for page in ("search", "review", "audit", "task_work", "resident?resident=R0"):
        own.go(page)
        tells(own, "您的角色没有查看此页面的权限")


def test_no_accounts_and_a_locked_one(own: Visit, home: Path) -> None:
    own.page.goto(own.address)
    for _ in range(6):
        own.page.get_by_placeholder("请输入账号").fill("leader")
        own.page.get_by_placeholder("请输入密码").fill("wrong")
        own.page.get_by_role("button", name="登录").click()
        own.settle()
    tells(own, "账号已暂时锁定")
    (home / "security" / "accounts.json").unlink()
    own.page.reload()
    tells(own, "还没有可用的账号")


def test_a_server_that_is_started_again_under_an_open_page(home: Path, browser: Browser) -> None:
    port = free_port()
    with visiting(browser, f"http://127.0.0.1:{port}") as visit:
        with running(home, port=port):
            visit.sign_in("leader", PASSWORD, "population")
        tells(visit, "连接已断开")
        tells(visit, "页面会自动重新连接")
        with running(home, port=port):
            visit.page.get_by_role("dialog").wait_for(state="detached", timeout=3 * LONGEST_WAIT)
            visit.page.get_by_role("link", name="房屋").click()
            tells(visit, "您的登录已结束")
            visit.page.get_by_role("button", name="退出登录").wait_for(state="detached")  # what the page showed before goes last
            visit.page.get_by_placeholder("请输入账号").fill("leader")
            visit.page.get_by_placeholder("请输入密码").fill(PASSWORD)
            visit.page.get_by_role("button", name="登录", exact=True).click()
            tells(visit, "产权与居住状况")
            visit.page.get_by_role("button", name="退出登录").click()
            visit.page.get_by_placeholder("请输入账号").wait_for()
            assert visit.page.get_by_text("您的登录已结束").count() == 0


@pytest.mark.parametrize(("data", "words"), [(b"%PDF-1.4", "不接受这种文件"), (b"0" * 3_000_000, "文件过大")])
def test_a_file_that_is_not_taken_says_why(own: Visit, data: bytes, words: str) -> None:
    own.sign_in("officer", PASSWORD, "returned")
    kind = "application/pdf" if data.startswith(b"%PDF") else MIME["xlsx"]
    name = "清单.pdf" if data.startswith(b"%PDF") else "清单.xlsx"
    own.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": data})
    expect(own.page.get_by_test_id("stFileUploader")).to_contain_text(words)
    own.page.get_by_role("button", name="上传", exact=True).click()
    expect(own.page.locator("main")).to_contain_text("没有可上传的文件")
    assert not re.search("allowed|smaller", own.page.locator("body").inner_text())
