"""The civil server behaves as the interface says: token, paging, increments, faults."""

from pathlib import Path

import httpx
import pytest

from ingestion.demo.civil_server import CivilServer
from ingestion.demo.files.civil_files import write_civil
from tests.unit.demo.conftest import Written

TOKEN = "demo"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def pages(client: httpx.Client, url: str, **asked: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    while True:
        body = client.get(f"{url}/elderly-services", params=asked).raise_for_status().json()
        rows += body["data"]
        if body["nextPageToken"] is None:
            assert len(rows) == body["total"]
            return rows
        asked["pageToken"] = body["nextPageToken"]


def test_every_record_comes_once_over_all_pages(written: Written) -> None:
    with CivilServer(written.sources.civil, TOKEN) as url, httpx.Client(headers=HEADERS) as client:
        rows = pages(client, url, pageSize="37")
    assert len({str(row["recordId"]) for row in rows}) == len(rows) == written.street.tables["civil.elderly-services"].height


def test_modified_since_is_inclusive(written: Written) -> None:
    with CivilServer(written.sources.civil, TOKEN) as url, httpx.Client(headers=HEADERS) as client:
        times = [str(row["modifiedAt"]) for row in pages(client, url, pageSize="500")]
        middle = times[len(times) // 2]
        later = pages(client, url, pageSize="10", modifiedSince=middle)
    assert [str(row["modifiedAt"]) for row in later] == [at for at in times if at >= middle]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("elderly-services", {}, 401),
        ("elderly-services", {"Authorization": "Bearer wrong"}, 401),
        ("no-such", HEADERS, 404),
        ("elderly-services?pageSize=501", HEADERS, 400),
        ("elderly-services?pageToken=???", HEADERS, 400),
        ("elderly-services?modifiedSince=gestern", HEADERS, 400),
    ],
)
def test_bad_requests_are_refused(written: Written, path: str, headers: dict[str, str], status: int) -> None:
    with CivilServer(written.sources.civil, TOKEN) as url:
        assert httpx.get(f"{url}/{path}", headers=headers).status_code == status


def test_faults_come_at_their_rate_and_the_same_each_time(written: Written) -> None:
    seen = []
    for _ in range(2):
        with CivilServer(written.sources.civil, TOKEN, fault_rate=0.3, seed=4) as url, httpx.Client(headers=HEADERS) as client:
            answers = [client.get(f"{url}/children-in-need") for _ in range(200)]
        seen.append([answer.status_code for answer in answers])
        assert all(answer.headers["Retry-After"] == "1" for answer in answers if answer.status_code == 429)
    assert seen[0] == seen[1]
    assert set(seen[0]) == {200, 429, 503}
    assert 30 < sum(status != 200 for status in seen[0]) < 90


def test_connection_is_kept_and_slow_pages_are_slow(written: Written) -> None:
    with (
        CivilServer(written.sources.civil, TOKEN, slow_rate=1.0, slow_seconds=0.2) as url,
        httpx.Client(headers=HEADERS) as client,
    ):
        answer = client.get(f"{url}/children-in-need")
    assert answer.http_version == "HTTP/1.1"
    assert answer.headers.get("Connection") != "close"
    assert answer.elapsed.total_seconds() >= 0.2


def test_changed_folder_is_seen_at_the_next_first_page(tmp_path: Path) -> None:
    record = {"recordId": "A", "modifiedAt": "2026-11-20T08:00:00+08:00"}
    write_civil({"children-in-need": [record]}, tmp_path)
    with CivilServer(tmp_path / "civil", TOKEN) as url:
        first = httpx.get(f"{url}/children-in-need", headers=HEADERS).json()
        write_civil({"children-in-need": [record, {**record, "recordId": "B"}]}, tmp_path)
        second = httpx.get(f"{url}/children-in-need", headers=HEADERS).json()
    assert (first["total"], second["total"]) == (1, 2)
