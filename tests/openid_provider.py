"""A small OpenID Connect provider on loopback: discovery, authorization by code, tokens signed with a key of its own.

It signs in whoever `user` names, as one who is signed in at the provider already. Not here: passwords, consent, logging out.
"""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlparse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT, SECRET, CLAIM = "yidang", "a secret for tests only", "preferred_username"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """The provider; `user`: who is signed in there; `asked`: the paths that were asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.user = ""
        self.asked: list[str] = []
        self.codes: dict[str, tuple[str, str]] = {}


class _Answers(BaseHTTPRequestHandler):
    server: Provider
    protocol_version: ClassVar[str] = "HTTP/1.1"

    def do_GET(self) -> None:
        told = urlparse(self.path)
        self.server.asked.append(told.path)
        if told.path == "/.well-known/openid-configuration":
            self._tell(_discovery(self.server.address))
        elif told.path == "/jwks":
            self._tell({"keys": [_public_key()]})
        elif told.path == "/authorize":
            self._send_back({name: values[0] for name, values in parse_qs(told.query).items()})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        user, nonce = self.server.codes.pop(form["code"][0])
        token = _signed(_claims(self.server.address, user, nonce))
        self._tell({"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the standard library
        """Say nothing."""

    def _send_back(self, asked: dict[str, str]) -> None:
        code = secrets.token_hex(8)
        self.server.codes[code] = self.server.user, asked.get("nonce", "")
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _tell(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider while it runs."""
    with Provider() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _discovery(address: str) -> dict[str, Any]:
    return {
        "issuer": address,
        "authorization_endpoint": f"{address}/authorize",
        "token_endpoint": f"{address}/token",
        "jwks_uri": f"{address}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }


def _claims(address: str, user: str, nonce: str) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": address, "sub": user, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, CLAIM: user}


def _signed(claims: dict[str, Any]) -> str:
    head = {"alg": "RS256", "typ": "JWT", "kid": "only"}
    signed = ".".join(_url_safe(json.dumps(part).encode()) for part in (head, claims))
    return f"{signed}.{_url_safe(_KEY.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def _public_key() -> dict[str, str]:
    numbers = _KEY.public_key().public_numbers()
    parts = {
        name: number.to_bytes((number.bit_length() + 7) // 8, "big") for name, number in (("n", numbers.n), ("e", numbers.e))
    }
    return {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "only"} | {name: _url_safe(part) for name, part in parts.items()}


def _url_safe(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
