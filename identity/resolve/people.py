"""From person records to clusters of records, each one person.

Not here: identifiers (identity/ids), the log.
"""

from dataclasses import dataclass, replace

import polars as pl

from identity.cluster.clusters import cluster_nodes
from identity.cluster.cut import Refusal
from identity.evidence.coded import as_text, plain
from identity.evidence.hashed import hashed_name
from identity.evidence.ownership import settle_ownership
from identity.evidence.records import prepare_records
from identity.evidence.unconfirmed import demote_unconfirmed
from identity.frames import REF
from identity.link.candidates import find_candidates
from identity.link.counted import Counted, supplemented
from identity.link.edges import build_edges
from identity.link.frequency import Frequencies, count_frequencies
from identity.link.nodes import build_nodes
from identity.link.reason import link_reasons
from identity.link.weigh import least_weight, weigh
from identity.resolve.decided import barred_nodes, find_decided, node_pairs
from identity.rules.rule_book import RuleBook

_KEPT = ("rid", "node", "mobile", "source_updated_at", "token_number", "token_slot")


@dataclass(frozen=True)
class Around:
    """What a part of a population is solved beside.

    Attributes:
        frequencies: Those of all.
        beside: `rid` of records that are counted, and bear on whose a number is, and are not linked themselves.
        borne: Hashes of the names that somebody with a number bears who is not among these records.
    """

    frequencies: Counted
    beside: pl.Series
    borne: pl.Series


@dataclass(frozen=True)
class People:
    """Clustered records.

    Attributes:
        members: One row a record, by `rid` (its place among the records): `cluster`, `linked_by`, `match_weight`, what its tokens
            are made of, hashes of its names (`name`, `former`), and whether they are those of a known number (`is_numbered`).
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
    owned = settle_ownership(prepare_records(records, book), book)
    decided = find_decided(decisions, records.select(*REF).with_row_index("rid"))
    settled_records = demote_unconfirmed(owned.records)
    nodes = build_nodes(settled_records, decided.apart, book)
    counted = count_frequencies(nodes, book, around.frequencies.shares if around else None)
    if around:
        counted = supplemented(counted, around.frequencies, around.borne)
        settled_records = settled_records.filter(~pl.col("rid").is_in(around.beside.implode()))
        nodes = build_nodes(settled_records, decided.apart, book, counted.phones)
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


def _bearing() -> dict[str, pl.Expr]:
    """What a record shows of the names that it bears: in usual characters, a damaged one as it is written."""
    return {
        "name": hashed_name(pl.coalesce(as_text("name_token"), as_text("name_key"))),
        "former": hashed_name(as_text("former_token")),
        "is_numbered": pl.col("number").is_not_null(),
    }
