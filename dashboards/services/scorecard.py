"""The scorecard and the agreement of sources, in words. Not here: how a score is made (the table's own `formula` says it)."""

from typing import Any

import polars as pl

from dashboards.repositories.quality import read_agreement, read_scores
from dashboards.repositories.reader import Reader
from dashboards.services.labels import dataset_name, label
from dashboards.services.language import say
from dashboards.services.memo import remembered
from dashboards.services.place import Places
from dashboards.services.text import count, day, number, percent

WHOLE = "全部"
DIMENSIONS = {
    "regular": "规范性",
    "complete": "完整性",
    "accurate": "准确性",
    "consistent": "一致性",
    "timely": "时效性",
    "reachable": "可访问性",
}
_ARROWS = {"up": "↑", "down": "↓", "same": "→"}
_SUMS = ("subject", "score", "grade", "trend", "rows", "run", "columns")
_PAIRS = ("left", "right", "attribute", "matched", "conflicting", "unmatched", "rate")


def load_scores(reader: Reader, level: str, places: Places) -> pl.DataFrame:
    """One row a subject of a level, the worst first, as texts: its score, what it was made of, and each dimension's score."""
    return remembered(reader, ("scores", level), lambda: _scores(reader, level, places))


def _scores(reader: Reader, level: str, places: Places) -> pl.DataFrame:
    told = read_scores(reader).filter(level=level)
    parts = {(row["subject"], row["dimension"]): row["score"] for row in told.iter_rows(named=True)}
    rows = [
        {**_sum(row, _name(level, row["subject"], places))}
        | {key: _points(parts.get((row["subject"], dimension))) for key, dimension in DIMENSIONS.items()}
        for row in told.filter(dimension=WHOLE).sort("score", "subject", nulls_last=True).iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys((*_SUMS, *DIMENSIONS), pl.String))


def load_weeks(reader: Reader) -> dict[str, str]:
    """The weeks that are kept, newest first: ISO date of the Monday to its words."""
    return remembered(reader, ("weeks",), lambda: _weeks(reader))


def _weeks(reader: Reader) -> dict[str, str]:
    weeks = read_agreement(reader, "")["week_start"].unique().sort(descending=True)
    return {week.isoformat(): day(week) for week in weeks}


def load_agreement(reader: Reader, committee: str, week: str) -> pl.DataFrame:
    """One row a pair of sources × attribute of a week, the least agreement first, as texts; small counts as the role may see."""
    return remembered(reader, ("agreement", committee, week), lambda: _agreement(reader, committee, week))


def _agreement(reader: Reader, committee: str, week: str) -> pl.DataFrame:
    told = read_agreement(reader, committee).filter(pl.col("week_start").cast(pl.String) == week)
    both = pl.col("matched_count") + pl.col("conflicting_count")
    rated = told.with_columns(rate=pl.when(both > 0).then(pl.col("matched_count") / both))
    order = ["rate", "left_system", "right_system", "attribute"]
    rows = [_pair(row) for row in rated.sort(order, nulls_last=True).iter_rows(named=True)]
    return pl.DataFrame(rows, schema=dict.fromkeys(_PAIRS, pl.String), orient="row")


def _sum(row: dict[str, Any], name: str) -> dict[str, str]:
    covered = "—" if row["covered_columns"] is None else f"{row['covered_columns']} / {row['column_count']}"
    trend = "—" if row["trend"] is None else f"{_ARROWS[row['trend']]} {label('quality_trend', row['trend'])}"
    return {
        "subject": name,
        "score": _points(row["score"]),
        "grade": say(row["grade"]) if row["grade"] else "—",
        "trend": trend,
        "rows": f"{number(row['numerator'])} / {number(row['denominator'])}",
        "run": f"{number(row['checks_run'])} / {number(row['checks_due'])}",
        "columns": covered,
    }


def _pair(row: dict[str, Any]) -> tuple[str, ...]:
    is_withheld = bool(row.get("is_withheld"))
    counts = (count(row[f"{name}_count"], is_withheld=is_withheld) for name in ("matched", "conflicting", "unmatched"))
    rate = "—" if is_withheld else percent(row["rate"])
    sides = (label("source", row["left_system"]), label("source", row["right_system"]), label("attribute", row["attribute"]))
    return (*sides, *counts, rate)


def _points(score: float | None) -> str:
    return "—" if score is None else f"{score:.2f}"


def _name(level: str, subject: str, places: Places) -> str:
    """A subject in words."""
    if level == "street":
        return say("整个街道")
    if level == "committee":
        return places.committees.get(subject, subject)
    if level == "source":
        return label("source", subject)
    return dataset_name(subject)
