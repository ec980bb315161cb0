"""A server on the fixture street and a real Chromium for every browser test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.real_dashboards import CHROMIUM, QUIET, Visit, running, visiting
from tests.published_street import write_street


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("chromium is not installed: bash tests/install_browser.sh as root")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest.fixture(scope="session")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_street(tmp_path_factory.mktemp("street"))


@pytest.fixture(scope="session")
def server(served_home: Path) -> Iterator[str]:
    with running(served_home) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with visiting(browser, server, getattr(request, "param", 1280)) as visit:
        yield visit
