"""The civil API over real HTTP: tokens, limits, faults, pages, interruptions."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from ingestion.connectors.rest import Patience
from ingestion.contracts.loader import load_contract
from ingestion.pulling.rest import pull_rest
from ingestion.pulling.run import PullRun
from ingestion.refusal import UnreachableError
from ingestion.settings import SourceSettings
from tests.source_files import AT, new_landing, pull, write_config

pytestmark = pytest.mark.slow
TOKEN = "right"
QUICK = Patience(connect=1, answer=2, give_up=3, first_wait=0.02, most_wait=0.2)


@dataclass
class Api:
    """What the server holds, and how it misbehaves."""

    records: dict[str, list[dict[str, Any]]]
    url: str = ""
    faults: dict[int, tuple[int, dict[str, str]]] = field(default_factory=dict)
    every_tenth: bool = False
    dies_after: int | None = None
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, token: str | None) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(path)
        number = len(self.asked)
        if token != f"Bearer {TOKEN}":
            return 401, {}, b"{}"
        if self.dies_after is not None and number > self.dies_after:
            return 503, {}, b""
        if number in self.faults:
            status, headers = self.faults[number]
            return status, headers, b""
        if self.every_tenth and number % 10 in {4, 9}:
            return (429, {"Retry-After": "0"}, b"") if number % 20 > 10 else (503, {}, b"oops")
        return 200, {}, self.page(path)

    def page(self, path: str) -> bytes:
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        found = [r for r in self.records.get(parts.path.rpartition("/")[2], []) if r["modifiedAt"] >= query["modifiedSince"]]
        start, size = int(query.get("pageToken", "0")), 3
        token = str(start + size) if start + size < len(found) else None
        body = {"data": found[start : start + size], "nextPageToken": token, "total": len(found)}
        return json.dumps(body, ensure_ascii=False).encode()


@pytest.fixture
def api() -> Iterator[Api]:
    api = Api({"elderly-services": [elder(number) for number in range(1, 21)], "assistance-cases": [CASE]})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = api.answer(self.path, self.headers.get("Authorization"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name the base class has
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_port}/api/v1"
    yield api
    server.shutdown()
    thread.join()
    server.server_close()


CASE = {
    "caseId": "c1",
    "category": "DIBAO",
    "members": [{"name": "张三", "certNo": "", "isHead": True}, {"name": "李四", "faceImage": "SECRET", "isHead": False}],
    "monthlyAmount": 1200.5,
    "withdrawn": False,
    "modifiedAt": "2026-11-19T08:00:00+08:00",
}


def elder(number: int, **values: object) -> dict[str, Any]:
    moment = f"2026-11-{number % 10 + 10:02d}T08:00:00+08:00"
    base = {"recordId": f"r{number}", "name": "王五", "birthDate": "1940-01-01", "services": ["MEAL"], "withdrawn": False}
    return {
        **base,
        "emergencyContact": {"name": "王六", "phone": "13800000000"},
        "unknown": {"x": 1},
        "modifiedAt": moment,
        **values,
    }


def quick_run(api: Api, home: Path, token: str = TOKEN, at: Any = AT) -> PullRun:
    settings = SourceSettings(url=api.url, token=token)
    return PullRun(load_contract("civil"), settings, new_landing(home, at), at, lambda _: None)


def test_pages_are_landed_in_spite_of_faults_and_only_once(api: Api, tmp_path: Path) -> None:
    api.every_tenth = True
    config = write_config(tmp_path, civil=api.url, civil_token=TOKEN)
    found = pull(config, "civil")
    assert found.refused == []
    assert {r.entity: r.loaded_rows for r in found.receipts} == {"elderly-services": 20, "assistance-cases": 1}
    case = next((tmp_path / "home/landing/civil/assistance-cases").glob("batch=*"))
    members = pl.read_parquet(case / "member.parquet")
    assert members.select("source_key", "case_source_key", "position", "is_head").rows() == [
        ("c1#0", "c1", 0, True),
        ("c1#1", "c1", 1, False),
    ]
    assert json.loads((case / "manifest.json").read_text())["dropped_columns"] == ["faceImage"]
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file() and b"SECRET" in path.read_bytes()]
    assert pull(config, "civil", AT + timedelta(hours=1)).receipts == []


def test_only_changes_are_asked_for_and_known_rows_are_left_out(api: Api, tmp_path: Path) -> None:
    quick = quick_run(api, tmp_path)
    pull_rest(quick, QUICK)
    api.records["elderly-services"][3] = elder(4, livingStatus="ALONE", modifiedAt="2026-11-20T09:00:00+08:00")
    api.asked.clear()
    later = quick_run(api, tmp_path, at=AT + timedelta(days=1))
    pull_rest(later, QUICK)
    (receipt,) = later.receipts
    assert (receipt.loaded_rows, receipt.rejected_rows) == (1, 0)
    assert receipt.deduplicated_rows == receipt.read_rows - 1 > 0
    elders = [path for path in api.asked if "elderly" in path]
    assert all("modifiedSince=2026-11-17T08%3A00%3A00%2B08%3A00" in path for path in elders)


def test_a_wrong_token_is_told_at_once(api: Api, tmp_path: Path) -> None:
    found = pull(write_config(tmp_path, civil=api.url, civil_token="wrong"), "civil")
    assert not found.is_reached
    assert "token was refused (HTTP 401)" in found.message
    assert len(api.asked) == 1
    assert found.seconds < 3


def test_a_server_that_asks_to_wait_is_obeyed(api: Api, tmp_path: Path) -> None:
    api.faults = {1: (429, {"Retry-After": "1"}), 2: (500, {}), 3: (502, {}), 4: (504, {})}
    run = quick_run(api, tmp_path)
    pull_rest(run, QUICK)
    assert sum(receipt.loaded_rows for receipt in run.receipts) == 21


def test_an_interrupted_pull_goes_on_where_it_stopped(api: Api, tmp_path: Path) -> None:
    api.dies_after = 4
    run = quick_run(api, tmp_path)
    pull_rest(run, QUICK)
    assert any("elderly-services" in line for line in run.refused)
    spooled = len(list((tmp_path / "state/spool/civil/elderly-services").glob("page-*.json")))
    assert spooled >= 1
    api.dies_after = None
    api.asked.clear()
    later = quick_run(api, tmp_path)
    pull_rest(later, QUICK)
    assert later.refused == []
    elders = [path for path in api.asked if "elderly" in path]
    assert f"pageToken={3 * spooled}" in elders[0]
    assert len(elders) == 7 - spooled
    assert not (tmp_path / "state/spool/civil/elderly-services").exists()


def test_a_server_that_never_succeeds_is_given_up(api: Api, tmp_path: Path) -> None:
    api.dies_after = 0
    with pytest.raises(UnreachableError, match="given up after"):
        pull_rest(quick_run(api, tmp_path), QUICK)
    assert len(api.asked) > 3


def test_an_answer_of_another_shape_is_refused_by_name(api: Api, tmp_path: Path) -> None:
    api.records["children-in-need"] = []
    api.page = lambda path: b'{"items": []}' if "children" in path else Api.page(api, path)  # type: ignore[method-assign]
    run = quick_run(api, tmp_path)
    pull_rest(run, QUICK)
    assert len(run.receipts) == 2
    assert run.refused == ['civil children-in-need: children-in-need: an answer with a list "data" was expected, found NoneType']
