"""Sources that are dead in every way there is: each is given up in time, and the others are not kept waiting."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source_files import pull, write_config

pytestmark = pytest.mark.slow
SECONDS = 60  # the most that a dead source may take


@pytest.fixture
def mute() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=50)
    yield listener.getsockname()[1]
    listener.close()


@pytest.fixture
def closed() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


URLS = {
    "property": "postgresql://reader:hidden@127.0.0.1:{port}/housing",
    "police": "sftp://user:hidden@127.0.0.1:{port}/drop",
    "civil": "http://127.0.0.1:{port}/api/v1",
}


@pytest.mark.parametrize("source", URLS)
def test_a_refused_connection_is_given_up_quickly(source: str, closed: int, tmp_path: Path) -> None:
    found = pull(write_config(tmp_path, civil_token="t", **{source: URLS[source].format(port=closed)}), source)
    assert not found.is_reached
    assert found.message.startswith(f"{source} was not reached: ")
    assert "hidden" not in found.message
    assert found.seconds < 20


@pytest.mark.parametrize("source", URLS)
def test_a_mute_server_is_given_up_in_time(source: str, mute: int, tmp_path: Path) -> None:
    found = pull(write_config(tmp_path, civil_token="t", **{source: URLS[source].format(port=mute)}), source)
    assert not found.is_reached
    assert found.seconds < SECONDS
