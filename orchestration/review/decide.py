"""People's verdicts on pairs of the current version's match_review, kept for the next run.

Not here: which pairs are asked about (identity/review), taking verdicts in (answers.py), how one binds (identity/resolve).
"""

import subprocess
import sys
from pathlib import Path
from typing import Literal

import polars as pl

from orchestration.publish.current import current_version

Verdict = Literal["same", "different", "later"]


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


def decide(home: Path, review_id: str, decision: tuple[Verdict, str, str]) -> None:
    """Keep a verdict, who gave it and why, in the queue that the pages write too; the next run takes it and is bound by it.

    Args:
        home: the warehouse's home folder.
        review_id: a pair of match_review.
        decision: the verdict, who decides, and why in words.

    Raises:
        ValueError: when there is no such pair, or the answer cannot be kept: the words hold a plain number.
    """
    verdict, by, why = decision
    if open_pairs(home).filter(pl.col("review_id") == review_id).is_empty():
        raise ValueError(f"no open pair is called {review_id}; `yidang decide` without a pair lists them")
    program = [sys.executable, "-m", "dashboards.answers.write_answer", str(home), "decision", review_id, verdict, by, why]
    told = subprocess.run(program, check=False, capture_output=True, text=True)  # noqa: S603 - our own program
    if told.returncode:
        raise ValueError(f"the answer was not kept: {told.stderr.strip() or 'the queue cannot be written'}")
