"""From person records to clusters of records, each one person.

Not here: identifiers (identity/ids), the log.
"""

from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from identity.cluster.clusters import cluster_nodes
from identity.cluster.cut import Refusal
from identity.evidence.coded import as_text, plain
from identity.evidence.hashed import hashed_name
from identity.evidence.ownership import Settled, settle_ownership
from identity.evidence.records import prepare_records
from identity.evidence.unconfirmed import demote_unconfirmed
from identity.frames import REF
from identity.link.candidates import find_candidates
from identity.link.counted import NOBODY, Counted, Outside, claims_among, supplemented
from identity.link.edges import build_edges
from identity.link.frequency import Frequencies, count_frequencies
from identity.link.nodes import Nodes, build_nodes
from identity.link.reason import link_reasons
from identity.link.weigh import least_weight, weigh
from identity.resolve.decided import barred_nodes, find_decided, node_pairs
from identity.rules.rule_book import RuleBook

_KEPT = ("rid", "node", "mobile", "source_updated_at", "token_number", "token_slot")


@dataclass(frozen=True)
class Around:
    """What a part of a population is solved beside.

    Attributes:
        frequencies: Those of all, but for what is to be counted anew.
        beside: `rid` of records that bear on whose a number is, or where a household lives, and are not linked themselves.
        borne: Hashes of the names that somebody with a number bears who is not among these records.
        settled: What is known of whose number it is; null: nothing.
        outside: What others tell that is to be counted anew.
    """

    frequencies: Counted
    beside: pl.Series
    borne: pl.Series
    settled: Settled | None = None
    outside: Outside = NOBODY


@dataclass(frozen=True)
class People:
    """Clustered records.

    Attributes:
        members: One row a record, by `rid` (its place among the records): `cluster`, `linked_by`, `match_weight`, what its tokens
            are made of, its `node` (the smallest `rid` of those that hold one number), hashes of its names (`name`, `former`),
            the birth date that its number or its source tells (`born`), whether its names are those of a known number
            (`is_numbered`), and whether the number it tells is another's (`is_lost`).
        refusals: Edges that were not followed.
        disputes: Names that lost a number (`left`, `right`: rid; `why`).
        frequencies: Those that it was weighed with.
    """

    members: pl.DataFrame
    refusals: list[Refusal]
    disputes: pl.DataFrame
    frequencies: Frequencies


def find_people(
    records: pl.DataFrame,
    decisions: pl.DataFrame,
    book: RuleBook,
    around: Around | None = None,
) -> People:
    """Link and cluster the records of int_person__record.

    Args:
        records: All of them, or a part; by ref, and each ref once.
        decisions: What people decided.
        book: The rule book.
        around: Where the records are a part of a population, what is known of all of it; else it is counted here.
    """
    owned = settle_ownership(prepare_records(records, book), book, around.settled if around else None)
    decided = find_decided(decisions, records.select(*REF).with_row_index("rid"))
    nodes, counted = _counted(demote_unconfirmed(owned.records), decided.apart, book, around)
    weighed = weigh(find_candidates(nodes, counted, book), nodes, counted, book)
    least = least_weight(weighed, counted.people, book) if counted.least is None else counted.least
    counted = replace(counted, least=least)
    edges = build_edges(weighed, nodes, node_pairs(decided.same, nodes.members), book, least)
    clusters = cluster_nodes(nodes, edges, barred_nodes(decided, nodes.members), book)
    members = nodes.members.select(*_KEPT, **_bearing()).join(clusters.members, "node", "left", maintain_order="left")
    members = members.join(link_reasons(members, edges, book), "rid", maintain_order="left")
    settled = pl.concat([decided.same, decided.different])
    disputes = owned.disputes.join(settled, ["left", "right"], "anti", maintain_order="left")
    disputes = disputes.filter(pl.col(side).is_in(members["rid"].implode()) for side in ("left", "right"))
    return People(plain(members), clusters.refusals, disputes, counted)


def _counted(records: pl.DataFrame, apart: list[int], book: RuleBook, around: Around | None) -> tuple[Nodes, Frequencies]:
    """The nodes of settled records, and the frequencies of all."""
    if not around:
        nodes = build_nodes(records, apart, book)
        return nodes, count_frequencies(nodes, book)
    known, outside = around.frequencies, around.outside
    mine = records.filter(~pl.col("rid").is_in(around.beside.implode()))
    nodes = build_nodes(mine, apart, book, partial(claims_among, known=known, outside=outside))
    return nodes, supplemented(count_frequencies(nodes, book, known.shares), known, around.borne, outside)


def _bearing() -> dict[str, pl.Expr]:
    """What a record shows of the names that it bears: in usual characters, a damaged one as it is written."""
    return {
        "name": hashed_name(pl.coalesce(as_text("name_token"), as_text("name_key"))),
        "former": hashed_name(as_text("former_token")),
        "born": pl.coalesce("number_birth", "own_birth"),
        "is_numbered": pl.col("number").is_not_null(),
        "is_lost": pl.col("shared_number").is_not_null(),
    }
