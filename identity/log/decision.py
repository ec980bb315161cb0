"""What people decided about two records: rows of the identity log, with who, when and why.

Not here: which pairs they are shown (identity/review), how decisions bind (identity/resolve/decided.py).
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

import polars as pl

from identity.frames import LOG_EVENT, TIME, Columns, utc

Ref = tuple[str, str, str]
DECISION: Columns = {
    **{f"{side}_{part}": pl.String for side in ("left", "right") for part in ("system", "entity", "key")},
    "verdict": pl.String,
    "by": pl.String,
    "why": pl.String,
    "at": TIME,
    "sequence": pl.Int64,
    "seen_score": pl.Float64,
    "seen_vetoes": pl.List(pl.String),
}


@dataclass(frozen=True)
class Seen:
    """What stood before the eyes of who decided: the score of the pair (bits), and the codes of what spoke against it."""

    score: float
    vetoes: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """One verdict on two source records.

    Attributes:
        left: system, entity, key.
        right: The other record.
        verdict: The same person, different persons, or not yet to be told (binds nothing).
        by: Who decided.
        why: In words; without plain identifiers.
        seen: What they were shown; null: not known, and nothing that comes later is taken for news.
    """

    left: Ref
    right: Ref
    verdict: Literal["same", "different", "later"]
    by: str
    why: str
    seen: Seen | None = None


def decision_events(decisions: list[Decision], at: datetime, first_sequence: int) -> pl.DataFrame:
    """Log events for decisions, numbered from `first_sequence`; the smaller ref comes first in each.

    Raises:
        ValueError: A decision names nobody who decided, or one record twice.
    """
    rows = []
    for place, decision in enumerate(decisions):
        if not decision.by or decision.left == decision.right:
            raise ValueError(f"decision {place + 1}: it needs two different records and the name of who decided")
        left, right = sorted((decision.left, decision.right))
        told = {"verdict": decision.verdict, "right": right, "by": decision.by, "why": decision.why}
        seen = {"seen": asdict(decision.seen)} if decision.seen else {}
        reason = json.dumps(told | seen, ensure_ascii=False)
        rows.append((first_sequence + place, utc(at), "resident", "decided", None, None, *left, reason))
    return pl.DataFrame(rows, schema=LOG_EVENT, orient="row")


def read_decisions(events: pl.DataFrame) -> pl.DataFrame:
    """The last decision on each pair, in the columns of DECISION."""
    rows = []
    for event in events.filter(pl.col("event") == "decided").sort("sequence").iter_rows(named=True):
        told = json.loads(event["reason"])
        left = (event["source_system"], event["source_entity"], event["source_key"])
        seen = told.get("seen", {})
        said = (told["verdict"], told["by"], told["why"], event["at"], event["sequence"], seen.get("score"), seen.get("vetoes"))
        rows.append((*left, *told["right"], *said))
    frame = pl.DataFrame(rows, schema=DECISION, orient="row")
    pair = [f"{side}_{part}" for side in ("left", "right") for part in ("system", "entity", "key")]
    return frame.unique(pair, keep="last", maintain_order=True)
