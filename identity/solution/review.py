"""The queue of a solution: its refused links and disputed numbers, as pairs of residents.

Not here: which of them people are asked about, and in which words (identity/review/queue.py).
"""

import polars as pl

from identity.cluster.cut import Edge, Refusal
from identity.frames import REF
from identity.review.queue import build_review
from identity.rules.rule_book import RuleBook
from identity.solution.numbering import hashed_refs
from identity.solution.solution import Solution


def review_of(solution: Solution, members: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, key: bytes) -> pl.DataFrame:
    """The pairs that people must decide (columns of REVIEW).

    Args:
        solution: What was found.
        members: Its members by ref, with `resident_id`.
        decisions: What people decided (columns of DECISION).
        book: The rule book.
        key: Makes the identifiers of the pairs.
    """
    members = members.select("no", *REF, "ref", "resident_id")
    decided = _decided(decisions, members)
    ends = [pairs[side] for pairs in (solution.refusals, solution.disputes, decided) for side in ("left", "right")]
    ranked = members.with_row_index("rid").filter(pl.col("no").is_in(pl.concat(ends).unique().implode()))
    ranked = ranked.with_columns(pl.col("rid").cast(pl.Int64))
    refusals = [
        Refusal(Edge(left, right, weight, rule), tuple(why))
        for left, right, weight, rule, why in _ranked(solution.refusals, ranked).iter_rows()
    ]
    return build_review(ranked, refusals, _ranked(solution.disputes, ranked), _ranked(decided, ranked), book=book, key=key)


def _decided(decisions: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The verdicts on records that are here: `left`, `right` (`no`), `verdict`, `seen_score`, `seen_vetoes`."""
    pairs = decisions.select(pl.exclude("by", "why", "at", "sequence"))
    sides = [decisions.select(pl.col(name.replace("source", side)).alias(name) for name in REF) for side in ("left", "right")]
    members = members.filter(pl.col("ref").is_in(hashed_refs(pl.concat(sides)).implode()))
    for side in ("left", "right"):
        known = members.select(pl.col("no").alias(side), *(pl.col(name).alias(name.replace("source", side)) for name in REF))
        pairs = pairs.join(known, [name.replace("source", side) for name in REF])
    return pairs.select("left", "right", "verdict", "seen_score", "seen_vetoes")


def _ranked(pairs: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Pairs of `no` as pairs of ranks of the ref, the smaller one first: numbers depend on the past, refs do not."""
    ends = [pl.col(side).replace_strict(members["no"], members["rid"], return_dtype=pl.Int64) for side in ("left", "right")]
    return pairs.with_columns(left=pl.min_horizontal(ends), right=pl.max_horizontal(ends)).sort("left", "right")
