"""What earlier runs knew of issues and of the agreement of sources, kept on disk: `<home>/quality/memory`, one folder a run.

Without it an issue that was mended would only vanish, and nobody could tell since when it stood or how long its mending took. A
run for an earlier date is handed what was known before the run of then. Erasing a person takes the rows out here too.
Not here: when an issue opens and closes (dbt_project/models/intermediate/quality/int_issue__lived.sql).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from identity.frames import Columns
from identity.log.answer_log import AnswerLog

MEMORY = Path("quality", "memory")
ISSUE: Columns = {
    "dataset": pl.String(),
    "source_key": pl.String(),
    "rule": pl.String(),
    "owner_system": pl.String(),
    "detail": pl.String(),
    "committee_code": pl.String(),
    "first_seen": pl.Datetime("us"),
    "last_seen": pl.Datetime("us"),
    "closed_at": pl.Datetime("us"),
}
AGREEMENT: Columns = {
    "week_start": pl.Date(),
    "committee_code": pl.String(),
    "left_system": pl.String(),
    "right_system": pl.String(),
    "attribute": pl.String(),
    "matched_count": pl.Int64(),
    "conflicting_count": pl.Int64(),
    "left_only_count": pl.Int64(),
    "right_only_count": pl.Int64(),
}
LOOK: Columns = {"look": pl.String(), "looked_at": pl.Datetime("us")}
TABLES: Mapping[str, tuple[Columns, tuple[str, ...]]] = {
    "issue": (ISSUE, ("dataset", "source_key", "rule")),
    "agreement": (AGREEMENT, tuple(AGREEMENT)[:5]),
    "look": (LOOK, ("look",)),
}
# While an issue stands, when it was last seen follows from the last look: to write it down each time would double the log.
_ISSUES = """
    select dataset, key as source_key, rule, owner_system, detail_masked as detail, committee_code, first_seen,
        case when state = 'closed' then last_seen end as last_seen, closed_at
    from quality_issue
"""


def known_before(home: Path, run_id: str | None) -> dict[str, pl.DataFrame]:
    """The tables `known_issue` and `known_agreement` as dbt reads them.

    Args:
        home: The warehouse's home.
        run_id: The run before which it was known; null: now.
    """
    told = AnswerLog(home / MEMORY, TABLES).before(run_id)
    looked_at = told["look"]["looked_at"].max()
    seen = pl.coalesce("last_seen", pl.lit(looked_at, dtype=pl.Datetime("us")))
    return {"known_issue": told["issue"].with_columns(last_seen=seen), "known_agreement": told["agreement"]}


def remember(home: Path, database: Path, run_id: str, moment: datetime) -> None:
    """Keep what a run that is about to be published knows, whole or not at all.

    Args:
        home: The warehouse's home.
        database: What dbt built; read only.
        run_id: The run.
        moment: The moment (UTC) that its models were told.
    """
    with duckdb.connect(str(database), read_only=True) as warehouse:
        issues = pl.DataFrame(warehouse.sql(_ISSUES).to_arrow_table())
        weeks = pl.DataFrame(warehouse.sql(f"select {', '.join(AGREEMENT)} from source_agreement").to_arrow_table())
    look = pl.DataFrame({"look": ["last"], "looked_at": [moment.astimezone(UTC).replace(tzinfo=None)]})
    frames = {"issue": issues, "agreement": weeks, "look": look}
    AnswerLog(home / MEMORY, TABLES).commit(frames, run_id)


def forget(home: Path, keys: frozenset[str]) -> int:
    """Take every issue of the rows with these keys out of all that is remembered; how many rows that were."""
    count = 0
    for path in sorted((home / MEMORY).glob("*/issue.parquet")):
        rows = pl.read_parquet(path)
        kept = rows.filter(~pl.col("source_key").is_in(list(keys)))
        if kept.height < rows.height:
            count += rows.height - kept.height
            aside = path.with_name(f".{path.name}.writing")
            kept.write_parquet(aside, compression="zstd")
            aside.rename(path)
    return count
