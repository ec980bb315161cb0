"""One official at a browser, over Streamlit's own websocket protocol: signs in, opens pages, chooses in boxes.

A page counts as there when the server says that its script has finished and everything it drew has arrived. What a browser
then needs to paint is not in it. Not here: what is measured (load.py).
"""

import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

LARGEST = 64 * 2**20


class BrokenPageError(Exception):
    """A page told of a failure, or its script did not end well."""


@dataclass
class Official:
    """One session; `boxes` are the choices on the page at hand: label to id, and to the names one may choose."""

    port: int
    boxes: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    received_bytes: int = 0
    _socket: ClientConnection | None = None
    _page: str = ""
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    async def arrive(self) -> float:
        """Open the address; gives the seconds until the form is there."""
        uri = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        started = time.perf_counter()
        self._socket = await connect(uri, subprotocols=["streamlit"], max_size=LARGEST, compression=None)  # type: ignore[list-item]
        await self._rerun()
        return time.perf_counter() - started

    async def sign_in(self, user: str, password: str) -> float:
        """Fill in the form and send it; gives the seconds until the first page is there."""
        for label, text in (("账号", user), ("密码", password)):
            self._set(self._ids[label], string_value=text)
        button = self._ids["登录"]
        self._set(button, trigger_value=True)
        seconds = await self._rerun()
        self._states.clear()
        return seconds

    async def open(self, page: str) -> float:
        """Open a page by its address; gives the seconds until it is there."""
        self._page = self.pages[page]
        return await self._rerun()

    async def choose(self, label: str, name: str) -> float:
        """Choose in a box of the page at hand."""
        self._set(self.boxes[label][0], string_value=name)
        return await self._rerun()

    async def leave(self) -> None:
        """Close the browser."""
        if self._socket is not None:
            await self._socket.close()

    def _set(self, widget: str, **value: object) -> None:
        self._states[widget] = WidgetState(id=widget, **value)  # type: ignore[arg-type]

    async def _rerun(self) -> float:
        message = BackMsg()
        asked = message.rerun_script
        asked.page_script_hash = self._page
        asked.widget_states.widgets.extend(self._states.values())
        asked.context_info.url = f"http://127.0.0.1:{self.port}/"
        asked.context_info.locale, asked.context_info.timezone = "zh-CN", "Asia/Shanghai"
        assert self._socket is not None
        started = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        arrived = await self._until_finished()
        seconds = time.perf_counter() - started
        self._read(arrived)
        return seconds

    async def _until_finished(self) -> list[ForwardMsg]:
        """Everything that the server says up to the end of the script; a rerun asked by the script itself goes on."""
        assert self._socket is not None
        arrived: list[ForwardMsg] = []
        while True:
            data = await self._socket.recv()
            assert isinstance(data, bytes)
            self.received_bytes += len(data)
            message = ForwardMsg.FromString(data)
            arrived.append(message)
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return arrived
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    raise BrokenPageError(f"script ended with {message.script_finished}")
                arrived.clear()

    def _read(self, arrived: list[ForwardMsg]) -> None:
        """Remember what the page offers, and refuse a page that tells of a failure."""
        self.boxes, self.texts = {}, []
        for message in arrived:
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
                self._page = message.navigation.page_script_hash
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._note(message.delta.new_element)

    def _note(self, element: Element) -> None:
        match element.WhichOneof("type"):
            case "selectbox":
                self.boxes[element.selectbox.label] = (element.selectbox.id, list(element.selectbox.options))
            case "text_input":
                self._ids[element.text_input.label] = element.text_input.id
            case "button":
                self._ids[element.button.label] = element.button.id
            case "html":
                self.texts.append(element.html.body)
            case "alert" if "编号" in element.alert.body:
                raise BrokenPageError(element.alert.body)
            case "exception":
                raise BrokenPageError(element.exception.message)
