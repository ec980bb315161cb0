"""All edges between nodes: by evidence, by decision, and by number where people pulled a node apart.

Not here: candidates and weights themselves (candidates.py, weigh.py).
"""

import polars as pl

from identity.frames import conform
from identity.link.candidates import find_candidates
from identity.link.frequency import Frequencies, count_frequencies
from identity.link.nodes import Nodes, first_holders
from identity.link.weigh import EDGE, decided_edges, weigh
from identity.rules.rule_book import RuleBook


def build_edges(nodes: Nodes, same: pl.DataFrame, book: RuleBook, frequencies: Frequencies | None = None) -> pl.DataFrame:
    """The strongest edge of each pair of nodes: `left` < `right`, `weight`, `rule`.

    Args:
        nodes: What the nodes say.
        same: Pairs of nodes that people called one person.
        book: The rule book.
        frequencies: Those of the whole population, where these nodes are a part of it; else they are counted here.
    """
    known = frequencies or count_frequencies(nodes, book)
    weighed = weigh(find_candidates(nodes, known, book), nodes, known, book)
    edges = pl.concat([weighed, decided_edges(same, book), _same_number(nodes, book)])
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
