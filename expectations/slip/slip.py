"""What stands on a slip: the department's own open issues of a week, by its own keys, and how many were mended how soon.

Masked as that department may see: the keys are those that it gave its records itself, and nothing else of a record is told.
A conflict about a resident is told by the department's own records of that person, never by those of others.
Not here: the workbook (workbook.py), where it is put (orchestration).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from expectations.slip.week import Week

WAITING, MENDED = "待更正", "本周已更正"
LIST = ("问题编号", "数据内容", "记录主键", "涉及字段", "规则", "问题", "说明", "居委会", "首次发现", "存在天数", "状态")
RATES = ("规则", "问题", "周初未结", "本周新增", "本周更正", "周末未结", "更正率", "平均更正天数")
VISITED = ("更正编号", "数据内容", "记录主键", "字段", "登记内容（脱敏）", "现场核查结果（脱敏）", "居委会", "核查日期")
WORDS = (
    "更正率 = 本周更正 ÷（周初未结 + 本周新增）；更正天数 = 关闭时间 − 首次发现时间；记录撤销也计为更正。",
    "主键为贵单位系统自有主键；规则为“批次#行号”的，见该批次原始文件的行。请在来源系统中更正，下次推送后自动关闭，无需回填本表。",
)


@dataclass(frozen=True)
class Slip:
    """One department's week.

    Attributes:
        system: the source system.
        department: who answers for it, in Chinese.
        week: the week.
        issues: one row an issue and record of the department, texts in the columns of LIST.
        rates: one row a rule and one for all of them, texts in the columns of RATES.
        visited: one row a record that a visit on the spot has found wrong, texts in the columns of VISITED.
    """

    system: str
    department: str
    week: Week
    issues: pl.DataFrame
    rates: pl.DataFrame
    visited: pl.DataFrame


def make_slip(system: str, department: str, week: Week, tables: Mapping[str, pl.DataFrame]) -> Slip:
    """The slip of one department.

    Args:
        system: The source system whose department it is.
        department: Its name.
        week: The week; of one that is not over, what stands now.
        tables: `quality_issue`, `quality_measure` and `resident_source` of the version; `correction` where it has one.
    """
    first, after = week.bounds
    mine = tables["quality_issue"].filter(pl.col("owner_system") == system, pl.col("first_seen") < after)
    closed, opened = pl.col("closed_at"), pl.col("first_seen")
    judged = mine.filter(closed.is_null() | (closed >= first)).with_columns(
        is_mended=(closed < after).fill_null(value=False), is_new=opened >= first
    )
    visited = _visited(tables.get("correction"), system)
    return Slip(system, department, week, _listed(judged, week, tables, system), _rates(judged), visited)


def _listed(judged: pl.DataFrame, week: Week, tables: Mapping[str, pl.DataFrame], system: str) -> pl.DataFrame:
    records = tables["resident_source"].filter(pl.col("source_system") == system)
    own = records.select(
        key="resident_id", own_dataset=pl.concat_str("source_system", "source_entity", separator="."), own_key="source_key"
    )
    columns = tables["quality_measure"].select("dataset", "rule", "column_names").unique(["dataset", "rule"])
    is_person = pl.col("dataset") == "resident"
    named = judged.join(columns, on=["dataset", "rule"], how="left")
    people = named.filter(is_person).join(own, on="key").with_columns(dataset="own_dataset", key="own_key").select(named.columns)
    until = pl.min_horizontal(pl.coalesce("closed_at", pl.lit(week.bounds[1])), pl.lit(week.bounds[1]))
    day = pl.col("first_seen").dt.replace_time_zone("UTC").dt.convert_time_zone("Asia/Shanghai").dt.strftime("%Y-%m-%d")
    told = pl.concat([named.filter(~is_person), people]).sort("is_mended", "rule", "first_seen", "dataset", "key")
    return told.select(
        pl.col("issue_id", "dataset", "key").fill_null(""),
        pl.col("column_names").fill_null(""),
        pl.col("rule", "rule_name", "detail_masked").fill_null(""),
        pl.col("committee_code").fill_null(""),
        day.alias("first"),
        (until - pl.col("first_seen")).dt.total_days().cast(pl.String).alias("days"),
        pl.when("is_mended").then(pl.lit(MENDED)).otherwise(pl.lit(WAITING)).alias("state"),
    ).rename(dict(zip(_names(), LIST, strict=True)))


def _visited(correction: pl.DataFrame | None, system: str) -> pl.DataFrame:
    """The department's own records that say something else than what was found on the spot."""
    if correction is None:
        return pl.DataFrame(schema=dict.fromkeys(VISITED, pl.String))
    told = correction.filter(pl.col("source_system") == system).sort("source_entity", "source_key", "field_code")
    shown = told.select(
        "correction_id",
        pl.concat_str("source_system", "source_entity", separator=".").alias("dataset"),
        "source_key",
        "field_name",
        pl.col("stated_masked").fill_null("（空）"),
        "corrected_masked",
        pl.col("committee_code").fill_null(""),
        pl.col("checked_at")
        .dt.replace_time_zone("UTC")
        .dt.convert_time_zone("Asia/Shanghai")
        .dt.strftime("%Y-%m-%d")
        .fill_null(""),
    )
    return shown.rename(dict(zip(shown.columns, VISITED, strict=True)))


def _names() -> tuple[str, ...]:
    return (
        "issue_id",
        "dataset",
        "key",
        "column_names",
        "rule",
        "rule_name",
        "detail_masked",
        "committee_code",
        "first",
        "days",
        "state",
    )


def _rates(judged: pl.DataFrame) -> pl.DataFrame:
    """One row a rule, the commonest first, below all of them together."""
    days = (pl.col("closed_at") - pl.col("first_seen")).filter(pl.col("is_mended")).dt.total_seconds().mean() / 86_400
    counts = {
        "before": (~pl.col("is_new")).sum(),
        "new": pl.col("is_new").sum(),
        "mended": pl.col("is_mended").sum(),
        "after": (~pl.col("is_mended")).sum(),
    }
    by_rule = judged.group_by("rule", "rule_name").agg(days=days, **counts).sort("after", "rule", descending=[True, False])
    whole = judged.select(days=days, **counts).select(
        pl.lit("全部").alias("rule"), pl.lit("全部问题").alias("rule_name"), pl.all()
    )
    rate = pl.when(pl.col("before") + pl.col("new") > 0).then(100 * pl.col("mended") / (pl.col("before") + pl.col("new")))
    return (
        pl.concat([whole.select(by_rule.columns), by_rule])
        .with_columns(rate=rate)
        .select(
            pl.col("rule", "rule_name").fill_null(""),
            pl.col("before", "new", "mended", "after").cast(pl.String),
            pl.format("{}%", pl.col("rate").round(1)).fill_null("—"),
            pl.col("days").round(1).cast(pl.String).fill_null("—"),
        )
        .rename(dict(zip(("rule", "rule_name", "before", "new", "mended", "after", "rate", "days"), RATES, strict=True)))
    )
