"""What people decided, put onto the records of this run before they are linked.

Not here: the decisions themselves (identity/log/decision.py).
"""

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from identity.cluster.components import connected_components
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


def apply_same(records: pl.DataFrame, decided: Decided) -> pl.DataFrame:
    """Let records that people called one person contradict each other no more.

    Their numbers of one slot count as the first record's, in every record that bears them; what else could contradict is left to
    the first record.
    """
    if decided.same.is_empty():
        return records
    roots = connected_components(records.height, decided.same["left"].to_numpy(), decided.same["right"].to_numpy())
    records = records.with_columns(person=pl.Series(roots)).with_columns(is_bound=pl.len().over("person") > 1)
    bound = records.filter(pl.col("is_bound") & pl.col("number").is_not_null())
    firm = ("number", "id_number", "number_birth", "number_sex")
    first = bound.sort("rid").group_by("person", "slot", maintain_order=True).agg(pl.col(name).first() for name in firm)
    alias = (
        bound.select("person", "slot", bears="number")
        .join(first, ["person", "slot"])
        .unique("bears", maintain_order=True)
        .drop("person", "slot")
    )
    records = records.join(
        alias.rename({name: f"{name}_as" for name in firm}), left_on="number", right_on="bears", how="left", maintain_order="left"
    )
    is_alias = pl.col("number_as").is_not_null()
    follows = pl.col("is_bound") & (pl.col("person") != pl.col("rid"))
    return records.with_columns(
        number=pl.coalesce("number_as", "number"),
        id_number=pl.coalesce("id_number_as", "id_number"),
        birth=pl.when(is_alias).then(pl.col("number_birth_as")).otherwise(pl.when(~follows).then(pl.col("birth"))),
        sex=pl.when(is_alias).then(pl.col("number_sex_as")).otherwise(pl.when(~follows).then(pl.col("sex"))),
        id_visible=pl.when(~follows).then(pl.col("id_visible")),
        id_evidence=pl.when(~follows).then(pl.col("id_evidence")),
    )


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
