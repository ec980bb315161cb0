"""The server's process: what it leaves out of Streamlit's start is still there to leave out, and what charts carry is whole."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import polars as pl
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import delta_generator
from streamlit.commands import page_config
from streamlit.components.v2 import component_manager, manifest_scanner
from streamlit.proto.VegaLiteChart_pb2 import VegaLiteChart
from streamlit.testing.v1 import AppTest

from dashboards.access.account import Account
from dashboards.access.session import COOKIE, sessions
from dashboards.components.keep_sign_in import KEEP
from dashboards.server.application import make_application
from dashboards.server.frame import show_frame
from dashboards.server.kept_sign_in import keep_sign_in
from dashboards.server.short_language import ShortLanguage


def test_what_is_left_out_is_what_streamlit_would_do() -> None:
    assert hasattr(manifest_scanner, "scan_component_manifests")
    assert "scan_component_manifests" in component_manager.BidiComponentManager.discover_and_register_components.__code__.co_names
    assert "image_to_url" in page_config._get_favicon_string.__code__.co_names
    assert page_config._get_favicon_string(ICON_ADDRESS) == ICON_ADDRESS
    assert hasattr(delta_generator, "_use_warning_has_been_displayed")


def test_the_application_answers_where_the_frame_asks_for_an_icon() -> None:
    assert [route.path for route in make_application()._user_routes][:1] == ["/favicon.png"]
    assert manifest_scanner.scan_component_manifests() == []


def test_the_frame_says_where_its_server_is_and_speaks_the_pages_language() -> None:
    routes = [route for route in make_application()._user_routes if route.endpoint is show_frame]
    assert {route.path for route in routes} >= {"/", "/population", "/resident", "/dwelling"}
    with TestClient(Starlette(routes=routes)) as client:
        chinese, english = client.get("/population").text, client.get("/?lang=English").text
    assert "BACKEND_BASE_URL" in chinese
    assert "<title>一档</title>" in chinese
    assert '<html lang="zh-CN">' in chinese
    assert '<html lang="en">' in english
    assert not re.search(r"You need|SourceSans|<title>Streamlit", chinese)  # a new version's frame may have other words


def chart_page() -> None:
    import polars as pl  # noqa: PLC0415 - run by itself, as a page is

    from dashboards.components.charts import show_bars  # noqa: PLC0415

    show_bars(pl.DataFrame({"name": ["甲", "乙"], "value": [1, 2]}), "name", "value", "户数")


def test_a_chart_carries_its_rows_as_arrow_streams() -> None:
    (element,) = AppTest.from_function(chart_page).run().get("vega_lite_chart")
    chart = element.proto
    assert isinstance(chart, VegaLiteChart)
    (rows,) = chart.datasets
    assert pl.read_ipc_stream(io.BytesIO(rows.data.data)).to_dict(as_series=False) == {"name": ["甲", "乙"], "value": [1, 2]}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=[Route(KEEP, keep_sign_in, methods=["POST"])]), base_url="http://street.test") as made:
        yield made


def a_code() -> str:
    account = Account(user="leader", display_name="", role="street_leader", area_level="street", area_code="1", password_hash="x")
    return sessions().offer(sessions().open(account, datetime.now(UTC)), datetime.now(UTC))


ICON_ADDRESS = "/favicon.png"
OURS = {"origin": "http://street.test"}


def test_a_code_is_exchanged_for_a_cookie_that_no_script_reads_and_no_site_sends(client: TestClient) -> None:
    code = a_code()
    answer = client.post(KEEP, content=code, headers=OURS)
    told = answer.headers["set-cookie"].lower()
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (204, b"", "no-store")
    assert told.startswith(f"{COOKIE}=")
    assert "httponly" in told
    assert "samesite=strict" in told
    assert "path=/" in told
    assert "secure" not in told
    assert code not in told
    assert client.post(KEEP, content=code, headers=OURS).status_code == 410


def test_over_https_the_cookie_is_for_https_alone(client: TestClient) -> None:
    answer = client.post(KEEP, content=a_code(), headers={"origin": "https://street.test"})
    assert "secure" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://elsewhere.test"},
        {"origin": "null"},
        OURS | {"sec-fetch-site": "cross-site"},
        OURS | {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_gets_nothing_for_a_code(client: TestClient, headers: dict[str, str]) -> None:
    code = a_code()
    answer = client.post(KEEP, content=code, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("content", [b"", b"unknown", b"x" * 5000, b"\xff\xfe"])
def test_what_is_no_code_gets_nothing(client: TestClient, content: bytes) -> None:
    answer = client.post(KEEP, content=content, headers=OURS)
    assert answer.status_code == 410
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("/population?committee=%E4%B8%9C%E9%A3%8E&lang=en", "/population?committee=%E4%B8%9C%E9%A3%8E&lang=English"),
        ("/?lang=ZH", "/?lang=%E4%B8%AD%E6%96%87"),
        ("//elsewhere.test/?lang=en", None),
        ("/?lang=English", None),
        ("/?slang=en", None),
        ("/?lang=fr", None),
    ],
)
def test_a_short_language_leads_to_the_whole_address_on_this_server(asked: str, expected: str | None) -> None:
    with TestClient(ShortLanguage(Starlette()), base_url="http://street.test", follow_redirects=False) as client:
        answer = client.get(f"http://street.test{asked}")
    assert answer.headers.get("location") == expected


MANY_AT_ONCE = """
import threading
import polars as pl
from dashboards.components.charts import _carried

shared = pl.DataFrame({"name": ["小区"] * 300, "value": list(range(300))})

def draw() -> None:
    for _ in range(300):
        _carried(shared)
        shared.is_empty()

threads = [threading.Thread(target=draw) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


@pytest.mark.slow
def test_many_sessions_draw_one_frame_and_none_waits_for_ever() -> None:
    """In a process of its own: what waits for ever here waits with the interpreter in its hand."""
    assert subprocess.run([sys.executable, "-c", MANY_AT_ONCE], timeout=60, check=False).returncode == 0
