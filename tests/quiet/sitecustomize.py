"""Loaded by every Python process of a test that sets PYTHONPATH to this folder: notes each address outside loopback.

Not here: what the test makes of it.
"""

import os
import sys

LOOPBACK = ("127.", "::1", "localhost", "/")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event not in {"socket.getaddrinfo", "socket.connect"}:
        return
    address = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    host = str(address[0]) if isinstance(address, tuple) else str(address)
    if host and host != "None" and not host.startswith(LOOPBACK):
        with open(os.environ["YIDANG_TEST_CALLS"], "a", encoding="utf-8") as calls:  # noqa: PTH123 - pathlib may not be loaded yet
            calls.write(f"{event} {host} by {' '.join(sys.argv[:2])}\n")


if "YIDANG_TEST_CALLS" in os.environ:
    sys.addaudithook(_watch)
