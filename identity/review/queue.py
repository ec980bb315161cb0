"""The pairs that people must decide, with reasons in Chinese and without any plain identifier.

Not here: showing them (dashboards), the decisions (identity/log/decision.py).
"""

import polars as pl

from identity.cluster.cut import Refusal
from identity.frames import REF, REVIEW, conform
from identity.ids.given import NOTHING
from identity.ids.mint import mint_all
from identity.review.reopened import reopened
from identity.rules.rule_book import RuleBook

_PAIR = {
    "left": pl.Int64,
    "right": pl.Int64,
    "score": pl.Float64,
    **dict.fromkeys(("reasons", "rule_code", "veto_codes"), pl.String),
}


def build_review(
    members: pl.DataFrame, refusals: list[Refusal], disputes: pl.DataFrame, decided: pl.DataFrame, *, book: RuleBook, key: bytes
) -> pl.DataFrame:
    """One row for each two residents that strong evidence would join, and something forbids it (columns of REVIEW).

    A verdict that later evidence contradicts comes back; where it joined two people, both sides are one resident.

    Args:
        members: `rid`, ref, `resident_id`.
        refusals: Edges that were not followed; their ends are nodes, which bear the name of their smallest record.
        disputes: `left`, `right` (rid), `why`: names that lost a number to another.
        decided: `left`, `right` (rid), and what DECISION says of the verdict.
        book: The rule book.
        key: Makes the review's identifiers.
    """
    number = book.rule("id_number")
    texts = book.vetoes.texts
    argued = [
        (*sorted((left, right)), float(number.weight), texts[why], number.code, why) for left, right, why in disputes.iter_rows()
    ]
    refused = [
        (refusal.edge.left, refusal.edge.right, refusal.edge.weight, _text(refusal, book), _code(refusal), ";".join(refusal.why))
        for refusal in refusals
        if _is_open(refusal, book)
    ]
    resident = dict(members.select("rid", "resident_id").iter_rows())
    again = reopened(decided, refusals, resident, book)
    asked = _open_pairs(pl.DataFrame([*argued, *refused], schema=_PAIR, orient="row"), members)
    asked = pl.concat([_with_records(pl.DataFrame(again, schema=_PAIR, orient="row"), members), asked])
    return _as_review(asked, key)


def _open_pairs(pairs: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The strongest pair of each two residents."""
    placed = _with_records(pairs, members)
    residents = [
        pl.min_horizontal("left_resident_id", "right_resident_id"),
        pl.max_horizontal("left_resident_id", "right_resident_id"),
    ]
    open_pairs = placed.filter(pl.col("left_resident_id") != pl.col("right_resident_id"))
    ranked = open_pairs.with_columns(one=residents[0], two=residents[1]).sort(
        "score", "left", "right", descending=[True, False, False]
    )
    return ranked.unique(["one", "two"], keep="first", maintain_order=True).drop("one", "two")


def _as_review(pairs: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """The pairs, each once, with their identifiers."""
    queue = pairs.unique(["left", "right"], keep="first", maintain_order=True)
    refs = queue.select(
        pl.concat_str(*(f"{side}_{part}" for side in ("left", "right") for part in ("system", "entity", "key")), separator="\x1f")
    )
    ids = mint_all("view", key, refs.to_series(), NOTHING)
    return conform(queue.with_columns(review_id=ids, state=pl.lit("open")), REVIEW)


def _is_open(refusal: Refusal, book: RuleBook) -> bool:
    """Whether people are to be asked: strong enough, and not decided already (unless decisions contradict each other)."""
    is_decided = refusal.is_overruled or ("decision" in refusal.why and not refusal.edge.rule.startswith("decision@"))
    return refusal.edge.weight >= book.weights.cut.review_least and not is_decided


def _text(refusal: Refusal, book: RuleBook) -> str:
    """`姓名与出生日期一致；但证件号均有效但不同`."""
    against = "；".join(book.vetoes.texts[why] for why in refusal.why)
    return f"{book.rule(_code(refusal)).zh}；不予合并：{against}"


def _code(refusal: Refusal) -> str:
    """The rule without its version."""
    return refusal.edge.rule.split("@")[0]


def _with_records(pairs: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    for side in ("left", "right"):
        names = {name: name.replace("source", side) for name in REF} | {"rid": side, "resident_id": f"{side}_resident_id"}
        pairs = pairs.join(members.select(*names).rename(names), side)
    return pairs
