"""Lets a link say its language shortly: `?lang=en` leads to the same address with the name that the pages keep there.

Not here: which language is spoken (components/preference.py).
"""

from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.services.language import CHINESE, ENGLISH

_SHORT = {"en": ENGLISH, "zh": CHINESE}


class ShortLanguage:
    """Answers such an address with the whole one; everything else goes on untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        asked = scope.get("query_string", b"")
        if scope["type"] != "http" or scope["method"] != "GET" or b"lang=" not in asked:
            await self._app(scope, receive, send)
            return
        told = parse_qsl(asked.decode("ascii", errors="replace"), keep_blank_values=True)
        whole = [(name, _SHORT.get(value.lower(), value) if name == "lang" else value) for name, value in told]
        is_short = whole != told and not scope["path"].startswith("//")  # two slashes would lead to another server
        answer = RedirectResponse(f"{scope['path']}?{urlencode(whole)}") if is_short else self._app
        await answer(scope, receive, send)
