"""What the checks found, batch by batch and owner by owner, in words. Not here: counting (repositories/quality.py)."""

from typing import Any

import polars as pl

from dashboards.repositories.quality import read_batches, read_issues, read_results
from dashboards.repositories.reader import Reader
from dashboards.services.figure import Figure
from dashboards.services.labels import label
from dashboards.services.text import moment, number, percent

_TEXT = pl.String


def load_dimensions(reader: Reader) -> pl.DataFrame:
    """One row a dimension: `dimension`, `passed`, `failed`, `pass_rate` (checks passed ÷ checks)."""
    results = read_results(reader)
    passed, failed = pl.col("passed").sum().cast(pl.Int64), (~pl.col("passed")).sum().cast(pl.Int64).alias("failed")
    grouped = results.group_by(pl.col("dimension").fill_null("其他")).agg(passed, failed)
    return grouped.with_columns((pl.col("passed") / (pl.col("passed") + pl.col("failed"))).alias("pass_rate")).sort(
        "pass_rate", "dimension"
    )


def load_failures(reader: Reader) -> pl.DataFrame:
    """Checks that did not pass, gravest first, as texts: claim, dataset, severity, failed of checked rows, owner."""
    gravest_first = pl.col("severity") != "critical"
    failed = read_results(reader).filter(~pl.col("passed")).sort(gravest_first, "failed_rows", descending=[False, True])
    rows = [
        (
            str(row.get("claim_zh") or row.get("check_code") or ""),
            label("table", row["dataset"]),
            label("severity", row["severity"]),
            f"{number(row['failed_rows'])} / {number(row['checked_rows'])}",
            str(row.get("owner") or "—"),
        )
        for row in failed.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("claim", "dataset", "severity", "rows", "owner"), _TEXT), orient="row")


def load_batches(reader: Reader) -> pl.DataFrame:
    """One row a source × entity as texts; `adds_up` says whether read = loaded + rejected + deduplicated."""
    batches = read_batches(reader).sort("source", "entity")
    rows = [_batch_row(row) for row in batches.iter_rows(named=True)]
    names = ("source", "entity", "received", "batches", "read", "loaded", "rejected", "deduplicated", "reject_rate", "adds_up")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, _TEXT), orient="row")


def load_totals(reader: Reader) -> list[Figure]:
    """Rows over all batches."""
    batches = read_batches(reader)
    names = {"read": "读取", "loaded": "入库", "rejected": "退回", "deduplicated": "去重"}
    return [Figure(title, number(int(batches[f"{name}_rows"].sum() or 0)), "行") for name, title in names.items()]


def load_issues(reader: Reader) -> pl.DataFrame:
    """One row an owner × rule that is not settled, most first, as texts, with `issue_count` beside them."""
    found = read_issues(reader).sort("issue_count", "owner_department", "rule", descending=[True, False, False])
    rows = [
        (
            row["owner_department"] or "未指定",
            row["rule_name"] or row["rule"],
            row["rule"],
            row["issue_count"],
            moment(row["first_seen"]),
        )
        for row in found.iter_rows(named=True)
    ]
    return pl.DataFrame(
        rows, schema={"owner": _TEXT, "name": _TEXT, "rule": _TEXT, "issue_count": pl.Int64, "since": _TEXT}, orient="row"
    )


def by_owner(issues: pl.DataFrame) -> pl.DataFrame:
    """Open issues summed by owner, most first."""
    return issues.group_by("owner").agg(pl.col("issue_count").sum()).sort("issue_count", "owner", descending=[True, False])


def rate_texts(dimensions: pl.DataFrame) -> pl.DataFrame:
    """The same with `rate` as a text."""
    return dimensions.with_columns(pl.Series("rate", [percent(rate) for rate in dimensions["pass_rate"]], dtype=_TEXT))


def _batch_row(row: dict[str, Any]) -> tuple[str, ...]:
    read, loaded, rejected, twice = (row[f"{name}_rows"] for name in ("read", "loaded", "rejected", "deduplicated"))
    return (
        label("source", row["source"]),
        label("entity", row["entity"]),
        moment(row["received_at"]),
        number(row["batch_count"]),
        *(number(rows) for rows in (read, loaded, rejected, twice)),
        percent(rejected / read if read else None),
        "相符" if read == loaded + rejected + twice else "不符",
    )
