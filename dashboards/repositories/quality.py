"""What the checks found and what each batch brought. Not here: shares and wording (services/quality.py)."""

import polars as pl

from dashboards.repositories.query import Query
from dashboards.repositories.reader import Reader

_RESULTS = Query(
    "quality.results",
    "quality",
    "select * from quality_result where committee_code is null and checked_at = (select max(checked_at) from quality_result)",
)
_BATCHES = Query(
    "quality.batches",
    "quality",
    """
    select source, entity, max(received_at) as received_at, count(*) as batch_count,
        cast(sum(read_rows) as bigint) as read_rows, cast(sum(loaded_rows) as bigint) as loaded_rows,
        cast(sum(rejected_rows) as bigint) as rejected_rows, cast(sum(deduplicated_rows) as bigint) as deduplicated_rows
    from source_batch
    group by all
    """,
)
_ISSUES = Query(
    "quality.issues",
    "quality",
    """
    select owner_department, rule, any_value(quality_issue) as any_issue, count(*) as issue_count, min(first_seen) as first_seen
    from quality_issue
    where state not in ('resolved', 'closed')
    group by all
    """,
)
_SCORES = Query(
    "quality.scores",
    "quality",
    """
    select level, subject, dimension, score, previous_score, trend, grade, numerator, denominator, checks_due, checks_run,
        column_count, covered_columns
    from quality_score
    where run_id = (select arg_max(run_id, checked_at) from quality_score)
    """,
)
_AGREEMENT = Query(
    "quality.agreement",
    "quality",
    """
    select week_start, left_system, right_system, attribute,
        cast(sum(matched_count) as bigint) as matched_count, cast(sum(conflicting_count) as bigint) as conflicting_count,
        cast(sum(unmatched_count) as bigint) as unmatched_count
    from source_agreement
    where $committee = '' or committee_code = $committee
    group by week_start, left_system, right_system, attribute
    """,
    counts=("matched_count", "conflicting_count", "unmatched_count"),
)


def read_results(reader: Reader) -> pl.DataFrame:
    """One row a check × dataset of the version's run."""
    return reader.read(_RESULTS)


def read_batches(reader: Reader) -> pl.DataFrame:
    """One row a source × entity: newest arrival (UTC) and rows read, loaded, rejected, deduplicated over all batches."""
    return reader.read(_BATCHES)


def read_issues(reader: Reader) -> pl.DataFrame:
    """One row an owner × rule of issues that are not settled: how many, since when, and what the rule is called.

    By one of its issues, so that a version from before rules had English names opens too.
    """
    found = reader.read(_ISSUES)
    issue = found["any_issue"].struct
    names = [issue.field(name) for name in ("rule_name", "rule_name_en") if name in issue.fields]
    return found.drop("any_issue").with_columns(names)


def read_scores(reader: Reader) -> pl.DataFrame:
    """One row a level × subject × dimension of the version's run."""
    return reader.read(_SCORES)


def read_agreement(reader: Reader, committee: str) -> pl.DataFrame:
    """One row a week × pair of sources × attribute: people of whom both say the same, something else, or only one says it."""
    return reader.read(_AGREEMENT, committee=committee)
