"""Exchanges the code that a page handed to its browser for the cookie by which a reload finds the session again.

The code serves once and for a minute and only a page of ours can send it; the cookie is kept from scripts and from other sites.
Nothing of either stands in an address or a log. Not here: whose session it is (access/registry.py).
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from dashboards.access.session import COOKIE, sessions

_LONGEST = 128  # signs of a code
_QUIET = {"Cache-Control": "no-store"}


async def keep_sign_in(request: Request) -> Response:
    """204 with the cookie; 403: another site asks; 410: the code is unknown, used or too old."""
    origin = urlsplit(request.headers.get("origin", ""))
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin" or origin.netloc != request.headers.get("host"):
        return Response(status_code=403, headers=_QUIET)
    token = sessions().redeem(await _code(request), datetime.now(UTC))
    if not token:
        return Response(status_code=410, headers=_QUIET)
    answer = Response(status_code=204, headers=_QUIET)
    answer.set_cookie(COOKIE, token, path="/", secure=origin.scheme == "https", httponly=True, samesite="strict")
    return answer


async def _code(request: Request) -> str:
    told = request.headers.get("content-length", "")
    if not told.isdecimal() or int(told) > _LONGEST:
        return ""
    return (await request.body()).decode("ascii", errors="replace")
