"""Messages of an MQTT broker, one by one, each acknowledged only when it is told to be safe.

QoS 1 with a session that outlives the connection: what was not acknowledged comes again. Not here: keeping messages (live.spool).
"""

import contextlib
import queue
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

WAITING = 10_000  # messages read and not yet safe; more stay with the broker, since the connection is not read on
SHORTEST, LONGEST = 1, 60  # seconds between attempts to connect, doubled from one to the next
KEEP_ALIVE = 30
PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True)
class Received:
    """One message; `connection` tells which connection brought it, for a number is good in its own connection only."""

    payload: bytes
    number: int
    qos: int
    connection: int


class Subscription:
    """A standing subscription to one topic; connects again by itself, with growing pauses."""

    def __init__(self, url: str, topic: str, name: str) -> None:
        """`name`: what the broker keeps the session under; the same after every start."""
        place = urlsplit(url)
        self._host, self._topic = place.hostname or "localhost", topic
        self._port = place.port or PORTS.get(place.scheme, PORTS["mqtt"])
        self._waiting: queue.Queue[Received] = queue.Queue(WAITING)
        self._lock, self._connection = threading.Lock(), 0
        self._is_closed = self._is_standing = False
        self._client = paho.Client(
            CallbackAPIVersion.VERSION2, client_id=name, clean_session=False, protocol=paho.MQTTv311, manual_ack=True
        )
        if place.username:
            self._client.username_pw_set(unquote(place.username), unquote(place.password or ""))
        if place.scheme == "mqtts":
            self._client.tls_set()
        self._client.reconnect_delay_set(SHORTEST, LONGEST)
        self._client.on_connect, self._client.on_disconnect = self._subscribe, self._forget
        self._client.on_subscribe, self._client.on_message = self._stand, self._receive

    def start(self) -> None:
        """Begin; whether the broker is there or not."""
        self._client.connect_async(self._host, self._port, KEEP_ALIVE)
        self._client.loop_start()

    @property
    def is_standing(self) -> bool:
        """Whether the broker has confirmed the subscription on this connection."""
        return self._is_standing

    def take(self, most: int, seconds: float) -> list[Received]:
        """The messages that wait, at most so many; none when none came within `seconds`."""
        taken: list[Received] = []
        with contextlib.suppress(queue.Empty):
            taken.append(self._waiting.get(timeout=seconds))
            while len(taken) < most:
                taken.append(self._waiting.get_nowait())
        return taken

    def acknowledge(self, messages: list[Received]) -> None:
        """Tell the broker that these are safe; those of an earlier connection come again and are told then."""
        for message in messages:
            with self._lock:
                if message.connection == self._connection:
                    self._client.ack(message.number, message.qos)

    def close(self) -> None:
        """Leave; the broker keeps the session and what was not acknowledged."""
        self._is_closed = True
        self._client.disconnect()
        self._client.loop_stop()

    def _subscribe(self, client: paho.Client, *_: Any) -> None:
        client.subscribe(self._topic, qos=1)

    def _stand(self, *_: Any) -> None:
        self._is_standing = True

    def _forget(self, *_: Any) -> None:
        self._is_standing = False
        with self._lock:
            self._connection += 1

    def _receive(self, _: paho.Client, __: Any, message: paho.MQTTMessage) -> None:
        """Wait for room: a connection that is not read on makes the broker wait."""
        received = Received(bytes(message.payload), message.mid, message.qos, self._connection)
        while not self._is_closed:
            try:
                self._waiting.put(received, timeout=1)
            except queue.Full:
                continue
            return
