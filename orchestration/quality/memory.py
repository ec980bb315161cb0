"""What earlier runs knew and no source tells again, kept on disk: `<home>/quality/memory`, one folder a run.

Issues: without it one that was mended would only vanish, and nobody could tell since when it stood or how long its mending took.
Weeks of agreement, and months of indicators whose sources cannot date the past: what was told last of each stays. Tasks: on which
day each was raised first. A run for an earlier date is handed what was known before the run of then. Erasing a person takes the
rows out here too.
Not here: when an issue opens and closes (dbt_project/models/intermediate/quality/int_issue__lived.sql), which figures of earlier
months are shown (models/intermediate/indicator/int_indicator__told.sql).
"""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl

from identity.frames import Columns, conform
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
FIGURE: Columns = {
    "indicator_code": pl.String(),
    "area_level": pl.String(),
    "area_code": pl.String(),
    "period": pl.String(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "version": pl.String(),
    "formula": pl.String(),
    "told_date": pl.Date(),
}
WITHHELD: Columns = {"measure": pl.String(), "area_level": pl.String(), "area_code": pl.String(), "period": pl.String()}
TASK: Columns = {
    "task_id": pl.String(),
    "subject_id": pl.String(),
    "committee_code": pl.String(),
    "estate_id": pl.String(),
    "needs_consent": pl.Boolean(),
    "raised_date": pl.Date(),
}
LOOK: Columns = {"look": pl.String(), "looked_at": pl.Datetime("us")}
TABLES: Mapping[str, tuple[Columns, tuple[str, ...]]] = {
    "issue": (ISSUE, ("dataset", "source_key", "rule")),
    "agreement": (AGREEMENT, tuple(AGREEMENT)[:5]),
    "figure": (FIGURE, tuple(FIGURE)[:4]),
    "withheld": (WITHHELD, tuple(WITHHELD)),
    "task": (TASK, ("task_id",)),
    "look": (LOOK, ("look",)),
}
# While an issue stands, when it was last seen follows from the last look: to write it down each time would double the log.
_ISSUES = """
    select dataset, key as source_key, rule, owner_system, detail_masked as detail, committee_code, first_seen,
        case when state = 'closed' then last_seen end as last_seen, closed_at
    from quality_issue
"""
_WEEKS = f"select {', '.join(AGREEMENT)} from source_agreement"
_TASKS = f"select {', '.join(TASK)} from int_task__issued"
# Counts as they are, small ones too: what is withheld of them is decided anew with every version, and remembered beside them.
_FIGURES = """
    select figure.indicator_code, figure.area_level, figure.area_code, figure.period, figure.numerator, figure.denominator,
        definition.version, definition.formula, cast($as_of as date) as told_date
    from int_indicator__computed as figure
    inner join indicator_definition as definition on figure.indicator_code = definition.indicator_code
    where definition.cadence = 'snapshot'
"""
_WITHHELD = "select measure, area_level, area_code, period from int_measure__protected where period = substr($as_of, 1, 7)"


def known_before(home: Path, run_id: str | None) -> dict[str, pl.DataFrame]:
    """The tables `known_issue`, `known_agreement`, `known_figure`, `known_withheld` and `known_task` as dbt reads them.

    Args:
        home: The warehouse's home.
        run_id: The run before which it was known; null: now.
    """
    told = AnswerLog(home / MEMORY, TABLES).before(run_id)
    looked_at = told["look"]["looked_at"].max()
    seen = pl.coalesce("last_seen", pl.lit(looked_at, dtype=pl.Datetime("us")))
    issues = told["issue"].with_columns(last_seen=seen)
    return {"known_issue": issues} | {f"known_{name}": told[name] for name in ("agreement", "figure", "withheld", "task")}


def remember(home: Path, database: Path, run_id: str, moment: datetime, as_of: date) -> None:
    """Keep what a run that is about to be published knows, whole or not at all.

    Args:
        home: The warehouse's home.
        database: What dbt built; read only.
        run_id: The run.
        moment: The moment (UTC) that its models were told.
        as_of: The business date of the run; its month's figures replace those told of it before, other months stay.
    """
    log = AnswerLog(home / MEMORY, TABLES)
    with duckdb.connect(str(database), read_only=True) as warehouse:
        issues, weeks, tasks = (pl.DataFrame(warehouse.sql(query).to_arrow_table()) for query in (_ISSUES, _WEEKS, _TASKS))
        figures, withheld = (
            pl.DataFrame(warehouse.sql(query, params={"as_of": as_of.isoformat()}).to_arrow_table())
            for query in (_FIGURES, _WITHHELD)
        )
    look = pl.DataFrame({"look": ["last"], "looked_at": [moment.astimezone(UTC).replace(tzinfo=None)]})
    known = log.before()
    months = {
        name: pl.concat([known[name].filter(pl.col("period") != f"{as_of:%Y-%m}"), conform(frame, TABLES[name][0])])
        for name, frame in {"figure": figures, "withheld": withheld}.items()
    }
    log.commit({"issue": issues, "agreement": weeks, "task": tasks, "look": look} | months, run_id)


def forget(home: Path, keys: frozenset[str]) -> int:
    """Take every issue of the rows, and every task about the subjects, with these keys out of all that is remembered.

    Returns:
        How many rows that were.
    """
    mine = list(keys)
    return _drop(home, "issue", pl.col("source_key").is_in(mine)) + _drop(home, "task", pl.col("subject_id").is_in(mine))


def forget_unagreed(home: Path, agreed: Collection[str]) -> int:
    """Take every task that rests on a consent of somebody who is not among these residents out; how many rows that were."""
    return _drop(home, "task", pl.col("needs_consent") & ~pl.col("subject_id").is_in(list(agreed)))


def _drop(home: Path, table: str, condition: pl.Expr) -> int:
    """Take rows out of one table of every run; rows that only say that something is gone have nothing but its key."""
    count = 0
    for path in sorted((home / MEMORY).glob(f"*/{table}.parquet")):
        rows = pl.read_parquet(path)
        kept = rows.filter(~condition.fill_null(value=False))
        if kept.height < rows.height:
            count += rows.height - kept.height
            aside = path.with_name(f".{path.name}.writing")
            kept.write_parquet(aside, compression="zstd")
            aside.rename(path)
    return count
