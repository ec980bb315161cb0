"""A socket that is read in large pieces and written in one, for a client that reads byte by byte and writes word by word."""

import contextlib
import select
import socket
import ssl
from collections.abc import Iterator

PIECE = 1 << 18  # bytes read at once
LONGEST_WRITE = 10.0  # seconds that the other side may leave us waiting; then the connection counts as lost


class BufferedSocket:
    """A connected socket that does not block; one thread at a time."""

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner
        self._read, self._at = b"", 0
        self._held: bytearray | None = None

    def recv(self, size: int) -> bytes:
        """At most so many bytes; raises BlockingIOError when none are there."""
        if self._at == len(self._read):
            self._read, self._at = self._inner.recv(PIECE), 0
        piece = self._read[self._at : self._at + size]
        self._at += len(piece)
        return piece

    def pending(self) -> int:
        """How many bytes can be read without asking the network."""
        return len(self._read) - self._at + (self._inner.pending() if isinstance(self._inner, ssl.SSLSocket) else 0)

    def send(self, data: bytes) -> int:
        """How many of the bytes were sent, or held back until they go together with others."""
        if self._held is None:
            return self._inner.send(data)
        self._held += data
        return len(data)

    @contextlib.contextmanager
    def held_back(self) -> Iterator[None]:
        """What is sent meanwhile goes in one piece at the end; raises OSError when it does not go."""
        self._held = bytearray()
        try:
            yield
        finally:
            held, self._held = bytes(self._held), None
        while held:
            if not select.select([], [self._inner], [], LONGEST_WRITE)[1]:
                raise TimeoutError("the other side does not read")
            with contextlib.suppress(BlockingIOError, ssl.SSLWantWriteError):
                held = held[self._inner.send(held) :]

    def fileno(self) -> int:
        """The descriptor, to wait for."""
        return self._inner.fileno()

    def setblocking(self, is_blocking: bool) -> None:
        """As of any socket."""
        self._inner.setblocking(is_blocking)

    def close(self) -> None:
        """As of any socket."""
        self._inner.close()
