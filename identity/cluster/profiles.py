"""Profiles of the nodes that stand in doubtful components, and which components are doubtful.

Not here: what contradicts what (identity/cluster/profile.py).
"""

from collections import defaultdict
from typing import Any

import polars as pl

from identity.cluster.profile import Profile
from identity.link.nodes import Nodes

Barred = dict[int, set[int]]


def doubtful_components(labels: pl.DataFrame, nodes: Nodes, barred: Barred) -> pl.Series:
    """Components (`label`) of several nodes where more than one value of anything firm stands; the rest is consistent as it is.

    Args:
        labels: `node`, `label` of every node in a component of several.
        nodes: What the nodes say.
        barred: Pairs of nodes that people set apart, both ways.
    """
    traces = nodes.traces.filter(pl.col("kind") != "shared").select("node", "value")
    numbers = nodes.numbers.select("node", pl.lit("n:").alias("group") + pl.col("slot"), "value").drop_nulls()
    digits = pl.concat([nodes.numbers.select("node", "value"), nodes.masks, traces])
    statements = pl.concat(
        [numbers.select("node", "group", "value")]
        + [
            frame.select("node", group=pl.lit(group), value=pl.col("value").cast(pl.String))
            for group, frame in (("birth", nodes.births), ("sex", nodes.sexes), ("digits", digits))
        ]
    )
    several = (
        statements.join(labels, "node")
        .group_by("label", "group")
        .agg(values=pl.col("value").n_unique())
        .filter(pl.col("values") > 1)
    )
    decided = labels.filter(pl.col("node").is_in(list(barred)))["label"]
    return pl.concat([several["label"], decided]).unique().sort()


def build_profiles(wanted: pl.DataFrame, nodes: Nodes, barred: Barred) -> dict[int, Profile]:
    """A profile for each `node` of `wanted`."""
    parts: dict[str, dict[int, set[Any]]] = {
        "births": _sets(wanted, nodes.births),
        "sexes": _sets(wanted, nodes.sexes.filter("is_firm").select("node", "value")),
        "said_sexes": _sets(wanted, nodes.sexes.filter(~pl.col("is_firm")).select("node", "value")),
        "masks": _sets(wanted, nodes.masks),
        "traces": _sets(wanted, nodes.traces.filter(pl.col("kind") != "shared").select("node", "value")),
    }
    numbers: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for node, slot, value in (
        nodes.numbers.drop_nulls("slot").join(wanted, "node", "semi").select("node", "slot", "value").iter_rows()
    ):
        numbers[node].add((slot, value))
    return {
        node: Profile(
            nodes=frozenset([node]),
            numbers=frozenset(numbers[node]),
            barred=frozenset(barred.get(node, ())),
            **{name: frozenset(values[node]) for name, values in parts.items()},
        )
        for node in wanted["node"].to_list()
    }


def _sets(wanted: pl.DataFrame, values: pl.DataFrame) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = defaultdict(set)
    for node, value in values.join(wanted, "node", "semi").select("node", "value").iter_rows():
        found[node].add(value)
    return found
