"""Which rules found what was planted, and which clean rows were flagged. Reads what a run left: landing and the version."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benchmarks.defects.kind import Kind
from benchmarks.defects.plant import Garden, Planted, row_key
from ingestion.cleaning.digest import key_digest
from ingestion.telemetry.passage import message_digest

LANDED = {"civil.members": "civil.assistance-cases.member"}
Found = dict[tuple[str, str], set[str]]


@dataclass(frozen=True)
class Outcome:
    """How many rows of a kind were planted and caught, and what found them; `by` counts every rule that did."""

    kind: Kind
    planted: int
    caught: int
    by: Mapping[str, int]


@dataclass(frozen=True)
class Report:
    """One outcome a kind; clean rows and the flagged ones of them, by feed; residents of clean records only as `resident`."""

    outcomes: Sequence[Outcome]
    clean: Mapping[str, int]
    flagged: Mapping[str, int]
    flagged_by: Mapping[tuple[str, str], int]

    @property
    def recall(self) -> float:
        """Share of planted rows that were caught."""
        return sum(outcome.caught for outcome in self.outcomes) / sum(outcome.planted for outcome in self.outcomes)

    @property
    def false_share(self) -> float:
        """Share of clean rows that were flagged; messages of devices are not counted, since they are clean by the thousand."""
        rows = sum(count for feed, count in self.clean.items() if feed != "device.telemetry")
        return sum(count for feed, count in self.flagged.items() if feed != "device.telemetry") / rows


@dataclass(frozen=True)
class Evidence:
    """What a run left: rules by dataset and key, the resident of each record, refused lines by rule, and the street's key."""

    found: Found
    residents: Mapping[tuple[str, str], str]
    refused: Mapping[str, list[bytes]]
    secret: bytes


def judge(garden: Garden, kinds: Sequence[Kind], home: Path, secret: bytes) -> Report:
    """Compare what was planted with what was found."""
    evidence = Evidence(_found(home), _residents(home), _refused(home), secret)
    return Report([_outcome(kind, garden.planted, evidence) for kind in kinds], *_clean(garden, evidence))


def _outcome(kind: Kind, planted: Iterable[Planted], evidence: Evidence) -> Outcome:
    mine = [item for item in planted if item.kind == kind.kind]
    told = [_rules_at(item, evidence) & set(kind.rules) for item in mine]
    by: dict[str, int] = defaultdict(int)
    for rule in (rule for rules in told for rule in rules):
        by[rule] += 1
    return Outcome(kind, len(mine), sum(bool(rules) for rules in told), by)


def _rules_at(item: Planted, evidence: Evidence) -> set[str]:
    """Every rule that was found at a planted row, at the resident it tells of, or at the line in which it stood."""
    place = landed(item.feed, item.key, evidence.secret)
    own = _at(place, evidence) | evidence.found.get(("resident", evidence.residents.get(place, "")), set())
    mark = item.mark.encode()
    return own | {rule for rule, lines in evidence.refused.items() if mark and any(mark in line for line in lines)}


def _at(place: tuple[str, str], evidence: Evidence) -> set[str]:
    """Every rule that was found at a place; a message that may tell of a passage is stored under a digest of its number."""
    rules = evidence.found.get(place, set())
    if place[0] != "device.telemetry":
        return rules
    return rules | evidence.found.get((place[0], message_digest(place[1], evidence.secret)), set())


def landed(feed: str, key: str, secret: bytes) -> tuple[str, str]:
    """Dataset and key by which the warehouse knows a row of a feed."""
    if feed == "civil.disability-certificates":
        key = key_digest(key, secret)
    return LANDED.get(feed, feed), key


def _found(home: Path) -> Found:
    """Rules by dataset and key: open issues, and what cleaning noted on messages (whose issues are told by device)."""
    issues = pl.read_parquet(_tables(home) / "quality_issue.parquet").filter(pl.col("state") == "open")
    found: Found = defaultdict(set)
    for dataset, name, rule in issues.select("dataset", "key", "rule").iter_rows():
        found[dataset, name].add(rule)
    messages = pl.scan_parquet(home / "landing/device/telemetry/batch=*/data.parquet").filter(pl.col("_issues").list.len() > 0)
    for name, rules in messages.select("source_key", "_issues").collect().iter_rows():
        found["device.telemetry", name] |= set(rules)
    devices = {device for dataset, device in found if dataset == "device.telemetry"}
    lost = pl.scan_parquet(home / "landing/device/telemetry/batch=*/data.parquet").filter(
        pl.col("device_id").is_in(list(devices))
    )
    for name, device in lost.select("source_key", "device_id").collect().iter_rows():
        found["device.telemetry", name] |= {rule for rule in found["device.telemetry", device] if rule == "REF-DEVICE"}
    return found


def _refused(home: Path) -> dict[str, list[bytes]]:
    """The original bytes of every refused row, by rule."""
    refused: dict[str, list[bytes]] = defaultdict(list)
    for path in home.glob("landing/*/*/batch=*/*rejects.parquet"):
        for rule, original in pl.read_parquet(path, columns=["rule", "original"]).iter_rows():
            refused[rule].append(original)
    return refused


def _residents(home: Path) -> dict[tuple[str, str], str]:
    """The resident of each source record."""
    links = pl.read_parquet(_tables(home) / "resident_source.parquet")
    named = links.select("source_system", "source_entity", "source_key", "resident_id").iter_rows()
    found = {(f"{system}.{entity}", name): resident for system, entity, name, resident in named}
    members = {
        ("civil.assistance-cases.member", k): r for (dataset, k), r in found.items() if dataset == "civil.assistance-cases"
    }
    return found | members


def _clean(garden: Garden, evidence: Evidence) -> tuple[dict[str, int], dict[str, int], dict[tuple[str, str], int]]:
    """Rows that bear no defect and stand beside none, and how many of them were flagged all the same."""
    clean: dict[str, int] = defaultdict(int)
    flagged: dict[str, int] = defaultdict(int)
    by: dict[tuple[str, str], int] = defaultdict(int)
    soiled = {landed(feed, name, evidence.secret) for feed, name in garden.touched}
    spoilt = {evidence.residents.get(place) for place in soiled}
    rows = {landed(feed, row_key(feed, row), evidence.secret) for feed, listed in garden.tables.items() for row in listed}
    people = {("resident", resident) for resident in set(evidence.residents.values()) - spoilt}
    for place in (rows - soiled) | people:
        rules = _at(place, evidence)
        clean[place[0]] += 1
        flagged[place[0]] += bool(rules)
        for rule in rules:
            by[place[0], rule] += 1
    return clean, flagged, by


def _tables(home: Path) -> Path:
    version = (home / "published" / "CURRENT").read_text(encoding="utf-8").strip()
    return home / "published" / version / "tables"
