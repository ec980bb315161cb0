"""The socket between the MQTT library and the network: every byte in its order, read in large pieces and written in one."""

import socket
from collections.abc import Iterator

import pytest

from ingestion.connectors.buffered_socket import BufferedSocket


@pytest.fixture
def ends() -> Iterator[tuple[BufferedSocket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.settimeout(5)
    yield BufferedSocket(ours), theirs
    ours.close()
    theirs.close()


def test_bytes_come_in_order_however_they_are_asked_for(ends: tuple[BufferedSocket, socket.socket]) -> None:
    ours, theirs = ends
    theirs.sendall(b"abcdef")
    assert ours.recv(1) == b"a"
    assert ours.pending() == 5
    assert ours.recv(100) == b"bcdef"
    assert ours.pending() == 0
    with pytest.raises(BlockingIOError):
        ours.recv(1)
    theirs.close()
    assert ours.recv(1) == b""


def test_what_is_held_back_goes_together(ends: tuple[BufferedSocket, socket.socket]) -> None:
    ours, theirs = ends
    with ours.held_back():
        assert [ours.send(word) for word in (b"one", b"two")] == [3, 3]
        theirs.setblocking(False)
        with pytest.raises(BlockingIOError):
            theirs.recv(10)
    theirs.settimeout(5)
    assert theirs.recv(10) == b"onetwo"
    assert ours.send(b"three") == 5
    assert theirs.recv(10) == b"three"


def test_a_lost_connection_is_told_when_held_words_go(ends: tuple[BufferedSocket, socket.socket]) -> None:
    ours, theirs = ends
    theirs.close()
    with pytest.raises(OSError, match=r"Broken pipe|reset"), ours.held_back():
        ours.send(b"word")
