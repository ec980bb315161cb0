"""Every kind of defect planted into a small clean street, and the whole way run on it: what is found, and what is not."""

from pathlib import Path

import pytest

from benchmarks.defects.__main__ import LEAST_RECALL, MOST_FALSE, measure

pytestmark = pytest.mark.slow


def test_what_is_planted_is_caught_and_what_is_clean_is_left_alone(tmp_path: Path) -> None:
    report = measure(tmp_path, houses=800, seed=11)
    missed = {outcome.kind.kind for outcome in report.outcomes if outcome.planted and not outcome.caught}
    assert missed == set()
    assert report.recall >= LEAST_RECALL, sorted(report.outcomes, key=lambda o: o.caught / o.planted)[:5]
    assert report.false_share <= MOST_FALSE, report.flagged_by
