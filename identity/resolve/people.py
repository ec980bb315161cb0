"""From person records to clusters of records, each one person.

Not here: identifiers (identity/ids), the log.
"""

from dataclasses import dataclass

import polars as pl

from identity.cluster.clusters import cluster_nodes
from identity.cluster.cut import Refusal
from identity.evidence.ownership import settle_ownership
from identity.evidence.records import prepare_records
from identity.evidence.unconfirmed import demote_unconfirmed
from identity.link.edges import build_edges
from identity.link.frequency import Frequencies, count_frequencies
from identity.link.nodes import build_nodes
from identity.link.reason import link_reasons
from identity.resolve.decided import barred_nodes, find_decided, node_pairs
from identity.rules.rule_book import RuleBook


@dataclass(frozen=True)
class People:
    """Clustered records.

    Attributes:
        members: One row a record, sorted by ref: everything prepared, `cluster`, `linked_by`, `match_weight`.
        refusals: Edges that were not followed.
        disputes: Names that lost a number (`left`, `right`: rid; `why`).
        frequencies: Those that it was weighed with.
    """

    members: pl.DataFrame
    refusals: list[Refusal]
    disputes: pl.DataFrame
    frequencies: Frequencies


def find_people(records: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, frequencies: Frequencies | None = None) -> People:
    """Link and cluster the records of int_person__record.

    Args:
        records: All of them, or a part.
        decisions: What people decided.
        book: The rule book.
        frequencies: Those of the whole population, where the records are a part of it; else they are counted here.
    """
    owned = settle_ownership(prepare_records(records, book), book)
    decided = find_decided(decisions, owned.records)
    settled_records = demote_unconfirmed(owned.records)
    nodes = build_nodes(settled_records, decided.apart, book)
    counted = count_frequencies(nodes, book)
    if frequencies:
        counted = supplemented(frequencies, counted)
        nodes = build_nodes(settled_records, decided.apart, book, counted.phones)
    edges = build_edges(nodes, node_pairs(decided.same, nodes.members), book, counted)
    clusters = cluster_nodes(nodes, edges, barred_nodes(decided, nodes.members), book)
    members = nodes.members.join(clusters.members, "node", maintain_order="left")
    members = members.join(link_reasons(members, edges, book), "rid", maintain_order="left")
    settled = pl.concat([decided.same, decided.different])
    disputes = owned.disputes.join(settled, ["left", "right"], "anti", maintain_order="left")
    return People(members, clusters.refusals, disputes, counted)


def supplemented(known: Frequencies, counted: Frequencies) -> Frequencies:
    """What a part of the population tells, with the frequencies of all; its own for what nobody told before."""

    def both(old: pl.DataFrame, new: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
        return pl.concat([old.join(new, keys, "semi"), new.join(old, keys, "anti")]).sort(keys)

    return Frequencies(
        people=known.people,
        holders=both(known.holders, counted.holders, ["field", "value"]),
        phones=both(known.phones, counted.phones, ["value"]),
        borne=pl.concat([known.borne, counted.borne]).unique().sort("value"),
        crowded=known.crowded,
    )
