"""People's verdicts on pairs of the current version's match_review, written into the identity log.

Not here: which pairs are asked about (identity/review), how a verdict binds (identity/resolve/decided.py), pages (dashboards).
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Literal

import polars as pl

from identity.log.decision import Decision, Seen
from identity.log.identity_log import IdentityLog
from orchestration.publish.current import current_version
from orchestration.run.lock import only_run

Verdict = Literal["same", "different", "later"]
_PLAIN = re.compile(r"\d{11,}")  # the length of a phone; document numbers are longer


def open_pairs(home: Path) -> pl.DataFrame:
    """The pairs that wait for people, those first by which most published figures would change.

    Columns of match_review: masked names, reasons in Chinese, `changed_report_count`.

    Raises:
        ValueError: when no version has been published yet.
    """
    version = current_version(home)
    if version is None:
        raise ValueError("no version has been published yet: run `yidang run` first")
    review = pl.read_parquet(home / "published" / version / "tables" / "match_review.parquet")
    order = ["changed_report_count", "score", "review_id"]
    return review.filter(pl.col("state") == "open").sort(order, descending=[True, True, False])


def decide(home: Path, review_id: str, decision: tuple[Verdict, str, str], at: datetime) -> None:
    """Write a verdict, who gave it and why; the next run is bound by it.

    Args:
        home: the warehouse's home folder.
        review_id: a pair of match_review.
        decision: the verdict, who decides, and why in words.
        at: now (UTC).

    Raises:
        ValueError: when there is no such pair, or the words hold a plain number.
        RunLockedError: when a run is at work.
    """
    verdict, by, why = decision
    if _PLAIN.search(why):
        raise ValueError("--why must hold no phone or document number: it is kept for ever; say what was seen, not the number")
    pairs = open_pairs(home).filter(pl.col("review_id") == review_id)
    if pairs.is_empty():
        raise ValueError(f"no open pair is called {review_id}; `yidang decide` without a pair lists them")
    pair = pairs.row(0, named=True)
    left, right = (tuple(str(pair[f"{side}_{part}"]) for part in ("system", "entity", "key")) for side in ("left", "right"))
    seen = Seen(pair["score"], tuple(code for code in (pair["veto_codes"] or "").split(";") if code))
    with only_run(home):
        IdentityLog(home / "identity" / "log").decide([Decision(left, right, verdict, by, why, seen)], at)  # type: ignore[arg-type]
