"""Profiles of the nodes that stand in doubtful components, and which components are doubtful.

Not here: what contradicts what (identity/cluster/profile.py).
"""

from collections import defaultdict
from typing import Any

import polars as pl

from identity.cluster.profile import Profile
from identity.evidence.coded import as_text, plain
from identity.evidence.numbers import LENGTH, contradicts_mask, count_wrong_digits, fit_masks, is_near
from identity.link.nodes import Nodes
from identity.plan import done
from identity.rules.rule_book import Vetoes

Barred = dict[int, set[int]]
_TEXT = as_text("value")


def doubtful_components(labels: pl.DataFrame, nodes: Nodes, barred: Barred, vetoes: Vetoes) -> pl.Series:
    """Components (`label`) in which two nodes contradict each other (identity/cluster/profile.py); the rest is consistent.

    Args:
        labels: `node`, `label` of every node in a component of several, by node.
        nodes: What the nodes say.
        barred: Pairs of nodes that people set apart, both ways.
        vetoes: What contradicts what.
    """
    if labels.is_empty():
        return labels["label"]
    numbers = nodes.numbers.drop_nulls("slot")
    long = numbers.filter("is_long").select("node", "value")
    traces = _failed(nodes).filter(pl.col("value").cat.len_chars() == LENGTH)
    sexes = nodes.sexes.select("node", "value")
    found = [
        _numbers_differ(_pairs(labels, numbers, numbers), vetoes),
        _births_differ(_pairs(labels, nodes.births, nodes.births), vetoes),
        _pairs(labels, sexes, sexes),
        _masks_differ(_pairs(labels, nodes.masks, pl.concat([nodes.masks, long]))),
        _too_far(_pairs(labels, traces, long), vetoes),
        labels.filter(pl.col("node").is_in(list(barred))),
    ]
    return pl.concat([frame["label"] for frame in found]).unique().sort()


def _pairs(labels: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Different values (`value`, `value_right`, as text) that two nodes of one component tell."""
    ours = done(left.lazy().join(labels.lazy(), "node"))
    known = right.lazy().join(labels.lazy(), "node").filter(pl.col("label").is_in(ours["label"].unique().implode()))
    theirs, mine = done(known).lazy(), ours.lazy()
    value = pl.col("value").to_physical()
    values = pl.concat([mine.select("label", "value"), theirs.select("label", "value")])
    several = values.group_by("label").agg(is_several=value.min() != value.max()).filter("is_several")
    pairs = mine.join(several, "label", "semi").join(theirs, "label").filter(pl.col("node") != pl.col("node_right"))
    return plain(done(pairs.filter(pl.col("value") != pl.col("value_right"))))


def _numbers_differ(pairs: pl.DataFrame, vetoes: Vetoes) -> pl.DataFrame:
    same_slot = pairs.filter(pl.col("slot") == pl.col("slot_right"))
    is_slip = count_wrong_digits(same_slot["value"], same_slot["value_right"]) <= 1
    return same_slot.filter(~(is_slip & same_slot["slot"].is_in(list(vetoes.unchecked))))


def _births_differ(pairs: pl.DataFrame, vetoes: Vetoes) -> pl.DataFrame:
    dates = pairs.select(pl.col("value", "value_right").str.to_date())
    return pairs.filter(
        pl.Series([not is_near(left, right, vetoes.birth_slip) for left, right in dates.iter_rows()], dtype=pl.Boolean)
    )


def _masks_differ(pairs: pl.DataFrame) -> pl.DataFrame:
    unlike = pairs.filter(~fit_masks(pairs["value"], pairs["value_right"]))
    far = [contradicts_mask(*pair) for pair in unlike.select("value", "value_right").iter_rows()]
    return unlike.filter(pl.Series(far, dtype=pl.Boolean))


def _too_far(pairs: pl.DataFrame, vetoes: Vetoes) -> pl.DataFrame:
    return pairs.filter(count_wrong_digits(pairs["value"], pairs["value_right"]) > vetoes.evidence_most_wrong_digits)


def _failed(nodes: Nodes) -> pl.DataFrame:
    """Numbers that failed their check."""
    return nodes.traces.filter(pl.col("kind") != "shared").select("node", "value")


def build_profiles(wanted: pl.DataFrame, nodes: Nodes, barred: Barred) -> dict[int, Profile]:
    """A profile for each `node` of `wanted`."""
    parts: dict[str, dict[int, set[Any]]] = {
        "births": _sets(wanted, nodes.births, as_text("value").str.to_date()),
        "sexes": _sets(wanted, nodes.sexes.filter("is_firm").select("node", "value")),
        "said_sexes": _sets(wanted, nodes.sexes.filter(~pl.col("is_firm")).select("node", "value")),
        "masks": _sets(wanted, nodes.masks),
        "traces": _sets(wanted, _failed(nodes)),
    }
    numbers: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for node, slot, value in (
        plain(nodes.numbers.drop_nulls("slot").join(wanted, "node", "semi")).select("node", "slot", "value").iter_rows()
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


def _sets(wanted: pl.DataFrame, values: pl.DataFrame, value: pl.Expr = _TEXT) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = defaultdict(set)
    for node, told in values.join(wanted, "node", "semi").select("node", value).iter_rows():
        found[node].add(told)
    return found
