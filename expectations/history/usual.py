"""Figures beside those of earlier runs: distributions of published columns, referential gaps, silence of feeds.

The range is median and robust deviations of what earlier runs observed (`quality_result.observed`), never narrower than a floor.
Not here: which figures and floors (expectations/history.yaml), or tables that fell away (compare.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from expectations.compiled.condition import literal, quoted
from expectations.compiled.measure import Figure, Measurement, columns_of
from expectations.feed.delivery import Delivered, measure_deliveries
from expectations.history.limits import Distribution, UsualFigures
from expectations.suite.check import WARNING, Check

NORMAL = 1.4826  # times the median deviation from the median is the standard deviation, where figures are spread normally
GAP = "gap_is_usual"
Spread = Mapping[str, tuple[float, float, int]]


def usual_figures(connection: duckdb.DuckDBPyConnection, last: Path, rules: UsualFigures, owner: str) -> list[Measurement]:
    """One measurement a figure that an earlier version lets one compare; a damaged version compares with nothing.

    Args:
        connection: sees this version's tables.
        last: folder of the last published version.
        rules: which figures, and how far they may move at least.
        owner: who answers for distributions.
    """
    try:
        known = _spread(connection, last)
        return [*_distributions(connection, last, rules, known, owner), *_gaps(connection, rules, known)]
    except duckdb.Error:
        return []  # compare() tells of it


def silent_feeds(connection: duckdb.DuckDBPyConnection, rules: UsualFigures, as_of: str, owner: str) -> list[Measurement]:
    """One measurement a feed that delivered on enough days: how long it has been silent, beside its own gaps."""
    found = connection.execute(
        f"""
        with day as (
            select distinct source || '.' || entity as dataset, cast(received_at + interval 8 hour as date) as day
            from source_batch
        ),
        gap as (select dataset, day - lag(day) over (partition by dataset order by day) as days from day),
        usual as (
            select dataset, median(days) as centre, mad(days) as spread, count(*) as gaps
            from gap where days is not null group by all
        )
        select dataset, date {literal(as_of)} - max(day), centre, spread, gaps
        from day inner join usual using (dataset) where gaps >= {rules.least_history} group by all order by dataset
        """
    ).fetchall()
    return measure_deliveries(_silence(row, rules, owner) for row in found)


def _silence(row: tuple[str, int, float, float, int], rules: UsualFigures, owner: str) -> Delivered:
    dataset, silent, centre, spread, gaps = row
    most = _most(centre, spread, rules.silence_days, rules)
    cause = f"nothing came for {silent} days, usual are at most {most:.0f} (from {gaps} gaps)" if silent > most else None
    return Delivered(dataset, owner, "silence", None, Figure(float(silent), None, most, gaps), cause)


def _most(centre: float, spread: float, floor: float, rules: UsualFigures) -> float:
    return round(centre + max(floor, rules.deviations * NORMAL * spread), 6)


def _spread(connection: duckdb.DuckDBPyConnection, last: Path) -> Spread:
    """Median, median deviation and number of what earlier runs observed, by check; nothing where no run observed anything."""
    path = last / "tables" / "quality_result.parquet"
    if not path.exists():
        return {}
    results = f"read_parquet({literal(str(path))})"
    if "observed" not in {row[0] for row in connection.execute(f"describe select * from {results}").fetchall()}:
        return {}
    rows = connection.execute(
        f"select check_code, median(observed), mad(observed), count(observed) from {results} "
        "where committee_code is null and observed is not null group by check_code"
    ).fetchall()
    return {code: (float(centre), float(spread), int(count)) for code, centre, spread, count in rows}


def _distributions(
    connection: duckdb.DuckDBPyConnection, last: Path, rules: UsualFigures, known: Spread, owner: str
) -> Iterator[Measurement]:
    for one in rules.distributions:
        old = last / "tables" / f"{one.table}.parquet"
        if not old.exists() or one.column not in columns_of(connection, one.table):
            continue
        share = f"select {quoted(one.column)} as value, count(*) / sum(count(*)) over () as share from {{}} group by all"
        ((moved,),) = connection.execute(
            f"with now as ({share.format(quoted(one.table))}), was as ({share.format(f'read_parquet({literal(str(old))})')}) "
            "select coalesce(sum(abs(coalesce(now.share, 0) - coalesce(was.share, 0))) / 2, 0) "
            "from now full join was on now.value is not distinct from was.value"
        ).fetchall()
        check = replace(_check(one, rules, owner), column_count=len(columns_of(connection, one.table)))
        centre, spread, count = known.get(check.code, (0.0, 0.0, 0))
        most = _most(centre, spread, rules.distribution, rules)
        yield _judged(check, float(moved), most, count)


def _gaps(connection: duckdb.DuckDBPyConnection, rules: UsualFigures, known: Spread) -> Iterator[Measurement]:
    """The share of rows that point at nothing, by feed and rule, where earlier runs counted it."""
    if not columns_of(connection, "quality_measure"):
        return
    rows = connection.execute(
        "select dataset, rule, any_value(rule_name), any_value(rule_name_en), any_value(owner_department), "
        "any_value(column_names), any_value(column_count), "
        "sum(failed_rows) / sum(checked_rows) from quality_measure where starts_with(rule, 'REF-') group by all "
        "having sum(checked_rows) > 0 order by all"
    ).fetchall()
    for dataset, rule, chinese, english, department, columns, width, share in rows:
        centre, spread, count = known.get(f"{dataset}.{rule}", (0.0, 0.0, 0))
        if count:
            words = {"dataset": dataset, "rule": rule, "name_zh": chinese, "name_en": english}
            told = rules.gap_words
            check = Check(
                code=f"{dataset}.{rule}.usual", dataset=dataset, expectation=GAP,
                kwargs={"column_list": tuple(columns.split(";")) if columns else ()}, severity=WARNING, tolerance=0.0,
                dimension="一致性", owner=department, claim_zh=told.claim_zh.format_map(words),
                claim_en=told.claim_en.format_map(words), debug_step=told.debug.format_map(words), column_count=width,
            )  # fmt: skip
            yield _judged(check, float(share), _most(centre, spread, rules.reference, rules), count)


def _judged(check: Check, observed: float, most: float, count: int) -> Measurement:
    note = None
    if observed > most:
        known = f"from {count} earlier runs" if count else "set by hand, since no earlier run measured it"
        note = f"{observed:.2%}, usual is at most {most:.2%} ({known})"
    return Measurement(check, 1, int(note is not None), note=note, figure=Figure(round(observed, 6), None, most, count or None))


def _check(one: Distribution, rules: UsualFigures, owner: str) -> Check:
    words = {"table": one.table, "column": one.column, "name_zh": one.name_zh}
    told = rules.distribution_words
    return Check(
        code=f"{one.table}.distribution.{one.column}", dataset=one.table, expectation="distribution_is_usual",
        kwargs={"column": one.column}, severity=WARNING, tolerance=0.0, dimension="一致性", owner=owner,
        claim_zh=told.claim_zh.format_map(words), claim_en=told.claim_en.format_map(words),
        debug_step=told.debug.format_map(words),
    )  # fmt: skip
