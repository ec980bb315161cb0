"""A REST API that pages, limits and fails now and then. Not here: what the pages hold (pulling)."""

import json
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

import httpx

from ingestion.refusal import RefusedError, UnreachableError

TRANSIENT = {500, 502, 503, 504}
TOO_FAST = 429
NOT_ALLOWED = {401, 403}
OK = 200


@dataclass(frozen=True)
class Patience:
    """Seconds: for a connection, for an answer (a page may take 10), in all without any success, and between attempts."""

    connect: float = 5
    answer: float = 20
    give_up: float = 45
    first_wait: float = 0.25
    most_wait: float = 8
    refused_connections: int = 3


class RestClient:
    """Asks until it is answered or patience ends; one clock for the whole source, which every success sets back."""

    def __init__(self, url: str, token: str, patience: Patience = Patience()) -> None:
        """No proxy of the environment is used: the source stands on the intranet."""
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self.url, self.patience = url.rstrip("/"), patience
        self.client = httpx.Client(headers=headers, trust_env=False)
        self.last_success = time.monotonic()
        self.is_reached = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def get(self, resource: str, parameters: dict[str, str]) -> bytes:
        """The body of a JSON answer.

        Raises UnreachableError when the server does not answer, or not to the bearer of this token, and RefusedError when it will
        not give this resource.
        """
        attempt = lost = 0
        while True:
            try:
                response = self.client.get(f"{self.url}/{resource}", params=parameters, timeout=self._timeout())
            except httpx.TransportError as error:
                reason, asked = f"no answer ({type(error).__name__})", None
                lost += isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            else:
                body = self._body(resource, response)
                if body is not None:
                    return body
                reason, asked = f"HTTP {response.status_code}", _retry_after(response)
            attempt += 1
            self._wait(resource, reason, attempt, asked, is_lost=lost >= self.patience.refused_connections)

    def _left(self) -> float:
        """How many seconds patience still lasts."""
        return self.last_success + self.patience.give_up - time.monotonic()

    def _timeout(self) -> httpx.Timeout:
        """No attempt goes on when patience has ended; the first one after a success has its full time."""
        return httpx.Timeout(min(self.patience.answer, max(1.0, self._left())), connect=self.patience.connect)

    def _body(self, resource: str, response: httpx.Response) -> bytes | None:
        """The body of a good answer; null when another attempt is worth while."""
        status = response.status_code
        if status in NOT_ALLOWED:
            raise UnreachableError(f"the token was refused (HTTP {status}): check its `token` in the configuration")
        if status == TOO_FAST or status in TRANSIENT:
            return None
        if status != OK:
            raise RefusedError(f"{resource}: the server answers HTTP {status}; check the url in the configuration")
        if not _is_json(response.content):
            return None  # cut off on its way
        self.last_success, self.is_reached = time.monotonic(), True
        return response.content

    def _wait(self, resource: str, reason: str, attempt: int, asked: float | None, *, is_lost: bool) -> None:
        """Exponential back-off with jitter, or as long as the server asks; raises when patience ends first."""
        backoff = min(self.patience.most_wait, self.patience.first_wait * 2 ** (attempt - 1))
        seconds = asked if asked is not None else backoff * random.uniform(0.5, 1.5)  # noqa: S311 - no secret
        if is_lost or seconds > self._left():
            raise UnreachableError(f"{resource}: given up after {attempt} attempts, the last: {reason}")
        time.sleep(seconds)


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def _retry_after(response: httpx.Response) -> float | None:
    """The seconds a server asks to wait, given as a number or as a moment; null when it does not say."""
    value = response.headers.get("Retry-After", "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        return _seconds_until(value)


def _seconds_until(value: str) -> float | None:
    try:
        moment: Any = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, float((moment - datetime.now(UTC)).total_seconds()))
