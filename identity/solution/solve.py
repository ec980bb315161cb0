"""The whole population, or a part of it, solved anew.

Not here: which part (identity/solution/reach.py), the steps of linking (identity/resolve/people.py).
"""

from dataclasses import dataclass, replace

import polars as pl

from identity.cluster.components import connected_components
from identity.evidence.ownership import Settled
from identity.frames import REF, conform
from identity.link.counted import as_counted
from identity.link.frequency import Frequencies
from identity.resolve.people import Around, People, find_people
from identity.rules.rule_book import RuleBook
from identity.solution.borrowers import read_birth, told_name, told_number
from identity.solution.claims import claimed
from identity.solution.index import key_index
from identity.solution.keys import KEY, record_keys
from identity.solution.solution import CLUSTER_TOKEN, DISPUTE, MEMBER, NO, REFUSAL, Solution
from identity.token.frame import token_frame


@dataclass(frozen=True)
class Part:
    """Some records solved: the frames of a Solution that tell of them, and what the tokens of each cluster are made of."""

    members: pl.DataFrame
    refusals: pl.DataFrame
    disputes: pl.DataFrame
    bearing: pl.DataFrame
    frequencies: Frequencies


def solve_all(records: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, key: bytes, *, is_kept: bool = True) -> Solution:
    """Solve everybody.

    Args:
        records: int_person__record as numbered_records gives it.
        decisions: What people decided.
        book: The rule book.
        key: Makes the tokens.
        is_kept: Whether a later run goes on from here; else nobody asks for the keys, and none are made.
    """
    numbered = records.with_row_index("no")
    part = solve_part(numbered, decisions, book)
    counted = as_counted(part.frequencies if is_kept else part.frequencies.nothing())
    index = key_index(record_keys(numbered, book) if is_kept else pl.DataFrame(schema=KEY))
    disputed = claimed(numbered if is_kept else numbered.clear())
    heard = int(decisions["sequence"].max() or 0)  # type: ignore[arg-type]
    return Solution(
        part.members, part.refusals, part.disputes, cluster_tokens(part.bearing, key), index, disputed, counted, heard
    )


def solve_part(
    records: pl.DataFrame,
    decisions: pl.DataFrame,
    book: RuleBook,
    around: Around | None = None,
) -> Part:
    """Solve these records as if there were no others, but for what is told of those around them.

    Args:
        records: As numbered_records gives them (by ref, each once), with `no`.
        decisions: What people decided.
        book: The rule book.
        around: What is around them, records as `no`; null: there are no others.
    """
    people = find_people(records, decisions, book, _placed(around, records) if around else None)
    as_no = pl.col("left", "right").map_batches(records["no"].gather, return_dtype=NO)
    refusals = conform(_refusals(people).with_columns(as_no), REFUSAL).sort("left", "right")
    is_live = pl.col("is_live").fill_null(value=True)
    told = records.select(*REF, is_live, told_name(book.names), told_number(), "id_number", "no", "ref", "digest")
    members = people.members.join(told.with_row_index("rid"), "rid", "left", maintain_order="left")
    members = members.with_columns(read_birth(pl.col("born")))
    members = members.with_columns(pl.col("node").map_batches(records["no"].gather, return_dtype=NO))
    members = members.with_columns(cluster=pl.col("no").min().over("cluster"))
    return Part(
        members=conform(_with_components(members, refusals), MEMBER),
        refusals=refusals,
        disputes=conform(people.disputes.with_columns(as_no), DISPUTE),
        bearing=_bearing(members, book),
        frequencies=people.frequencies,
    )


def _placed(around: Around, records: pl.DataFrame) -> Around:
    """With the places of those that are told as `no`."""
    told = around.settled
    settled = Settled(*(_places(part, records) for part in (told.asked, told.lost))) if told else None
    return replace(around, beside=_places(around.beside, records), settled=settled)


def _places(numbers: pl.Series, records: pl.DataFrame) -> pl.Series:
    return records.select(pl.col("no").is_in(numbers.implode()).arg_true()).to_series()


def _refusals(people: People) -> pl.DataFrame:
    rows = [(r.edge.left, r.edge.right, r.edge.weight, r.edge.rule, list(r.why)) for r in people.refusals]
    return pl.DataFrame(rows, schema={**REFUSAL} | {"left": pl.Int64, "right": pl.Int64}, orient="row")


def _with_components(members: pl.DataFrame, refusals: pl.DataFrame) -> pl.DataFrame:
    """Add `component`: clusters, and what was refused between them."""
    links = pl.concat([members.select(left="no", right="cluster"), refusals.select("left", "right")]).cast(pl.Int64)
    size = int(members["no"].max() or 0) + 1  # type: ignore[arg-type]
    root = pl.Series("component", connected_components(size, links["left"].to_numpy(), links["right"].to_numpy()))
    return members.with_columns(root.gather(members["no"]))


def _bearing(members: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Owned numbers ranked by kind (as vetoes.yaml lists them; others last), and phones, of the records of each cluster."""
    rank = {slot.slot: place for place, slot in enumerate(book.vetoes.slots)}
    ranks = pl.col("token_slot").replace_strict(rank, default=len(rank), return_dtype=pl.Int32)
    return members.select("mobile", "source_updated_at", "rid", "cluster", number="token_number", slot_rank=ranks)


def cluster_tokens(bearing: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Tokens of clusters (columns of CLUSTER_TOKEN, no names), by cluster.

    Args:
        bearing: Part.bearing of all records of these clusters.
        key: Makes the tokens.
    """
    tokens = token_frame(bearing.rename({"cluster": "resident_id"}), key).rename({"resident_id": "cluster"})
    return conform(tokens, CLUSTER_TOKEN).sort("cluster")
