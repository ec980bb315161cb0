"""What every stage of one run shares: settings, clock, run id, reporter, and what the stages found.

Not here: how a stage works, or how the outcome is shown.
"""

import contextlib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from expectations.report import GateReport
from identity.resolve.resolution import Resolution
from ingestion.pull import SourcePull
from ingestion.settings import Settings, load_settings
from ingestion.street_time import street_day
from orchestration.aside import Aside
from orchestration.past.compare import Comparison
from orchestration.past.past import Past, find_past
from orchestration.publish.record import version_records
from orchestration.publish.request import PublishedVersion
from orchestration.pulls import SourcePulls
from orchestration.review.answers import take_answers
from orchestration.serving.served import Served
from orchestration.warehouse.parameters import dbt_vars

CONFIG_VARIABLE = "YIDANG_CONFIG"


class Reporter(Protocol):
    """Told when a stage begins and ends; shows it or does not."""

    def begin(self, stage: str) -> None:
        """A stage begins; `stage` is its name in plain words."""

    def end(self, stage: str, seconds: float) -> None:
        """A stage ended after `seconds`."""


class SilentReporter:
    """Says nothing: for Dagster's own runs, whose user interface shows the stages."""

    def begin(self, stage: str) -> None:
        """Say nothing."""

    def end(self, stage: str, seconds: float) -> None:
        """Say nothing."""


@dataclass
class RunFindings:
    """What the stages of one run found, for its summary and its exit code.

    `served` null: no database is configured, or it was not brought forward; `not_served` says why.
    """

    pulls: list[SourcePull] = field(default_factory=list)
    inputs_digest: str = ""
    landing_sequence: int = 0
    is_unchanged: bool = False
    resolution: Resolution | None = None
    gate: GateReport | None = None
    version: PublishedVersion | None = None
    comparison: Comparison | None = None
    served: Served | None = None
    not_served: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass
class Session:
    """One run: its settings, its moment (UTC), its business date, and what it found so far.

    A run for a date before that of the last version has a `past`: it reads no source, and everything is made from what was
    known then, at the moment of then. `dbt_vars` is what the city defines otherwise.
    """

    settings: Settings
    at: datetime
    as_of: date
    run_id: str
    reporter: Reporter = field(default_factory=SilentReporter)
    findings: RunFindings = field(default_factory=RunFindings)
    past: Past | None = None
    dbt_vars: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def pulls(self) -> SourcePulls:
        """The pulls of this run, side by side; what people answered at the desk is handed in before them."""
        take_answers(self.standing, self.at)
        return SourcePulls(self.settings, self.at)

    @cached_property
    def aside(self) -> Aside:
        """The process beside this run's own."""
        return Aside()

    @property
    def standing(self) -> Path:
        """The warehouse's home folder, in which versions are published."""
        return self.settings.warehouse.home

    @property
    def home(self) -> Path:
        """The folder that is read and built in: the home folder, or what it was on an earlier date."""
        return self.past.home if self.past else self.standing

    @property
    def moment(self) -> datetime:
        """The moment that the models are told: now, or that of an earlier version, moved to the date asked for."""
        return self.past.moment if self.past else self.at

    @property
    def work(self) -> Path:
        """The folder of what may be rebuilt at any time."""
        return self.home / "build"

    @property
    def database(self) -> Path:
        """The DuckDB file that dbt builds."""
        return self.work / "warehouse.duckdb"

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage and tell the reporter."""
        self.reporter.begin(name)
        started = perf_counter()
        try:
            yield
        finally:
            seconds = perf_counter() - started
            self.findings.seconds[name] = self.findings.seconds.get(name, 0.0) + seconds
            self.reporter.end(name, seconds)


def open_session(config: Path, as_of: date | None = None, reporter: Reporter | None = None) -> Session:
    """Open a session on a configuration file.

    The business date is the one asked for, else the one configured, else today in Shanghai.

    Raises:
        SettingsError: when the file, or a parameter in it, cannot be used; the message names file and key.
        NothingKnownError: when the date lies before the first version's.
    """
    settings = load_settings(config)
    city = dbt_vars(config, settings.parameters)
    at = datetime.now(UTC).replace(microsecond=0)
    asked = as_of or settings.warehouse.as_of
    day = asked or street_day(at)
    past = find_past(settings.warehouse.home, version_records(settings.warehouse.home), asked) if asked else None
    settings.warehouse.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    run_id = f"{at:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:6]}"
    return Session(settings, at, day, run_id=run_id, reporter=reporter or SilentReporter(), past=past, dbt_vars=city)
