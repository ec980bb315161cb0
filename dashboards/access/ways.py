"""Ways to sign in beside a password, from `<home>/security/sign_in.json`: an account is known by another's word.

`proxy_header`: a reverse proxy on this machine names the user in this header. `oidc_claim`: an OpenID Connect provider (told
of in `<home>/security/openid.toml`) names the user in this claim. `is_demo`: whoever sits at this machine opens an account with
one click.
Not here: telling the browser (session.py). Without the file there is the password alone.
"""

import ipaddress
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

# Set by proxies: a request with one of them does not come from somebody who sits at this machine.
_PASSED_ON = ("x-forwarded-for", "x-real-ip", "forwarded", "via", "x-forwarded-host")


class Ways(BaseModel):
    """What the file allows; an unknown key or a broken file allows nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    proxy_header: str = ""
    oidc_claim: str = ""
    is_demo: bool = False


def load_ways(home: Path) -> Ways:
    """The file's ways; none where it is missing or broken."""
    try:
        return Ways.model_validate(json.loads((home / "security" / "sign_in.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError):
        return Ways()


def is_local(address: str | None) -> bool:
    """Whether the other end of the connection is this machine: loopback, or a socket, which has no address."""
    if not address:
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def proxy_user(ways: Ways, headers: Mapping[str, str], address: str | None) -> str:
    """Whom the trusted proxy names; empty: nobody, no such way, or a connection that is not of this machine."""
    if not ways.proxy_header or not is_local(address):
        return ""
    named = [value for name, value in headers.items() if name.lower() == ways.proxy_header.lower()]
    return named[0].strip() if len(named) == 1 else ""


def is_demo_seat(ways: Ways, headers: Mapping[str, str], address: str | None) -> bool:
    """Whether somebody sits at the demo's own machine: a local connection that nobody passed on, to a local name."""
    told = {name.lower(): value for name, value in headers.items()}
    host = told.get("host", "").rsplit(":", 1)[0].strip("[]")
    is_here = host == "localhost" or (bool(host) and _is_loopback(host))
    return ways.is_demo and is_local(address) and is_here and not any(name in told for name in _PASSED_ON)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
