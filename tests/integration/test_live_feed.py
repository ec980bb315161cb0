"""A live feed through a real broker: broker and consumer are killed, nothing is lost, nothing comes twice."""

from pathlib import Path

import pytest

from benchmarks.live_feed.broker import broker_program
from benchmarks.live_feed.run import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(broker_program() is None, reason="mosquitto is not installed (tests/install_broker.sh does it)"),
]


def test_a_killed_broker_and_a_killed_consumer_lose_nothing(tmp_path: Path) -> None:
    outcome = run(tmp_path / "run", rate=1000, seconds=6)
    assert (outcome.lost, outcome.twice) == (0, 0)
    assert outcome.copies > 0, "no message came again: nothing was shown"
