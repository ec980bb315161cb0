"""Verdicts that later evidence contradicts: they hold, and the pair comes back to people.

Not here: pairs that nobody has decided (identity/review/queue.py), how a verdict binds (identity/cluster/cut.py).
"""

from collections import defaultdict

import polars as pl

from identity.cluster.cut import Refusal
from identity.rules.rule_book import RuleBook

Pair = tuple[int, int, float, str, str, str]  # left and right rid, score, reasons, rule code, veto codes
_JOINED, _PARTED = "人工判定为同一人", "人工判定为不同的人"


def reopened(decided: pl.DataFrame, refusals: list[Refusal], resident: dict[int, str], book: RuleBook) -> list[Pair]:
    """Pairs whose verdict is contradicted by more than was seen when it was given.

    Args:
        decided: `left`, `right` (rid), `verdict`, `seen_score`, `seen_vetoes`; without what was seen, nothing comes back.
        refusals: Edges that were not followed, or were since people said so.
        resident: The identifier of every record that these name.
        book: The rule book.
    """
    known = decided.drop_nulls(["seen_score", "seen_vetoes"]).sort("left", "right")
    return [*_joined(known, refusals, resident, book), *_parted(known, refusals, resident, book)]


def _joined(decided: pl.DataFrame, refusals: list[Refusal], resident: dict[int, str], book: RuleBook) -> list[Pair]:
    """People joined by a verdict, against whom something speaks that stood before nobody's eyes."""
    against: dict[str, set[str]] = defaultdict(set)
    for refusal in refusals:
        if refusal.is_overruled:
            against[resident[refusal.edge.left]].update(refusal.why)
    same = [row for row in decided.filter(pl.col("verdict") == "same").iter_rows(named=True) if _is_one(row, resident)]
    seen: dict[str, set[str]] = defaultdict(set)
    for row in same:
        seen[resident[row["left"]]].update(row["seen_vetoes"])
    found = []
    for row in same:
        mine = resident[row["left"]]
        codes = [code for code in book.vetoes.texts if code in against[mine]]
        news = [code for code in codes if code not in seen[mine]]
        if news:
            reasons = f"{_JOINED}；此后出现：{'；'.join(book.vetoes.texts[code] for code in news)}"
            found.append((row["left"], row["right"], row["seen_score"], reasons, "decision", ";".join(codes)))
    return found


def _parted(decided: pl.DataFrame, refusals: list[Refusal], resident: dict[int, str], book: RuleBook) -> list[Pair]:
    """People set apart by a verdict, whom stronger evidence would join now."""
    strongest: dict[frozenset[str], Refusal] = {}
    for refusal in refusals:
        if "decision" in refusal.why and book.rule("decision").tag != refusal.edge.rule:
            both = frozenset((resident[refusal.edge.left], resident[refusal.edge.right]))
            last = strongest.get(both)
            if last is None or refusal.edge.weight > last.edge.weight:
                strongest[both] = refusal
    found = []
    for row in decided.filter(pl.col("verdict") == "different").iter_rows(named=True):
        now = strongest.get(frozenset((resident[row["left"]], resident[row["right"]])))
        if now and now.edge.weight > row["seen_score"] + book.weights.cut.tie:
            rule = book.rule(now.edge.rule.split("@")[0])
            reasons = f"{_PARTED}；此后出现更强证据：{rule.zh}"
            found.append((row["left"], row["right"], now.edge.weight, reasons, rule.code, ";".join(now.why)))
    return found


def _is_one(row: dict[str, int], resident: dict[int, str]) -> bool:
    return resident[row["left"]] == resident[row["right"]]
