"""What the checks found, batch by batch and owner by owner, in words. Not here: counting (repositories/quality.py)."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboards.repositories.quality import read_batches, read_issues, read_results
from dashboards.repositories.reader import Reader
from dashboards.services.figure import Figure
from dashboards.services.labels import dataset_name, label
from dashboards.services.language import in_language, say
from dashboards.services.memo import remembered
from dashboards.services.text import moment, number, percent

_TEXT = pl.String
_COUNTED = (".delivery.volume", ".delivery.columns", ".delivery.silence")  # checks whose figure is no share


def load_dimensions(reader: Reader) -> pl.DataFrame:
    """One row a dimension: `dimension`, `passed`, `failed`, `idle` (not run), `pass_rate` (checks passed ÷ checks that ran)."""
    return remembered(reader, ("checks by dimension",), lambda: _dimensions(reader))


def _dimensions(reader: Reader) -> pl.DataFrame:
    results, is_passed = read_results(reader), pl.col("passed")
    counts = {"passed": is_passed, "failed": ~is_passed, "idle": is_passed.is_null()}
    grouped = results.group_by(pl.col("dimension").fill_null("其他")).agg(
        is_so.sum().cast(pl.Int64).alias(name) for name, is_so in counts.items()
    )
    ran = pl.col("passed") + pl.col("failed")
    rated = grouped.with_columns(pl.when(ran > 0).then(pl.col("passed") / ran).alias("pass_rate"))
    sorted_ = rated.sort("pass_rate", "dimension", nulls_last=True)
    return sorted_.with_columns(pl.Series("dimension", [say(name) for name in sorted_["dimension"]], dtype=_TEXT))


def load_failures(reader: Reader) -> pl.DataFrame:
    """Checks that did not pass, gravest first, as texts: claim, dataset, severity, failed of checked rows, figures, owner."""
    return remembered(reader, ("failed checks",), lambda: _failures(reader))


def _failures(reader: Reader) -> pl.DataFrame:
    gravest_first = pl.col("severity") != "critical"
    failed = read_results(reader).filter(~pl.col("passed")).sort(gravest_first, "failed_rows", descending=[False, True])
    rows = [
        (
            _claim(row),
            dataset_name(row["dataset"]),
            label("severity", row["severity"]),
            f"{number(row['failed_rows'])} / {number(row['checked_rows'])}",
            figure_text(row.get("observed"), row),
            expected_text(row),
            say(row.get("owner") or "—"),
        )
        for row in failed.iter_rows(named=True)
    ]
    names = ("claim", "dataset", "severity", "rows", "observed", "expected", "owner")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, _TEXT), orient="row")


def _claim(row: Mapping[str, Any]) -> str:
    """What the check says, without the table's name in front: that stands beside it, by the name it bears."""
    told = in_language(row, "claim_en", row.get("claim_zh") or row.get("check_code") or "")
    return told.removeprefix(f"{row['dataset']} ")


def figure_text(value: float | None, row: Mapping[str, Any]) -> str:
    """A figure of a check: a count for rows, columns and days, a share for all others."""
    is_count = str(row.get("check_code")).endswith(_COUNTED)
    return "—" if value is None else number(value, 0) if is_count else percent(value)


def expected_text(row: Mapping[str, Any]) -> str:
    """The range that a check's figure must lie in, and from how many earlier figures it was derived."""
    least, most = row.get("expected_least"), row.get("expected_most")
    if most is None:
        return "—"
    told = {"least": figure_text(least, row), "most": figure_text(most, row)}
    range_of = say("{least} 至 {most}", **told) if least is not None else say("不超过 {most}", **told)
    count = row.get("history_count")
    return say("{range}（{count} 次历史）", range=range_of, count=count) if count else say("{range}（人工设定）", range=range_of)


def load_batches(reader: Reader) -> pl.DataFrame:
    """One row a source × entity as texts; `adds_up` says whether read = loaded + rejected + deduplicated."""
    return remembered(reader, ("batches",), lambda: _batches(reader))


def _batches(reader: Reader) -> pl.DataFrame:
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
    return remembered(reader, ("issues",), lambda: _issues(reader))


def _issues(reader: Reader) -> pl.DataFrame:
    found = read_issues(reader).sort("issue_count", "owner_department", "rule", descending=[True, False, False])
    rows = [
        (
            say(row["owner_department"] or "未指定"),
            in_language(row, "rule_name_en", row["rule_name"] or row["rule"]),
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
        say("相符" if read == loaded + rejected + twice else "不符"),
    )
