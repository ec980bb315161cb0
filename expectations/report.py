"""What the gate found: one row a check, and one line for everything that keeps the version back.

Not here: how it was found (gate.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from expectations.acceptance import ACCEPTED, Acceptance
from expectations.compiled.measure import Measurement
from expectations.feed.delivery import EXPECTATION as DELIVERED
from expectations.feed.measure import EXPECTATION, REACHED
from expectations.history.usual import GAP
from expectations.suite.check import CRITICAL, Check

NOT_RUN = "not run: there was no row to look at / 未运行：没有可查的行"
SCHEMA = {
    "check_code": pl.String(),
    "dataset": pl.String(),
    "dimension": pl.String(),
    "severity": pl.String(),
    "passed": pl.Boolean(),
    "checked_rows": pl.Int64(),
    "failed_rows": pl.Int64(),
    "observed": pl.Float64(),
    "expected_least": pl.Float64(),
    "expected_most": pl.Float64(),
    "history_count": pl.Int64(),
    "owner": pl.String(),
    "claim_zh": pl.String(),
    "claim_en": pl.String(),
    "debug_step": pl.String(),
    "detail": pl.String(),
    "source_system": pl.String(),
    "committee_code": pl.String(),
    "column_names": pl.String(),
    "column_count": pl.Int64(),
    "run_id": pl.String(),
    "checked_at": pl.Datetime("us"),
}


@dataclass(frozen=True)
class GateReport:
    """The gate's answer.

    Attributes:
        results: one row a check, in the columns of `quality_result`; `passed` is null where a check did not run, since there was
            no row to look at; `detail` is null unless more is known: why the check
            could not run, what the cause may be, or who accepted the failure. Never a value of the data. `source_system` is null
            for published tables, `committee_code` for checks of the whole dataset, `column_names` (joined by semicolons) for
            checks of whole rows; `column_count` is how many columns the dataset has.
        blocking_failures: one clear line each; empty means that the version may be published.
        samples: shortened keys of some rows that break a claim, by its code; shown in Dagster, never published.
    """

    results: pl.DataFrame
    blocking_failures: list[str]
    samples: Mapping[str, list[str]] = field(default_factory=dict)


def build_report(
    found: Iterable[Measurement],
    verdicts: Mapping[str, bool],
    accepted: Mapping[str, Acceptance],
    run_id: str,
    at: datetime,
) -> GateReport:
    """Rows and lines from what was measured and judged.

    Args:
        found: every check, counted or not.
        verdicts: whether it passed, by code; a check without a verdict has not.
        accepted: failures that people answer for, by code.
        run_id: the run that checks.
        at: when it checks, UTC.
    """
    measurements = list(found)
    failed = [m for m in measurements if m.has_run and not verdicts.get(m.check.code, False)]
    blocking = [m for m in failed if m.check.severity == CRITICAL and m.check.code not in accepted]
    stamp = {"run_id": run_id, "checked_at": at.replace(tzinfo=None)}
    rows = [_row(m, verdicts.get(m.check.code, False), accepted.get(m.check.code)) | stamp for m in measurements]
    return GateReport(pl.DataFrame(rows, schema=SCHEMA), _lines(blocking))


def _row(found: Measurement, passed: bool, accepted: Acceptance | None) -> dict[str, object]:
    check, told = found.check, found.told
    details = [found.problem and f"could not be checked: {found.problem}", found.note]
    details += [f"accepted by {accepted.by} until {accepted.until}: {accepted.reason}"] if accepted and not passed else []
    details += [] if found.has_run else [NOT_RUN]
    return {
        "check_code": check.code,
        "dataset": check.dataset,
        "dimension": check.dimension,
        "severity": check.severity,
        "passed": passed if found.has_run else None,
        "checked_rows": found.checked,
        "failed_rows": found.unexpected,
        "observed": told.observed,
        "expected_least": told.least,
        "expected_most": told.most,
        "history_count": told.history,
        "owner": check.owner,
        "claim_zh": check.claim_zh,
        "claim_en": check.claim_en,
        "debug_step": check.debug_step,
        "detail": "; ".join(part for part in details if part) or None,
        "source_system": _source(check),
        "committee_code": check.committee_code,
        "column_names": ";".join(dict.fromkeys(check.columns)) or None,
        "column_count": check.column_count,
    }


def _source(check: Check) -> str | None:
    """The source system of a feed's check, and of one of the source itself."""
    is_of_feed = check.expectation in {EXPECTATION, REACHED, DELIVERED, GAP} and check.dataset != "resident"
    return check.dataset.partition(".")[0] if is_of_feed else None


def _lines(blocking: list[Measurement]) -> list[str]:
    """One line a failure; what could not be checked for one reason is said once a table."""
    return list(dict.fromkeys(_line(found) for found in blocking))


def _line(found: Measurement) -> str:
    check = found.check
    if found.problem:
        return f"{check.dataset}: not checked, since {found.problem}; do: look at what builds {check.dataset}, and run again"
    cause = f" ({found.note})" if found.note else ""
    way_out = f"; if it is right all the same, accept {check.code} in {ACCEPTED}" if check.tolerance else ""
    return (
        f"{check.code}: {found.unexpected:,} of {found.checked:,} rows break “{check.claim_en}” ({check.claim_zh}){cause}; "
        f"do: {check.debug_step}{way_out}"
    )
