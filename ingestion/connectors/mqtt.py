"""Messages of an MQTT broker, one by one, each acknowledged only when it is told to be safe.

QoS 1 with a session that outlives the connection: what was not acknowledged comes again. One thread reads and acknowledges in
turn: while messages are made safe nothing is read, so that the broker waits. Not here: keeping messages (live.spool).
"""

import contextlib
import select
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from ingestion.connectors.buffered_socket import BufferedSocket

SHORTEST, LONGEST = 1.0, 60.0  # seconds between attempts to connect, doubled from one to the next
KEEP_ALIVE = 30
PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True, slots=True)
class Received:
    """One message; `connection` tells which connection brought it, for a number is good in its own connection only."""

    payload: bytes
    number: int
    qos: int
    connection: int


class _Client(paho.Client):
    """The library asks the system for a message's first byte, then for its second: a buffer in between spares most of that."""

    buffered: BufferedSocket | None = None

    def _create_socket(self) -> Any:
        made: Any = super()._create_socket()  # told as what any transport gives; without a websocket it is a socket
        self.buffered = BufferedSocket(made)
        return self.buffered


class Subscription:
    """A standing subscription to one topic; connects again by itself, with growing pauses. One thread at a time."""

    def __init__(self, url: str, topic: str, name: str) -> None:
        """`name`: what the broker keeps the session under; the same after every start."""
        place = urlsplit(url)
        self._host, self._topic = place.hostname or "localhost", topic
        self._port = place.port or PORTS.get(place.scheme, PORTS["mqtt"])
        self._arrived: list[Received] = []
        self._connection, self._is_standing = 0, False
        self._next_attempt, self._pause = 0.0, SHORTEST
        self._client = _Client(
            CallbackAPIVersion.VERSION2, client_id=name, clean_session=False, protocol=paho.MQTTv311, manual_ack=True
        )
        if place.username:
            self._client.username_pw_set(unquote(place.username), unquote(place.password or ""))
        if place.scheme == "mqtts":
            self._client.tls_set()
        self._client.on_connect, self._client.on_disconnect = self._subscribe, self._forget
        self._client.on_subscribe, self._client.on_message = self._stand, self._receive

    @property
    def is_standing(self) -> bool:
        """Whether the broker has confirmed the subscription on this connection."""
        return self._is_standing

    def take(self, most: int, seconds: float) -> list[Received]:
        """The messages that have come, at most so many; none when none came within `seconds`. Connects where that is due."""
        if self._client.socket() is None and not self._connect(seconds):
            return []
        sock = self._client.buffered
        if sock is not None and (sock.pending() or select.select([sock], [], [], seconds)[0]):
            self._read(sock, most)
        self._client.loop_misc()
        taken, self._arrived = self._arrived, []
        return taken

    def acknowledge(self, messages: list[Received]) -> None:
        """Tell the broker that these are safe; those of an earlier connection come again and are told then."""
        if self._client.socket() is None or self._client.buffered is None:
            return
        with contextlib.suppress(OSError), self._client.buffered.held_back():
            for message in messages:
                if message.connection == self._connection:
                    self._client.ack(message.number, message.qos)

    def close(self) -> None:
        """Leave; the broker keeps the session and what was not acknowledged."""
        self._client.disconnect()

    def _connect(self, seconds: float) -> bool:
        """Whether there is a connection now; waits at most so long for the next attempt."""
        wait = self._next_attempt - time.monotonic()
        if wait > 0:
            time.sleep(min(wait, seconds))
        if wait > seconds:
            return False
        self._next_attempt, self._pause = time.monotonic() + self._pause, min(2 * self._pause, LONGEST)
        with contextlib.suppress(OSError):
            self._client.connect(self._host, self._port, KEEP_ALIVE)
        return self._client.socket() is not None

    def _read(self, sock: BufferedSocket, most: int) -> None:
        """Read until nothing more is there."""
        while self._client.socket() is not None and len(self._arrived) < most:
            before = len(self._arrived)
            self._client.loop_read()
            if len(self._arrived) == before and not sock.pending():
                return

    def _subscribe(self, client: paho.Client, *_: Any) -> None:
        client.subscribe(self._topic, qos=1)

    def _stand(self, *_: Any) -> None:
        self._is_standing, self._pause = True, SHORTEST

    def _forget(self, *_: Any) -> None:
        self._is_standing = False
        self._connection += 1

    def _receive(self, _: paho.Client, __: Any, message: paho.MQTTMessage) -> None:
        self._arrived.append(Received(bytes(message.payload), message.mid, message.qos, self._connection))
