"""The frame that carries every page: Streamlit's own, in our language and under our name, and told where its server is.

Without that the browser asks below the page's address first, is answered 404 twice, and the log of its errors fills up; and a
page counts as English for whoever has it read aloud. Tied to the locked version as unneeded.py is.
"""

import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from streamlit import file_util

from dashboards.services.language import ENGLISH

# The address of the pages is where the frame lies, also below a proxy's path: what it loads it finds the same way.
_PLACE = "<script>window.__streamlit = {BACKEND_BASE_URL: new URL('.', location.href).href}</script>"
_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>\s*')  # of a face that our theme does not use
_CHANGES = (
    ("<title>Streamlit</title>", f"<title>一档</title>{_PLACE}"),
    ("<p>You need to enable JavaScript to run this app.</p>", "<p>请在浏览器中启用 JavaScript。</p>"),
)
_LANGUAGE = '<html lang="en">'


async def show_frame(request: Request) -> HTMLResponse:
    """The frame for one page's address, in the language that the address asks for."""
    is_english = request.query_params.get("lang") == ENGLISH
    text = _frame() if is_english else _frame().replace(_LANGUAGE, '<html lang="zh-CN">', 1)
    return HTMLResponse(text, headers={"Cache-Control": "no-cache"})


@cache
def _frame() -> str:
    text = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    for theirs, ours in _CHANGES:
        text = text.replace(theirs, ours, 1)
    return _FONT.sub("", text)
