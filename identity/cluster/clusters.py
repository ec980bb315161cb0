"""From weighed edges to clusters that are consistent as a whole.

Not here: weights (identity/link), the cutting of one component (identity/cluster/cut.py).
"""

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from identity.cluster.components import connected_components
from identity.cluster.cut import Edge, Refusal, cut_component
from identity.cluster.profiles import Barred, build_profiles, doubtful_components
from identity.evidence.coded import RID
from identity.link.nodes import Nodes
from identity.rules.rule_book import RuleBook


@dataclass(frozen=True)
class Clusters:
    """Outcome of clustering.

    Attributes:
        members: `node`, `cluster` (the smallest node in it), for every node.
        refusals: Edges that were not followed.
    """

    members: pl.DataFrame
    refusals: list[Refusal]


def cluster_nodes(nodes: Nodes, edges: pl.DataFrame, barred: Barred, book: RuleBook) -> Clusters:
    """Connected components; doubtful ones are cut at their weakest edges."""
    names = nodes.members.filter(pl.col("rid") == pl.col("node")).select("node").set_sorted("node")
    size = nodes.members.select(pl.col("rid").max() + 1).item() or 0  # a part of the records keeps its numbers
    roots = connected_components(size, *(edges[side].cast(pl.Int64).to_numpy() for side in ("left", "right")))
    labels = names.with_columns(cluster=pl.Series(roots).gather(names["node"]).cast(RID))
    linked = labels.filter(pl.col("cluster").is_duplicated()).rename({"cluster": "label"})
    doubtful = doubtful_components(linked, nodes, barred, book.vetoes)
    if doubtful.is_empty():
        return Clusters(labels, [])
    wanted = linked.filter(pl.col("label").is_in(doubtful.implode()))
    moved, refusals = _cut_all(wanted, edges, nodes, barred, book)
    members = labels.join(moved, "node", "left", maintain_order="left").select(
        "node", pl.coalesce("group", "cluster").alias("cluster")
    )
    return Clusters(members, refusals)


def _cut_all(
    wanted: pl.DataFrame, edges: pl.DataFrame, nodes: Nodes, barred: Barred, book: RuleBook
) -> tuple[pl.DataFrame, list[Refusal]]:
    """Cut every doubtful component: `node`, `group` of their nodes, and what was refused."""
    profiles = build_profiles(wanted, nodes, barred)
    inside = edges.join(wanted.rename({"node": "left"}), "left")
    by_label: dict[int, list[Edge]] = defaultdict(list)
    for left, right, weight, rule, label in inside.select("left", "right", "weight", "rule", "label").iter_rows():
        by_label[label].append(Edge(left, right, weight, rule))
    members: dict[int, list[int]] = defaultdict(list)
    for node, label in wanted.select("node", "label").iter_rows():
        members[label].append(node)
    moved: list[tuple[int, int]] = []
    refusals: list[Refusal] = []
    for label in sorted(members):
        cut = cut_component({node: profiles[node] for node in members[label]}, by_label[label], book)
        moved.extend(cut.group.items())
        refusals.extend(cut.refusals)
    return pl.DataFrame(moved, schema={"node": RID, "group": RID}, orient="row"), refusals
