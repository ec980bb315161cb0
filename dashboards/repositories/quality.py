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
    select owner_department, rule, max(rule_name) as rule_name, count(*) as issue_count, min(first_seen) as first_seen
    from quality_issue
    where state not in ('resolved', 'closed')
    group by all
    """,
)


def read_results(reader: Reader) -> pl.DataFrame:
    """One row a check × dataset of the version's run."""
    return reader.read(_RESULTS)


def read_batches(reader: Reader) -> pl.DataFrame:
    """One row a source × entity: newest arrival (UTC) and rows read, loaded, rejected, deduplicated over all batches."""
    return reader.read(_BATCHES)


def read_issues(reader: Reader) -> pl.DataFrame:
    """One row an owner × rule of issues that are not settled: how many, since when."""
    return reader.read(_ISSUES)
