"""Signing in by OpenID Connect: the real server, a real browser, and a provider on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboards.access.audit import AuditLog
from tests.browser.real_dashboards import LONGEST_WAIT, running, visiting
from tests.loopback import free_port
from tests.openid_provider import CLAIM, CLIENT, SECRET, Provider, provider
from tests.published_street import write_street

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def named() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_street(tmp_path_factory.mktemp("street"))


@pytest.fixture(scope="module")
def address(home: Path, named: Provider) -> Iterator[str]:
    port = free_port()
    (home / "security" / "sign_in.json").write_text(json.dumps({"oidc_claim": CLAIM}), encoding="utf-8")
    told = {
        "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": "a long enough secret for tests only",
        "client_id": CLIENT,
        "client_secret": SECRET,
        "server_metadata_url": f"{named.address}/.well-known/openid-configuration",
    }
    lines = ["[auth]", *(f"{name} = {json.dumps(value)}" for name, value in told.items())]
    (home / "security" / "openid.toml").write_text("\n".join(lines), encoding="utf-8")
    with running(home, port=port) as address:
        yield address


def test_an_account_that_the_provider_names_is_let_in_and_leaves(
    browser: Browser, address: str, named: Provider, home: Path
) -> None:
    named.user = "leader"
    with visiting(browser, address) as visit:
        visit.page.goto(address)
        visit.page.get_by_role("button", name="统一身份认证登录").click()
        visit.page.get_by_role("button", name="退出登录").wait_for(state="attached", timeout=LONGEST_WAIT)
        assert visit.page.get_by_role("heading", name="街道总览").count() == 1
        assert {"/authorize", "/token"} <= set(named.asked)
        visit.page.get_by_role("button", name="退出登录").click()
        visit.page.get_by_placeholder("请输入账号").wait_for(timeout=LONGEST_WAIT)
        visit.page.reload()
        visit.page.get_by_placeholder("请输入账号").wait_for(timeout=LONGEST_WAIT)
        hosts = {asked.split("/")[2] for asked in visit.requests}
        assert all(host.startswith("127.0.0.1:") for host in hosts)
    told = "".join(path.read_text(encoding="utf-8") for path in (home / "security").glob("audit*"))
    assert "oidc" in told
    assert AuditLog(home).problems() == []


def test_whoever_has_no_account_stays_outside(browser: Browser, address: str, named: Provider) -> None:
    named.user = "nobody-here"
    with visiting(browser, address) as visit:
        visit.page.goto(address)
        visit.page.get_by_role("button", name="统一身份认证登录").click()
        visit.page.get_by_role("button", name="统一身份认证登录").wait_for(timeout=LONGEST_WAIT)
        visit.settle()
        assert visit.page.get_by_role("button", name="退出登录").count() == 0
        assert visit.page.get_by_role("alert").count()
