"""A real HTTP server with civil affairs' interface over a civil folder, on loopback; with faults, if they are wanted.

Records are read and put in order once per state of the folder. Not here: making the records (`files.civil_files`).
"""

import base64
import bisect
import json
import random
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from ingestion.demo.files.civil_files import RESOURCES

BASE = "/api/v1/"
LARGEST_PAGE = 500
SHANGHAI = timezone(timedelta(hours=8))


@dataclass
class Shelf:
    """One resource in order of change: the times, and each record's JSON."""

    times: list[float]
    records: list[bytes]


@dataclass
class Faults:
    """How badly the server behaves: shares of requests, and seconds."""

    rate: float = 0.0
    retry_after: int = 1
    slow_rate: float = 0.0
    slow_seconds: float = 10.0
    rng: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - decides on faults, nothing secret


class CivilServer:
    """Serves `<folder>/<resource>.json`; a context manager that gives the base URL.

    Args:
        folder: the civil folder that `write_sources` made; a later `write_day` is seen at the next first page.
        token: what `Authorization: Bearer` must carry.
        fault_rate: share of requests answered 429 (with Retry-After) or 503, by a seeded draw.
        slow_rate: share of pages that take `slow_seconds`.
        retry_after: seconds that a 429 asks to wait.
        slow_seconds: how long a slow page takes.
        seed: of the faults.
    """

    def __init__(
        self,
        folder: Path,
        token: str,
        *,
        fault_rate: float = 0.0,
        slow_rate: float = 0.0,
        retry_after: int = 1,
        slow_seconds: float = 10.0,
        seed: int = 1,
    ) -> None:
        self.folder, self.token = folder, token
        self.faults = Faults(fault_rate, retry_after, slow_rate, slow_seconds, random.Random(seed))  # noqa: S311 - see Faults
        self.requests: list[tuple[str, int]] = []
        self._lock = threading.Lock()
        self._shelves: dict[str, tuple[int, Shelf]] = {}
        self._http: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """The base URL, as it goes into `[sources.civil] url`."""
        if self._http is None:
            raise RuntimeError("the civil server is not running: use it in a with statement, or call start() first")
        return f"http://127.0.0.1:{self._http.server_address[1]}{BASE.rstrip('/')}"

    def start(self) -> str:
        """Listen on a free port of loopback and return the base URL."""
        handler = type("CivilHandler", (_Handler,), {"office": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self.url

    def stop(self) -> None:
        """Stop listening; requests under way are cut."""
        if self._http is not None:
            self._http.shutdown()
            self._http.server_close()
            self._http = None

    def __enter__(self) -> str:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def handle(self, target: str, authorization: str) -> tuple[int, dict[str, str], bytes]:
        """Answer one request: status, extra headers, body."""
        with self._lock:
            fault, is_slow = self._draw()
        status, headers, body = fault or self._answer(target, authorization)
        if is_slow and not fault:
            time.sleep(self.faults.slow_seconds)
        with self._lock:
            self.requests.append((target, status))
        return status, headers, body

    def _draw(self) -> tuple[tuple[int, dict[str, str], bytes] | None, bool]:
        faults = self.faults
        draw, is_slow = faults.rng.random(), faults.rng.random() < faults.slow_rate
        if draw >= faults.rate:
            return None, is_slow
        if draw < faults.rate / 2:
            return (429, {"Retry-After": str(faults.retry_after)}, _error("asked too fast")), is_slow
        return (503, {}, _error("for the moment not available")), is_slow

    def _answer(self, target: str, authorization: str) -> tuple[int, dict[str, str], bytes]:
        if authorization != f"Bearer {self.token}":
            return 401, {"WWW-Authenticate": "Bearer"}, _error("bad or missing token")
        parts = urlsplit(target)
        resource = parts.path.removeprefix(BASE)
        if resource not in RESOURCES or not parts.path.startswith(BASE):
            return 404, {}, _error(f"no such resource: {parts.path}")
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        try:
            return 200, {}, self._page(resource, asked)
        except (ValueError, KeyError, TypeError) as problem:
            return 400, {}, _error(f"bad request: {problem}")

    def _page(self, resource: str, asked: dict[str, str]) -> bytes:
        size = int(asked.get("pageSize", "100"))
        if not 1 <= size <= LARGEST_PAGE:
            raise ValueError(f"pageSize must be 1 to {LARGEST_PAGE}, not {size}")
        if "pageToken" in asked:
            start, first = _read_token(asked["pageToken"], resource)
            shelf = self._shelf(resource, is_first=False)
        else:
            shelf = self._shelf(resource, is_first=True)
            first = start = bisect.bisect_left(shelf.times, _epoch(asked["modifiedSince"])) if "modifiedSince" in asked else 0
        end = min(start + size, len(shelf.records))
        token = f'"{_token(resource, end, first)}"' if end < len(shelf.records) else "null"
        tail = f'],"nextPageToken":{token},"total":{len(shelf.records) - first}}}'
        return b'{"data":[' + b",".join(shelf.records[start:end]) + tail.encode()

    def _shelf(self, resource: str, *, is_first: bool) -> Shelf:
        """The resource in order; read again only where its file has changed since, and never in the middle of paging."""
        path = self.folder / f"{resource}.json"
        with self._lock:
            known = self._shelves.get(resource)
            if known and not is_first:
                return known[1]
            version = path.stat().st_mtime_ns if path.exists() else 0
            if not known or known[0] != version:
                known = (version, _read(path))
                self._shelves[resource] = known
            return known[1]


class _Handler(BaseHTTPRequestHandler):
    """HTTP/1.1 with kept connections; every answer tells its length."""

    office: CivilServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60

    def do_GET(self) -> None:
        """Answer a page, or the fault that is due."""
        status, headers, body = self.office.handle(self.path, self.headers.get("Authorization", ""))
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: requests are kept in `CivilServer.requests`."""


def _read(path: Path) -> Shelf:
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    timed = sorted(((_epoch(row["modifiedAt"]), place) for place, row in enumerate(rows)))
    dumped = [json.dumps(rows[place], ensure_ascii=False, separators=(",", ":")).encode() for _, place in timed]
    return Shelf([at for at, _ in timed], dumped)


def _epoch(text: str) -> float:
    """Seconds of an ISO 8601 time; without a zone it is Shanghai's. A plus sign that a URL turned into a space is mended."""
    at = datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text else text)
    return (at if at.tzinfo else at.replace(tzinfo=SHANGHAI)).timestamp()


def _token(resource: str, start: int, first: int) -> str:
    return base64.urlsafe_b64encode(f"{resource}:{start}:{first}".encode()).decode()


def _read_token(token: str, resource: str) -> tuple[int, int]:
    owner, start, first = base64.urlsafe_b64decode(token.encode()).decode().split(":")
    if owner != resource:
        raise ValueError("this pageToken belongs to another resource")
    return int(start), int(first)


def _error(message: str) -> bytes:
    return json.dumps({"error": message}, ensure_ascii=False).encode()
