"""A gateway that sends messages at a rate, and again what a lost connection may have lost."""

import contextlib
import json
import struct
import time
from collections import deque

from benchmarks.live_feed import wire

SENT_AGAIN_SECONDS = 10.0  # of messages confirmed before a lost connection; the broker's state is some seconds old at most
DEVICES, MOST_OPEN = 500, 20_000
AT_ONCE = 500  # messages in one write
PAUSE = 0.2  # seconds between attempts to connect
FINISH_SECONDS = 600.0
NUMBERS = 65_535  # a message's number on the wire is one of these; never more are open than a third of them


class Gateway:
    """Sends numbered heartbeats with QoS 1; `count` of them so far."""

    def __init__(self, port: int) -> None:
        self.port, self.count = port, 0
        self.open: dict[int, tuple[bytes, bytes]] = {}  # by number on the wire: sent and not yet confirmed, oldest first
        self.recent: deque[tuple[float, bytes, bytes]] = deque()
        self.again: deque[tuple[bytes, bytes]] = deque()
        self._wire: wire.Wire | None = None
        self._next_number, self._next_attempt = 0, 0.0

    def send(self, upto: int) -> None:
        """Send until so many messages are out; nothing while the broker is away or far behind."""
        try:
            self._connect()
            self._settle()
            while self._wire and len(self.open) < MOST_OPEN and (self.again or self.count < upto):
                self._publish(*self._next(upto))
                self._settle()
        except OSError:
            self._wire = None

    def _next(self, upto: int) -> tuple[list[tuple[bytes, bytes]], bool]:
        """The next messages for one write, and whether they were sent before."""
        if self.again:
            return [self.again.popleft() for _ in range(min(AT_ONCE, len(self.again)))], True
        numbers = range(self.count, min(upto, self.count + AT_ONCE))
        self.count = numbers.stop
        return [_message(number) for number in numbers], False

    def finish(self) -> None:
        """Wait until the broker has confirmed everything; raises TimeoutError when it does not."""
        deadline = time.monotonic() + FINISH_SECONDS
        while self.open or self.again or self._wire is None:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.open):,} messages were not confirmed by the broker")
            self.send(self.count)
            time.sleep(0.01)
        self._wire.socket.close()

    def _connect(self) -> None:
        """Connect if need be, and send again what is open and what was confirmed lately."""
        if self._wire is not None or time.monotonic() < self._next_attempt:
            return
        self._next_attempt = time.monotonic() + PAUSE
        fresh = wire.Wire(self.port)
        fresh.send(wire.connect("gateway"))
        fresh.wait_for(wire.CONNECTED)
        self._wire = fresh
        self.again.extend([(topic, payload) for _, topic, payload in self.recent] + list(self.open.values()))
        self.recent.clear()
        self.open.clear()

    def _publish(self, messages: list[tuple[bytes, bytes]], is_again: bool) -> None:
        """Noted as open before they are sent: what a broken connection took with it is sent again."""
        packets = []
        for topic, payload in messages:
            self._next_number = self._next_number % NUMBERS + 1
            while self._next_number in self.open:
                self._next_number = self._next_number % NUMBERS + 1
            self.open[self._next_number] = (topic, payload)
            packets.append(wire.publish(topic, payload, self._next_number, is_again=is_again))
        if self._wire:
            self._wire.send(b"".join(packets))

    def _settle(self) -> None:
        """Remember what was confirmed, and forget what was confirmed long ago."""
        if self._wire is None:
            return
        now = time.monotonic()
        for kind, body in self._wire.read():
            if kind & 0xF0 == wire.ACKNOWLEDGED:
                with contextlib.suppress(KeyError):
                    self.recent.append((now, *self.open.pop(struct.unpack("!H", body)[0])))
        while self.recent and self.recent[0][0] < now - SENT_AGAIN_SECONDS:
            self.recent.popleft()


def _message(number: int) -> tuple[bytes, bytes]:
    """Topic and payload of the message of this number."""
    at, device = time.time_ns() // 1_000_000, f"DV{number % DEVICES:07d}"
    message = {"id": f"L{number:09d}", "dev": device, "t": at - 40, "rx": at, "k": "hb", "bat": 80, "sig": -70}
    return f"street/319999001/device/{device}/hb".encode(), json.dumps(message).encode()
