"""The real dashboards as their own process on a free loopback port, and what one browser page asked and told of them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.loopback import free_port, wait_for

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
LONGEST_WAIT = 30_000


@dataclass
class Visit:
    """One page of one browser, with every address it asked and every error it told."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Begin to write down requests and errors."""
        self.page.on("request", lambda asked: self.requests.append(asked.url))
        self.page.on("websocket", lambda opened: self.requests.append(opened.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note)

    def sign_in(self, user: str, password: str, path: str = "") -> None:
        self.page.goto(f"{self.address}/{path}")
        self.page.get_by_placeholder("请输入账号").fill(user)
        self.page.get_by_placeholder("请输入密码").fill(password)
        self.page.get_by_role("button", name="登录").click()
        self.page.get_by_role("button", name="退出登录").wait_for(state="attached", timeout=LONGEST_WAIT)
        self.settle()

    def go(self, path: str) -> None:
        """Type an address in the browser that signed in before, which needs no password again."""
        self.page.goto(f"{self.address}/{path}")
        self.page.get_by_role("button", name="退出登录").wait_for(state="attached", timeout=LONGEST_WAIT)
        self.settle()

    def open(self, title: str) -> None:
        """Go to a page by the menu, which a narrow window hides behind a button."""
        expand = self.page.get_by_test_id("stExpandSidebarButton")
        if expand.is_visible():
            expand.click()
        self.page.get_by_role("link", name=title).click()
        self.page.get_by_role("heading", name=title, exact=True).wait_for(timeout=LONGEST_WAIT)
        self.settle()

    def settle(self) -> None:
        """Wait until the server has nothing more to say and charts are drawn."""
        self.page.wait_for_timeout(200)
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=LONGEST_WAIT)
        self.page.wait_for_timeout(700)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


@contextmanager
def running(home: Path, logged: Path | None = None, port: int = 0) -> Iterator[str]:
    """The address of a server on a home, started from a folder that is not the application's; `logged`: all that it says."""
    port = port or free_port()
    command = [sys.executable, "-m", "dashboards", "--port", str(port)]
    environment = os.environ | {"YIDANG_HOME": str(home.resolve()), "FORWARDED_ALLOW_IPS": ""}
    with (
        logged.open("wb") if logged else nullcontext() as log,
        subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@contextmanager
def visiting(browser: Browser, address: str, width: int = 1280) -> Iterator[Visit]:
    """A fresh browser page of a width in pixels; narrow ones say that they are a phone."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        user_agent=PHONE if width < NARROW else None,
        has_touch=width < NARROW,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    visit = Visit(context.new_page(), address)
    visit.listen()
    yield visit
    context.close()
