"""From person records to clusters of records, each one person.

Not here: identifiers (identity/ids), the log.
"""

from dataclasses import dataclass, replace

import polars as pl

from identity.cluster.clusters import cluster_nodes
from identity.cluster.cut import Refusal
from identity.evidence.coded import coded, plain
from identity.evidence.ownership import settle_ownership
from identity.evidence.records import prepare_records
from identity.evidence.unconfirmed import demote_unconfirmed
from identity.frames import REF
from identity.link.candidates import find_candidates
from identity.link.edges import build_edges
from identity.link.frequency import Frequencies, as_stored, count_frequencies
from identity.link.nodes import build_nodes
from identity.link.reason import link_reasons
from identity.link.weigh import least_weight, weigh
from identity.resolve.decided import barred_nodes, find_decided, node_pairs
from identity.rules.rule_book import RuleBook

_KEPT = ("rid", "node", "mobile", "source_updated_at", "token_number", "token_slot")


@dataclass(frozen=True)
class People:
    """Clustered records.

    Attributes:
        members: One row a record, by `rid` (its place among the records): `cluster`, `linked_by`, `match_weight`, and what its
            tokens are made of.
        refusals: Edges that were not followed.
        disputes: Names that lost a number (`left`, `right`: rid; `why`).
        frequencies: Those that it was weighed with, in plain text.
    """

    members: pl.DataFrame
    refusals: list[Refusal]
    disputes: pl.DataFrame
    frequencies: Frequencies


def find_people(
    records: pl.DataFrame,
    decisions: pl.DataFrame,
    book: RuleBook,
    frequencies: Frequencies | None = None,
    beside: pl.Series | None = None,
) -> People:
    """Link and cluster the records of int_person__record.

    Args:
        records: All of them, or a part; by ref, and each ref once.
        decisions: What people decided.
        book: The rule book.
        frequencies: Those of the whole population, where the records are a part of it; else they are counted here.
        beside: `rid` of records that are counted, and bear on whose a number is, and are not linked themselves.
    """
    owned = settle_ownership(prepare_records(records, book), book)
    decided = find_decided(decisions, records.select(*REF).with_row_index("rid"))
    settled_records = demote_unconfirmed(owned.records)
    nodes = build_nodes(settled_records, decided.apart, book)
    counted = count_frequencies(nodes, book, frequencies.shares if frequencies else None)
    if frequencies:
        counted = supplemented(frequencies, counted)
        if beside is not None:
            settled_records = settled_records.filter(~pl.col("rid").is_in(beside.cast(pl.Int64).implode()))
        nodes = build_nodes(settled_records, decided.apart, book, counted.phones)
    weighed = weigh(find_candidates(nodes, counted, book), nodes, counted, book)
    least = least_weight(weighed, counted.people, book) if counted.least is None else counted.least
    counted = replace(counted, least=least)
    edges = build_edges(weighed, nodes, node_pairs(decided.same, nodes.members), book, least)
    clusters = cluster_nodes(nodes, edges, barred_nodes(decided, nodes.members), book)
    members = nodes.members.select(_KEPT).join(clusters.members, "node", "left", maintain_order="left")
    members = members.join(link_reasons(members, edges, book), "rid", maintain_order="left")
    settled = pl.concat([decided.same, decided.different])
    disputes = owned.disputes.join(settled, ["left", "right"], "anti", maintain_order="left")
    disputes = disputes.filter(pl.col(side).is_in(members["rid"].implode()) for side in ("left", "right"))
    return People(plain(members), clusters.refusals, disputes, as_stored(counted))


def supplemented(known: Frequencies, counted: Frequencies) -> Frequencies:
    """What a part of the population tells, with the frequencies of all; its own for what nobody told before."""
    part = as_stored(counted)

    def both(old: pl.DataFrame, new: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
        return coded(pl.concat([old.join(new, keys, "semi"), new.join(old, keys, "anti")]))

    return Frequencies(
        people=known.people,
        holders=both(known.holders, part.holders, ["field", "value"]),
        phones=both(known.phones, part.phones, ["value"]),
        borne=coded(pl.concat([known.borne, part.borne]).unique()),
        crowded=coded(known.crowded),
        shares=known.shares,
        least=known.least,
    )
