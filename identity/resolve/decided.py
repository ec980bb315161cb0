"""What people decided, as pairs of the records and nodes of this run.

Not here: the decisions themselves (identity/log/decision.py), following them (identity/cluster/cut.py).
"""

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from identity.frames import REF


@dataclass(frozen=True)
class Decided:
    """Decisions as pairs of `rid` (`left`, `right`); of records that are not here, nothing."""

    same: pl.DataFrame
    different: pl.DataFrame

    @property
    def apart(self) -> list[int]:
        """Every record that people set apart from another."""
        return sorted({*self.different["left"].to_list(), *self.different["right"].to_list()})


def find_decided(decisions: pl.DataFrame, records: pl.DataFrame) -> Decided:
    """The decisions on records that are here."""
    pairs = decisions.select("verdict", *(f"{side}_{part}" for side in ("left", "right") for part in ("system", "entity", "key")))
    for side in ("left", "right"):
        known = records.select(pl.col("rid").alias(side), *(pl.col(name).alias(name.replace("source", side)) for name in REF))
        pairs = pairs.join(known, [f"{side}_{part}" for part in ("system", "entity", "key")])
    chosen = {
        verdict: pairs.filter(pl.col("verdict") == verdict).select("left", "right").sort("left", "right")
        for verdict in ("same", "different")
    }
    return Decided(chosen["same"], chosen["different"])


def barred_nodes(decided: Decided, members: pl.DataFrame) -> dict[int, set[int]]:
    """Pairs of nodes that must not come together, both ways."""
    barred: dict[int, set[int]] = defaultdict(set)
    for left, right in node_pairs(decided.different, members).iter_rows():
        barred[left].add(right)
        barred[right].add(left)
    return dict(barred)


def node_pairs(pairs: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Pairs of `rid` as pairs of nodes (`left`, `right`)."""
    named = members.select(left="rid", left_node="node")
    both = pairs.join(named, "left").join(named.rename({"left": "right", "left_node": "right_node"}), "right")
    return both.select(left="left_node", right="right_node").sort("left", "right")
