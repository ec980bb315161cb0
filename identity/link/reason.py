"""Which rule brought each record to its person.

Not here: the words for it (identity/explain).
"""

import polars as pl

from identity.rules.rule_book import RuleBook


def link_reasons(members: pl.DataFrame, edges: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """`rid`, `linked_by` (tag), `match_weight` (bits; 0 for a record alone): the strongest reason that holds inside the cluster.

    Args:
        members: `rid`, `node`, `cluster`, `number`.
        edges: Weighed pairs of nodes.
        book: The rule book.
    """
    number = book.rule("id_number")
    cluster = members.select("node", "cluster").unique("node").sort("node")
    inside = edges.join(cluster.rename({"node": "left"}), "left").join(cluster.rename({"node": "right"}), ["right", "cluster"])
    ends = pl.concat([inside.select("weight", "rule", node=end) for end in ("left", "right")])
    best = ends.sort("weight", "rule", descending=[True, False]).unique("node", keep="first", maintain_order=True)
    joined = members.select("rid", "node").join(best, "node", "left", maintain_order="left")
    by_number = pl.col("node").is_duplicated() & (pl.col("weight").fill_null(0.0) <= number.weight)
    return joined.select(
        "rid",
        linked_by=pl.when(by_number).then(pl.lit(number.tag)).otherwise(pl.col("rule").fill_null(book.single.tag)),
        match_weight=pl.when(by_number).then(pl.lit(number.weight)).otherwise(pl.col("weight").fill_null(0.0)),
    )
