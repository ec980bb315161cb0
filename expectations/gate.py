"""The gate: every suite on every table that is about to be published. Nothing is visible before it is passed.

Not here: what is expected (suites/), how much may change (history.yaml), or what a failure leads to (orchestration).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import duckdb

from expectations.acceptance import read_acceptances
from expectations.compiled.judge import judge
from expectations.compiled.measure import Measurement, columns_of, measure, register_file
from expectations.compiled.sample import sample
from expectations.feed.delivery import Delivered, measure_deliveries
from expectations.feed.measure import MEASURE, measure_feeds, measure_sources
from expectations.history.compare import compare
from expectations.history.limits import load_limits
from expectations.history.usual import silent_feeds
from expectations.report import GateReport, build_report
from expectations.slip.week import STREET_TIME
from expectations.suite.check import Suite
from expectations.suite.load import SUITES, load_suites


@dataclass(frozen=True)
class GateContext:
    """What the gate needs to know of a run.

    Attributes:
        home: the warehouse's home folder; the last published version is looked up there.
        run_id: the run that checks.
        at: when it checks, UTC.
        as_of: the date that the version speaks of.
        suites: folder of suite files.
        files: Parquet files that stand for tables dbt does not build, by table; else a suite says where.
        sources: each configured source, and whether its data is stale.
        deliveries: the figures of every feed's newest delivery beside what is usual.
        judge: gives the verdicts on what was counted, by code; another process may, which has Great Expectations loaded.
    """

    home: Path
    run_id: str
    at: datetime
    as_of: date
    suites: Path = SUITES
    files: Mapping[str, Path] = field(default_factory=dict)
    sources: Sequence[tuple[str, bool]] = ()
    deliveries: Sequence[Delivered] = ()
    judge: Callable[[Sequence[Measurement]], dict[str, bool]] = judge

    @property
    def parameters(self) -> dict[str, object]:
        """The values of a suite's `$PARAMETER` arguments."""
        return {"as_of": self.as_of, "now": self.at.replace(tzinfo=None), "year": self.as_of.year}


def run_gate(database: Path, context: GateContext) -> GateReport:
    """Check every table before it is published; the database is opened read-only.

    Raises:
        SuiteError: when a suite file is malformed.
        AcceptanceError: when the file of acceptances is.
    """
    suites = [suite for suite in load_suites(context.suites).values() if not suite.is_published_later]
    with duckdb.connect(str(database), read_only=True) as connection:
        _register(connection, suites, context)
        measured = {suite.table: measure(connection, suite, context.parameters) for suite in suites}
        measured["feeds"] = measure_feeds(connection) if columns_of(connection, MEASURE) else []
        measured["sources"] = measure_sources(context.sources)
        measured["deliveries"] = measure_deliveries(context.deliveries)
        if columns_of(connection, "source_batch"):
            limits = load_limits()
            measured["silence"] = silent_feeds(connection, limits.usual, context.as_of.isoformat(), limits.owner)
        measured["last version"] = compare(connection, _last_version(context.home), context.as_of, load_limits())
        report = _report(measured, context)
        failed = set(report.results.filter(passed=False)["check_code"])
        broken = {
            found.check.code: sample(connection, found.check, suite.grain, context.parameters)
            for suite in suites
            for found in measured[suite.table]
            if found.check.code in failed and found.problem is None
        }
    return replace(report, samples=broken)


def audit_tables(files: Mapping[str, Path], context: GateContext) -> GateReport:
    """Check tables that are made while publishing, each a Parquet file, by the suites that wait for them.

    Raises:
        SuiteError: when a suite file is malformed.
    """
    suites = [suite for suite in load_suites(context.suites).values() if suite.is_published_later]
    with duckdb.connect() as connection:
        for table, path in files.items():
            register_file(connection, table, str(path))
        return _report({suite.table: measure(connection, suite, context.parameters) for suite in suites}, context)


def _register(connection: duckdb.DuckDBPyConnection, suites: Iterable[Suite], context: GateContext) -> None:
    """Let tables that stand in files be seen; one that is absent is found out by its own suite."""
    for suite in suites:
        path = context.files.get(suite.table) or (context.home / suite.file if suite.file else None)
        if path and path.exists():
            register_file(connection, suite.table, str(path))


def _report(measured: Mapping[str, list[Measurement]], context: GateContext) -> GateReport:
    found = [measurement for table in measured.values() for measurement in table]
    accepted = read_acceptances(context.home, context.at.astimezone(STREET_TIME).date())
    return build_report(found, context.judge(found), accepted, context.run_id, context.at)


def _last_version(home: Path) -> Path | None:
    """The folder of the current version; null before the first."""
    pointer = home / "published" / "CURRENT"
    folder = home / "published" / pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None
    return folder if folder and folder.is_dir() else None
