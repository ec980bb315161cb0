"""The short summary at the end of a run: rows per feed, people and dwellings, checks, seconds.

Not here: how any of it was found.
"""

from collections import Counter

import polars as pl
from rich.console import Console

from orchestration.run.outcome import RunOutcome
from orchestration.run.table import table_of
from orchestration.session import RunFindings

_IS_PASSED = pl.col("passed")
ROWS = ("read_rows", "loaded_rows", "rejected_rows", "deduplicated_rows")


def print_summary(console: Console, outcome: RunOutcome) -> None:
    """Print what the run did, in the order of the way."""
    findings = outcome.findings
    _print_sources(console, findings)
    if outcome.failure:
        console.print(f"[red]failed[/red]: {outcome.failure}", highlight=False, soft_wrap=True)
    if outcome.failure and not findings.version:
        console.print("The last good version stays current.")
    elif findings.is_unchanged:
        console.print("Nothing has changed since the current version: nothing was published.")
    else:
        _print_identity(console, findings)
        _print_checks(console, findings)
        if findings.version:
            console.print(f"published {findings.version.version}", highlight=False)
        _print_comparison(console, findings)
    _print_served(console, findings)
    console.print(
        "seconds: " + ", ".join(f"{name} {s:.1f}" for name, s in findings.seconds.items()), highlight=False, soft_wrap=True
    )


def feed_totals(findings: RunFindings) -> dict[tuple[str, str], Counter[str]]:
    """Rows of this run's new batches by (source, entity): read = loaded + rejected + deduplicated."""
    totals: dict[tuple[str, str], Counter[str]] = {}
    for receipt in (receipt for pull in findings.pulls for receipt in pull.receipts):
        feed = totals.setdefault((receipt.source, receipt.entity), Counter())
        feed.update({name: getattr(receipt, name) for name in ROWS} | {"batches": 1})
    return totals


def _print_sources(console: Console, findings: RunFindings) -> None:
    heads = ("feed", *(name.removesuffix("_rows") for name in ROWS), "batches")
    rows = [
        (f"{source}.{entity}", *(feed[name] for name in (*ROWS, "batches")))
        for (source, entity), feed in feed_totals(findings).items()
    ]
    if rows:
        console.print(table_of(heads, rows))
    _print_quarantined(console, findings)
    for pull in findings.pulls:
        if not pull.is_reached:
            console.print(f"[yellow]not reached[/yellow] {pull.source}: {pull.message}", highlight=False, soft_wrap=True)
        for line in pull.refused:
            console.print(f"[yellow]refused[/yellow] {pull.source}: {line}", highlight=False, soft_wrap=True)
        for line in pull.unusual:
            console.print(f"[yellow]unusual[/yellow] {line}", highlight=False, soft_wrap=True)
        for line in pull.notes:
            console.print(f"no news {line}", highlight=False, soft_wrap=True)


def _print_quarantined(console: Console, findings: RunFindings) -> None:
    for source_entity, feed in feed_totals(findings).items():
        if feed["rejected_rows"]:
            name = ".".join(source_entity)
            told = f"{name}: {feed['rejected_rows']:,} of {feed['read_rows']:,} rows; `yidang quarantine --feed {name}` tells why"
            console.print(f"[yellow]quarantined[/yellow] {told}", highlight=False, soft_wrap=True)


def _print_identity(console: Console, findings: RunFindings) -> None:
    if findings.resolution is None:
        return
    residents = findings.resolution.resident_link["resident_id"].n_unique()
    places = findings.resolution.place_link
    dwellings = places.filter(places["kind"] == "dwelling")["place_id"].n_unique()
    events = findings.resolution.log_event
    mine = Counter(events.filter(events["kind"] == "resident")["event"].to_list())
    told = {"created": "new IDs", "merged": "merges", "split": "splits"}
    console.print(
        f"residents {residents:,}, dwellings {dwellings:,}; "
        + ", ".join(f"{word} {mine[event]:,}" for event, word in told.items()),
        highlight=False,
    )


def _print_comparison(console: Console, findings: RunFindings) -> None:
    """Of tables that were made again: whether they are those of then."""
    found = findings.comparison
    if found is None:
        return
    console.print(f"made again: {found.same} tables are those of version {found.version}", highlight=False)
    if found.differing:
        names = ", ".join(found.differing)
        console.print(f"[yellow]not the same as then[/yellow]: {names}", highlight=False, soft_wrap=True)


def _print_served(console: Console, findings: RunFindings) -> None:
    """Of the database, where one is configured: the version that its readers have."""
    if findings.not_served:
        console.print(f"[yellow]not served[/yellow]: {findings.not_served}", highlight=False, soft_wrap=True)
    elif findings.served:
        sent = findings.served.sent.values()
        rows = f"{sum(s.inserted for s in sent):,} rows in, {sum(s.deleted for s in sent):,} out"
        console.print(f"PostgreSQL has {findings.served.version}: {rows if sent else 'it had it already'}", highlight=False)


def _print_checks(console: Console, findings: RunFindings) -> None:
    if findings.gate is None:
        return
    results = findings.gate.results.filter(pl.col("committee_code").is_null())
    passed, failed, idle = (results.filter(is_so).height for is_so in (_IS_PASSED, ~_IS_PASSED, _IS_PASSED.is_null()))
    told = f"checks passed {passed:,}, failed {failed:,}" + (f", not run {idle:,} (no row to look at)" if idle else "")
    console.print(told, highlight=False)
