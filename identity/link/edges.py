"""All edges between nodes: by evidence, by decision, and by number where people pulled a node apart.

Not here: candidates and weights themselves (candidates.py, weigh.py).
"""

import polars as pl

from identity.frames import conform
from identity.link.nodes import Nodes, first_holders
from identity.link.weigh import EDGE, decided_edges
from identity.rules.rule_book import RuleBook


def build_edges(weighed: pl.DataFrame, nodes: Nodes, same: pl.DataFrame, book: RuleBook, least: float) -> pl.DataFrame:
    """The strongest edge of each pair of nodes: `left` < `right`, `weight`, `rule`.

    Args:
        weighed: Pairs with their weights (identity/link/weigh.py).
        nodes: What the nodes say.
        same: Pairs of nodes that people called one person.
        book: The rule book.
        least: The lowest weight that is linked.
    """
    strong = conform(weighed.filter(pl.col("weight") >= least), EDGE)
    edges = pl.concat([strong, decided_edges(same, book), _same_number(nodes, book)])
    return (
        edges.sort("weight", "rule", descending=[True, False])
        .unique(["left", "right"], keep="first", maintain_order=True)
        .sort("left", "right")
    )


def _same_number(nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """Nodes that hold one number, because people set some of its records apart."""
    rule = book.rule("id_number")
    held = first_holders(nodes.members).select("number", "node").filter(pl.col("number").is_duplicated())
    pairs = (
        held.join(held, "number").filter(pl.col("node") < pl.col("node_right")).select(left="node", right="node_right").unique()
    )
    return conform(pairs.with_columns(weight=pl.lit(rule.weight), rule=pl.lit(rule.tag)), EDGE)
