"""What the identity log says of a key that passed to another person: from which version on, and whose life stays behind.

Not here: finding it (identity/holder/holders.py), reading it back (identity/log/replay.py).
"""

import json
from datetime import datetime
from typing import Any

import polars as pl

from identity.frames import HOLDER, LOG_EVENT, REF, conform
from identity.holder.holders import Holders
from identity.rules.rule_book import RuleBook

REUSED = "reused"


def passed_on(named: pl.DataFrame, holders: Holders, book: RuleBook) -> pl.DataFrame:
    """What the run changed about residents (columns of LOG_EVENT), with what it found of keys that passed on."""
    told = _with_reasons(named, holders.passed)
    return pl.concat([told, _reused_events(holders.found, told, book)])


def _reused_events(found: pl.DataFrame, named: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """One event for each version by which a key passed on, without number and time.

    Args:
        found: Those that the log does not tell yet (Holders.found).
        named: What the run changed otherwise (columns of LOG_EVENT): the identifiers of who came, and of who went.
        book: The rule book, with the words.
    """
    if found.is_empty():
        return pl.DataFrame(schema=LOG_EVENT)
    mine, at = named.filter(pl.col("kind") == "resident"), ["source_system", "source_entity"]
    came = mine.filter(pl.col("event") == "joined").select(*at, "entity_id", holder="source_key")
    went = mine.filter(pl.col("event") == "left").select(*at, other_id="entity_id", before="source_key")
    rows = found.join(came, [*at, "holder"], "left", maintain_order="left").join(
        went, [*at, "before"], "left", maintain_order="left"
    )
    reasons = [_reason(row, book) for row in rows.iter_rows(named=True)]
    told = rows.with_columns(pl.Series("reason", reasons), kind=pl.lit("resident"), event=pl.lit(REUSED))
    return conform(told, LOG_EVENT)


def _reason(row: dict[str, Any], book: RuleBook) -> str:
    at = row["told_at"].isoformat() if row["told_at"] else None
    place: dict[str, Any] = {"holder": row["holder"], "told_at": at, "sequence": row["sequence"], "line": row["line"]}
    return json.dumps(
        {**place, "zh": book.vetoes.passed_on_texts["zh"], "en": book.vetoes.passed_on_texts["en"]}, ensure_ascii=False
    )


def _with_reasons(named: pl.DataFrame, passed: pl.DataFrame) -> pl.DataFrame:
    """What the run changed, where who left since the key is another's now says so.

    Args:
        named: Columns of LOG_EVENT.
        passed: All versions by which keys passed on (columns of HOLDER).
    """
    if passed.is_empty() or named.is_empty():
        return named
    # Whoever once held such a key: the first, under its own name, or a later one, under theirs.
    own = [passed.select(*REF), passed.select("source_system", "source_entity", source_key="holder")]
    was = pl.concat(own).unique().with_columns(is_held=pl.lit(value=True))
    keyed = named.join(was, list(REF), "left", maintain_order="left")
    is_gone = (pl.col("kind") == "resident") & (pl.col("event") == "left") & (pl.col("reason") == "absent")
    is_reused = is_gone & pl.col("is_held").fill_null(value=False)
    return keyed.with_columns(pl.when(is_reused).then(pl.lit(REUSED)).otherwise("reason").alias("reason")).drop("is_held")


def read_passed(events: pl.DataFrame) -> pl.DataFrame:
    """Every version by which a key passed on, as these events tell it (columns of HOLDER)."""
    rows = []
    for event in events.filter(pl.col("event") == REUSED).iter_rows(named=True):
        told = json.loads(event["reason"])
        at = told["told_at"] and datetime.fromisoformat(told["told_at"])
        rows.append((*(event[name] for name in REF), at, told["sequence"], told["line"], told["holder"]))
    return pl.DataFrame(rows, schema=HOLDER, orient="row")
