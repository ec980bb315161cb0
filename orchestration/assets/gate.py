"""The gate: one blocking asset check per published table, from the Great Expectations suites.

Not here: what is expected (expectations/), or what is published (orchestration/publish).
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import polars as pl

from expectations.compiled.judge import judge
from expectations.gate import GateContext, run_gate
from expectations.report import GateReport
from ingestion.contracts.loader import load_contracts
from orchestration.quality.deliveries import newest_figures
from orchestration.session import Session
from orchestration.warehouse.keys import VAULT_KEY, landing_key
from orchestration.warehouse.marts import mart_names
from orchestration.warehouse.source_state import read_source_state

SEVERITY = {"critical": dg.AssetCheckSeverity.ERROR, "warning": dg.AssetCheckSeverity.WARN}


def build_gate(manifest: Mapping[str, Any]) -> dg.AssetChecksDefinition:
    """One check per mart, all answered by one pass over the warehouse; a critical failure stops the version.

    One more per feed, which only warns: what its rules found.
    """
    keys = [dg.AssetKey(["marts", name]) for name in mart_names(manifest)]
    feeds = {
        f"{c.source}.{entity.name}": landing_key(c.source, entity.name)
        for c in load_contracts().values()
        for entity in c.entities
    }
    specs = [dg.AssetCheckSpec("suite", asset=key, blocking=True, additional_deps=[VAULT_KEY]) for key in keys]
    specs += [dg.AssetCheckSpec("rules", asset=key, additional_deps=[VAULT_KEY]) for key in feeds.values()]

    @dg.multi_asset_check(name="gate", specs=specs)
    def gate(session: dg.ResourceParam[Session]) -> Iterator[dg.AssetCheckResult]:
        with session.stage("gate"):
            report = run_gate(session.database, gate_context(session))
        session.findings.gate = report
        for key in keys:
            yield _answer(report, key, "suite", key.path[-1])
        for dataset, key in feeds.items():
            yield _answer(report, key, "rules", dataset)

    return gate


def gate_context(session: Session) -> GateContext:
    """What the gate needs to know of this run."""
    files = {"resident_vault": session.work / "vault" / "resident_vault.parquet"}
    return GateContext(
        home=session.home,
        run_id=session.run_id,
        at=session.moment,
        as_of=session.as_of,
        files=files,
        sources=list(read_source_state(session.home).select("source", "is_stale").iter_rows()),
        deliveries=newest_figures(session.home),
        judge=lambda found: session.aside.ask(judge, found),
    )


def _answer(report: GateReport, key: dg.AssetKey, name: str, dataset: str) -> dg.AssetCheckResult:
    """The verdict on one table or feed, with counts and shortened keys but never with values."""
    whole = report.results.filter(pl.col("dataset") == dataset, pl.col("committee_code").is_null())
    rows = whole.to_dicts()
    failed = [row for row in rows if row["passed"] is False]
    worst = "critical" if any(row["severity"] == "critical" for row in failed) else "warning"
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=name,
        passed=not failed,
        severity=SEVERITY[worst],
        metadata={
            "checks": len(rows),
            "failed": len(failed),
            "not run (no rows) / 未运行（没有可查的行）": sum(row["passed"] is None for row in rows),
            "failed_rows": sum(int(row["failed_rows"] or 0) for row in failed),
            "samples": "; ".join(
                f"{row['check_code']} {key}" for row in failed for key in report.samples.get(row["check_code"], ())
            ),
            "claims": "; ".join(_claim(row) for row in failed[:10]) or "all that ran hold",
        },
    )


def _claim(row: Mapping[str, Any]) -> str:
    """A failed claim with what was observed, what was expected, and from how many earlier ones that is known."""
    range_of = f"{_figure(row['expected_least'])} to {_figure(row['expected_most'])}"
    known = f", from {row['history_count']} earlier" if row["history_count"] else ""
    return f"{row['check_code']} {row['claim_en']} [observed {_figure(row['observed'])}, expected {range_of}{known}]"


def _figure(value: float | None) -> str:
    return "…" if value is None else f"{value:,.4g}"
