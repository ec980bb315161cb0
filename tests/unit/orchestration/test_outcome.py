"""The exit code of a run follows from what it found."""

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from ingestion.landing.delivery import BatchReceipt
from ingestion.pull import SourcePull
from orchestration.publish.request import PublishedVersion
from orchestration.run.outcome import FAILED, PARTLY, PUBLISHED, outcome_of
from orchestration.run.summary import print_summary
from orchestration.session import RunFindings

VERSION = PublishedVersion("20261120-1", {}, Path(), {})
AT = datetime(2026, 11, 20, tzinfo=UTC)
BATCH = BatchReceipt("device", "telemetry", "b", "part-0001.ndjson", "d", AT, 100, 97, 3, 0)
PULL = SourcePull("device", [BATCH])


@pytest.mark.parametrize(
    ("findings", "failure", "code"),
    [
        (RunFindings(version=VERSION), None, PUBLISHED),
        (RunFindings(is_unchanged=True), None, PUBLISHED),
        (RunFindings(version=VERSION, not_served="the server is away"), None, PARTLY),
        (RunFindings(version=VERSION, pulls=[PULL]), None, PUBLISHED),
        (RunFindings(version=VERSION, pulls=[replace(PULL, refused=["device part-0002: refused whole"])]), None, PARTLY),
        (RunFindings(version=VERSION), "stage receipt failed: the disk is full", PARTLY),
        (RunFindings(), "stage dbt failed", FAILED),
        (RunFindings(), None, FAILED),
    ],
)
def test_exit_code(findings: RunFindings, failure: str | None, code: int) -> None:
    assert outcome_of(findings, failure).exit_code == code


def test_quarantined_rows_are_told_by_feed_with_what_to_do() -> None:
    console = Console(record=True, width=100, file=StringIO())
    print_summary(console, outcome_of(RunFindings(version=VERSION, pulls=[PULL]), None))
    told = "quarantined device.telemetry: 3 of 100 rows; `yidang quarantine --feed device.telemetry` tells why"
    assert told in console.export_text()
