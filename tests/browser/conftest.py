"""The real dashboards on a free loopback port, and a real Chromium that tells what it asked for."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.published_street import PASSWORD, write_accounts, write_version

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or ""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"
NARROW = 600
LONGEST_START = 60
LONGEST_WAIT = 30_000


@dataclass
class Visit:
    """One page of one browser, with every address it asked and every error it told."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def sign_in(self, user: str, path: str = "") -> None:
        self.page.goto(f"{self.address}/{path}")
        self.page.get_by_placeholder("请输入账号").fill(user)
        self.page.get_by_placeholder("请输入密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.get_by_text("数据截至").wait_for(timeout=LONGEST_WAIT)

    def open(self, title: str) -> None:
        """Go to a page by the menu, which a narrow window hides behind a button."""
        expand = self.page.get_by_test_id("stExpandSidebarButton")
        if expand.is_visible():
            expand.click()
        self.page.get_by_role("link", name=title).click()
        self.page.get_by_role("heading", name=title, exact=True).wait_for(timeout=LONGEST_WAIT)
        self.settle()

    def settle(self) -> None:
        """Wait until the server has nothing more to say."""
        self.page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')", timeout=LONGEST_WAIT)
        self.page.wait_for_timeout(500)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("chromium is not installed: bash tests/install_browser.sh as root")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on the fixture street, started from a folder that is not the application's."""
    home = tmp_path_factory.mktemp("street")
    write_accounts(home)
    write_version(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = ["--server.port", str(port), "--server.address", "127.0.0.1", "--browser.serverAddress", "127.0.0.1"]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboards" / "app.py"), *address]
    with subprocess.Popen(command, cwd=home, env=os.environ | {"YIDANG_HOME": str(home)}) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture
def visit(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    width = getattr(request, "param", 1280)
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        user_agent=PHONE if width < NARROW else None,
        has_touch=width < NARROW,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    page = context.new_page()
    found = Visit(page, server)
    page.on("request", lambda asked: found.requests.append(asked.url))
    page.on("websocket", lambda socket: found.requests.append(socket.url))
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.on("console", lambda message: note_error(found, message))
    yield found
    context.close()


def note_error(found: Visit, message: ConsoleMessage) -> None:
    if message.type == "error":
        found.errors.append(message.text)


def wait_for(address: str) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 - our own server on loopback
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the dashboards did not start")
