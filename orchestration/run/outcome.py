"""What came of a run: its exit code, what it found, and the line of a failure."""

from dataclasses import dataclass

from orchestration.session import RunFindings

PUBLISHED, FAILED, PARTLY = 0, 1, 3


@dataclass(frozen=True)
class RunOutcome:
    """Exit code (0 published or unchanged, 3 something refused whole or not reached, 1 failed) and the line of a failure."""

    exit_code: int
    findings: RunFindings
    failure: str | None


def outcome_of(findings: RunFindings, failure: str | None) -> RunOutcome:
    """Judge a run by what it found; `failure` null: every step of the graph went well.

    A step that fails after the version appeared (an answer that could not be written) leaves the version published.
    """
    if failure and findings.version:
        return RunOutcome(PARTLY, findings, failure)
    if failure:
        held = [line for pull in findings.pulls for line in pull.held]
        closed = held or (findings.gate.blocking_failures if findings.gate else [])
        return RunOutcome(FAILED, findings, "the gate is closed: " + "; ".join(closed) if closed else failure)
    if findings.version is None and not findings.is_unchanged:
        return RunOutcome(FAILED, findings, "the run ended without a version; see its steps in `yidang dagster`")
    troubled = any(pull.refused or not pull.is_reached for pull in findings.pulls) or bool(findings.not_served)
    return RunOutcome(PARTLY if troubled else PUBLISHED, findings, None)
