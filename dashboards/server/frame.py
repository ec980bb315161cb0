"""The frame that carries every page: Streamlit's own, in our language and under our name, and told where its server is.

Without that the browser asks below the page's address first, is answered 404 twice, and the log of its errors fills up; and a
page counts as English for whoever has it read aloud. Tied to the locked version as unneeded.py is.
"""

import json
import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from streamlit import file_util

from dashboards.services.language import ENGLISH, english_words

# The address of the pages is where the frame lies, also below a proxy's path: what it loads it finds the same way.
_PLACE = "<script>window.__streamlit = {BACKEND_BASE_URL: new URL('.', location.href).href}</script>"
_SCRIPT = Path(__file__).with_name("own_words.js")
OWN_WORDS = (
    "连接已断开",
    "暂时连不上服务：网络中断，或服务正在重启。页面会自动重新连接，恢复后即可继续；若几分钟后仍未恢复，请联系系统管理员。",
    "关闭",
    "不接受这种文件，请选择 .xlsx 文件",
    "文件过大",
)
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
    text = text.replace("</head>", f"<script>{_own_words()}</script></head>", 1)
    return _FONT.sub("", text)


def _own_words() -> str:
    """The script with its words in both languages."""
    english = english_words("text")
    words = {"zh": OWN_WORDS, "en": [english.get(text, text) for text in OWN_WORDS]}
    told = json.dumps(words, ensure_ascii=False)
    return _SCRIPT.read_text(encoding="utf-8").replace("(() => {", f"(() => {{\n  const WORDS = {told};", 1)
