"""The exit code of a run follows from what it found."""

from pathlib import Path

import pytest

from orchestration.publish.request import PublishedVersion
from orchestration.run.outcome import FAILED, PARTLY, PUBLISHED, outcome_of
from orchestration.session import RunFindings

VERSION = PublishedVersion("20261120-1", {}, Path(), {})


@pytest.mark.parametrize(
    ("findings", "failure", "code"),
    [
        (RunFindings(version=VERSION), None, PUBLISHED),
        (RunFindings(is_unchanged=True), None, PUBLISHED),
        (RunFindings(version=VERSION, not_served="the server is away"), None, PARTLY),
        (RunFindings(version=VERSION), "stage receipt failed: the disk is full", PARTLY),
        (RunFindings(), "stage dbt failed", FAILED),
        (RunFindings(), None, FAILED),
    ],
)
def test_exit_code(findings: RunFindings, failure: str | None, code: int) -> None:
    assert outcome_of(findings, failure).exit_code == code
