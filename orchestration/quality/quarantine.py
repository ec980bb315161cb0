"""The quarantine desk: refused rows by rule, what those of one rule look like, and their replay.

Not here: reading and cleaning a row again (ingestion/quarantine).
"""

from datetime import datetime
from pathlib import Path

import polars as pl

from ingestion.cleaning.rules import rule_catalogue
from ingestion.contracts.loader import load_contracts
from ingestion.landing.landing import Landing
from ingestion.landing.ledger import DROPPED, rejected_rows
from ingestion.quarantine.replay import Replayed, replay
from ingestion.quarantine.shape import masked_shape
from ingestion.settings import Settings
from ingestion.street_time import street_day
from orchestration.run.lock import only_run
from orchestration.warehouse.project import PROJECT

READING_RULES = PROJECT / "seeds" / "quality" / "record_rule.csv"  # those of readers, which come before cleaning


def by_rule(home: Path, feed: str | None) -> pl.DataFrame:
    """One row a feed and rule: what it means, rows refused, and how many of them were replayed since.

    Raises:
        ValueError: there is no such feed.
    """
    counted = _refused(home, feed).group_by("feed", "rule").agg(rows=pl.len(), replayed=pl.col("is_replayed").sum())
    meaning = pl.col("rule").replace_strict(_meanings(), default="", return_dtype=pl.String).alias("meaning")
    return counted.sort("feed", "rule").select("feed", "rule", meaning, "rows", "replayed")


def rows_of(home: Path, feed: str | None, rule: str) -> pl.DataFrame:
    """One row a refused row of a rule that was not replayed: where it stood, what was found, its shape without its values.

    Raises:
        ValueError: there is no such feed or rule.
    """
    if rule not in _meanings():
        raise ValueError(f"no rule is called {rule!r}; `yidang quarantine` without --rule lists those that refused rows")
    found = _refused(home, feed).filter(pl.col("rule") == rule, ~pl.col("is_replayed")).sort("feed", "batch_id", "line")
    shapes = [_shape(home, *row) for row in found.select("source", "entity", "batch_id", "line").iter_rows()]
    return found.select("feed", "batch_id", "line", found="detail_masked").with_columns(shape=pl.Series(shapes, dtype=pl.String))


def replay_rows(settings: Settings, feed: str | None, rule: str | None, at: datetime) -> list[Replayed]:
    """Replay what is in quarantine; nothing is replayed twice.

    Raises:
        RunLockedError: a run is at work.
        ValueError: there is no such feed.
    """
    contracts = load_contracts()
    source, _, entity = (feed or "").partition(".")
    _must_be_known(feed)
    home, as_of = settings.warehouse.home, settings.warehouse.as_of or street_day(at)
    wanted = [contracts[source]] if feed else list(contracts.values())
    with only_run(home):
        landing = Landing(home, at, as_of, settings.security.key)
        return [found for contract in wanted for found in replay(landing, contract, entity or None, rule)]


def _refused(home: Path, feed: str | None) -> pl.DataFrame:
    rows = rejected_rows(home).with_columns(feed=pl.concat_str("source", "entity", separator="."))
    if feed is None:
        return rows
    found = rows.filter(pl.col("feed") == feed)
    if found.is_empty():  # a list within a feed, such as the members of cases, is named like a feed where it has refused rows
        _must_be_known(feed)
    return found


def _must_be_known(feed: str | None) -> None:
    known = {f"{contract.source}.{each.name}" for contract in load_contracts().values() for each in contract.entities}
    if feed and feed not in known:
        raise ValueError(f"no feed is called {feed!r}; there are {', '.join(sorted(known))}")


def _meanings() -> dict[str, str]:
    read = pl.read_csv(READING_RULES, columns=["rule", "name_zh"])
    return dict(read.iter_rows()) | {code: rule.zh for code, rule in rule_catalogue().items()}


def _shape(home: Path, source: str, entity: str, batch_id: str, line: int) -> str:
    contract = load_contracts()[source]
    parent, _, child = entity.partition(".")
    file = f"{child}.rejects.parquet" if child else "rejects.parquet"
    rejects = pl.scan_parquet(home / "landing" / source / parent / f"batch={batch_id}" / file)
    original = rejects.filter(pl.col("line") == line).select("original").collect()["original"].item(0)
    if (original or b"").startswith(DROPPED):
        return ""
    return masked_shape(original or b"", contract.entity(parent).fields, contract.connector.encoding)
