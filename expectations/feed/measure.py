"""The rules of every feed as measurements of the gate, by feed and by committee, and whether each source was reached.

Not here: which rows break a rule (dbt_project/models/**/quality), what share may (tolerance.yaml).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from expectations.compiled.measure import Measurement
from expectations.suite.check import WARNING, Check

UNKNOWN = "none"  # the committee of rows of which no place is known
EXPECTATION, REACHED = "rule_of_a_feed", "source_is_reached"
_MEASURES = """
    select dataset, rule, committee_code, rule_name as name_zh, rule_name_en as name_en, dimension, severity,
        owner_department as owner, column_names, column_count, checked_rows, failed_rows
    from quality_measure order by dataset, rule, committee_code
"""
MEASURE = "quality_measure"
Row = Mapping[str, Any]


@cache
def limits() -> Mapping[str, Any]:
    """What the file beside this one says."""
    told: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("tolerance.yaml").read_text(encoding="utf-8"))
    return told


@cache
def first_step(rule: str) -> str:
    """What to look at first when a rule has failed, Chinese / English: by its code, else the longest beginning that is told."""
    steps: Mapping[str, str] = yaml.safe_load(Path(__file__).with_name("first_step.yaml").read_text(encoding="utf-8"))
    parts = rule.split("-")
    known = (code for code in ("-".join(parts[:n]) for n in range(len(parts), 0, -1)) if code in steps)
    return steps[next(known, "OTHER")]


def measure_feeds(connection: duckdb.DuckDBPyConnection) -> list[Measurement]:
    """One measurement a feed and rule, and one more for each committee in which rows of the feed are known to lie.

    The whole feed's bears no committee. A rule that looked at no row did not run.
    """
    cursor = connection.execute(_MEASURES)
    names = [column[0] for column in cursor.description or ()]
    feeds: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        feeds[row["dataset"], row["rule"]].append(row)
    return [found for rows in feeds.values() for found in _of_feed(rows)]


def measure_sources(states: Iterable[tuple[str, bool]]) -> list[Measurement]:
    """One measurement a source: whether it answered in this run. `states`: source and whether its data is stale."""
    words = limits()["reached"]
    return [
        Measurement(
            Check(
                code=f"{source}.source.reached",
                dataset=f"{source}.source",
                expectation=REACHED,
                kwargs={},
                severity=WARNING,
                tolerance=0.0,
                dimension="可访问性",
                owner="街道数据中心",
                claim_zh=words["claim_zh"].format(source=source),
                claim_en=words["claim_en"].format(source=source),
                debug_step=words["debug"],
            ),
            checked=1,
            unexpected=int(is_stale),
        )
        for source, is_stale in states
    ]


def _of_feed(rows: list[Row]) -> Iterator[Measurement]:
    whole = {name: sum(row[name] for row in rows) for name in ("checked_rows", "failed_rows")}
    yield _measurement({**rows[0], **whole}, None)
    for row in rows:
        if row["committee_code"] != UNKNOWN and row["checked_rows"]:
            yield _measurement(row, row["committee_code"])


def _measurement(row: Row, committee: str | None) -> Measurement:
    told = limits()
    tolerance = float(told[row["severity"]])
    words = {"percent": f"{tolerance:.1%}", **row}
    columns = tuple(row["column_names"].split(";")) if row["column_names"] else ()
    check = Check(
        code=".".join(part for part in (row["dataset"], row["rule"], committee) if part),
        dataset=row["dataset"],
        expectation=EXPECTATION,
        kwargs={"column_list": columns},
        severity=WARNING,
        tolerance=tolerance,
        dimension=row["dimension"],
        owner=row["owner"],
        claim_zh=told["claim_zh"].format_map(words),
        claim_en=told["claim_en"].format_map(words),
        debug_step=first_step(row["rule"]).format_map(words),
        committee_code=committee,
        column_count=row["column_count"],
    )
    return Measurement(check, int(row["checked_rows"]), int(row["failed_rows"]))
