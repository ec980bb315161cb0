"""MQTT 3.1.1 in a few bytes: what a gateway and a reader cost that do nothing else, so that they are never what is measured."""

import select
import socket
import struct
from collections.abc import Iterator

CONNECTED, PUBLISHED, ACKNOWLEDGED, SUBSCRIBED = 0x20, 0x30, 0x40, 0x90
AGAIN = 0x08  # the mark of a message that was sent before
PIECE = 1 << 18


def connect(name: str) -> bytes:
    """A session that outlives the connection; without a keep-alive."""
    return _packet(0x10, b"\x00\x04MQTT\x04\x00\x00\x00" + _text(name.encode()))


def subscribe(topic: str) -> bytes:
    """QoS 1."""
    return _packet(0x82, b"\x00\x01" + _text(topic.encode()) + b"\x01")


def publish(topic: bytes, payload: bytes, number: int, *, is_again: bool = False) -> bytes:
    """QoS 1; `number` from 1 to 65535."""
    return _packet(0x32 | (AGAIN if is_again else 0), _text(topic) + struct.pack("!H", number) + payload)


def acknowledge(number: int) -> bytes:
    """A message is safe."""
    return struct.pack("!BBH", 0x40, 2, number)


def _text(text: bytes) -> bytes:
    return struct.pack("!H", len(text)) + text


def _packet(kind: int, body: bytes) -> bytes:
    length, encoded = len(body), bytearray()
    while True:
        length, part = length >> 7, length & 127
        encoded.append(part | (128 if length else 0))
        if not length:
            return bytes([kind]) + bytes(encoded) + body


class Wire:
    """One connection; raises OSError when it is lost or cannot be had."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._left = b""

    def send(self, data: bytes) -> None:
        """All of it; waits for the other side."""
        self.socket.sendall(data)

    def read(self, seconds: float = 0.0) -> Iterator[tuple[int, bytes]]:
        """Kind and body of the packets that have come; waits at most so long for the first."""
        if not select.select([self.socket], [], [], seconds)[0]:
            return
        came = self.socket.recv(PIECE)
        if not came:
            raise ConnectionError("the broker has gone")
        data, at = self._left + came, 0
        while (end := _end(data, at)) is not None:
            start, stop = end
            yield data[at], data[start:stop]
            at = stop
        self._left = data[at:]

    def wait_for(self, kind: int, seconds: float = 10.0) -> None:
        """Read until such a packet has come; others are lost."""
        while True:
            found = list(self.read(seconds))
            if not found:
                raise TimeoutError("the broker does not answer")
            if any(packet & 0xF0 == kind for packet, _ in found):
                return


def _end(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the body of the packet at `at` begins and ends; null when it is not all there."""
    length, place, shift = 0, at + 1, 0
    while place < len(data):
        length |= (data[place] & 127) << shift
        place, shift = place + 1, shift + 7
        if not data[place - 1] & 128:
            return (place, place + length) if place + length <= len(data) else None
    return None


def number_of(body: bytes) -> int:
    """The number of a message from its body."""
    at = 2 + struct.unpack_from("!H", body)[0]
    return int(struct.unpack_from("!H", body, at)[0])
