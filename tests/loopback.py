"""Ports of this machine: one that is free, whether one answers, and waiting until a server is up."""

import socket
import time
import urllib.error
import urllib.request

ADDRESS = "127.0.0.1"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind((ADDRESS, 0))
        return int(free.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as knock:
        return knock.connect_ex((ADDRESS, port)) == 0


def wait_for(address: str, seconds: float = 120) -> None:
    """Return as soon as a web address answers.

    Raises:
        TimeoutError: when it does not in time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 - our own server on loopback
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"nothing answers at {address}")
