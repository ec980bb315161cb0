"""What is counted over the whole population before anything is weighed.

A part of the records can be linked later with the numbers of all of them, and comes out as it would among all.
Not here: what a frequency is worth (identity/link/weigh.py), pairs (identity/link/candidates.py).
"""

from dataclasses import dataclass

import polars as pl

from identity.link.nodes import Nodes
from identity.rules.rule_book import RuleBook


@dataclass(frozen=True)
class Frequencies:
    """The population's statistics.

    Attributes:
        people: How many nodes there are.
        holders: `field`, `value`, `holders` (how many nodes tell it).
        phones: `value`, `names`, `sounds`, `records`: by how many named records, names and sounds of a name a phone is told.
        borne: `value`; names borne by somebody with a number, as they are written.
        crowded: `likeness`, `field`, `name`, `value`; what so many nodes share that it is no key (weights.yaml, largest_block).
    """

    people: int
    holders: pl.DataFrame
    phones: pl.DataFrame
    borne: pl.DataFrame
    crowded: pl.DataFrame


def count_frequencies(nodes: Nodes, book: RuleBook) -> Frequencies:
    """Count what the nodes of a whole population say."""
    told = {
        "name": nodes.names,
        "name_like": nodes.sounds,
        "birth_date": nodes.births,
        "phone": nodes.phones,
        "dwelling": nodes.dwellings,
        "household": pl.concat([nodes.dwellings, nodes.homes]),
        "building": nodes.buildings,
    }
    return Frequencies(
        people=nodes.members["node"].n_unique(),
        holders=pl.concat([_holders(values, field) for field, values in told.items()]).sort("field", "value"),
        phones=nodes.phone_claims,
        borne=nodes.names.join(nodes.numbers, "node", "semi").select("value").unique().sort("value"),
        crowded=_crowded(nodes, book.weights.guards.largest_block),
    )


def _holders(values: pl.DataFrame, field: str) -> pl.DataFrame:
    counted = values.group_by(pl.col("value").cast(pl.String)).agg(holders=pl.len())
    return counted.select(pl.lit(field).alias("field"), "value", "holders")


def _crowded(nodes: Nodes, block: int) -> pl.DataFrame:
    """Names and values that more than `block` nodes share; only what is crowded by itself can be crowded together."""
    kinds = {
        "name": nodes.names,
        "name_like": pl.concat([nodes.sounds, nodes.guesses]).unique(),
        "unnamed": pl.concat([nodes.dwellings, nodes.phones]),
    }
    fields = {
        "birth_date": nodes.births,
        "phone": nodes.phones,
        "dwelling": nodes.dwellings,
        "household": nodes.homes,
        "building": nodes.buildings,
        "id_repeated": nodes.traces.select("node", "value").unique(),
    }
    usual = {kind: _above(frame, block).rename({"value": "name"}) for kind, frame in kinds.items()}
    found = [
        usual[kind]
        .join(_above(values, block), "node")
        .group_by("name", "value")
        .len()
        .filter(pl.col("len") > block)
        .select(pl.lit(kind).alias("likeness"), pl.lit(field).alias("field"), "name", "value")
        for kind in kinds
        for field, values in fields.items()
    ]
    return pl.concat(found).sort("likeness", "field", "name", "value")


def _above(values: pl.DataFrame, block: int) -> pl.DataFrame:
    text = values.with_columns(pl.col("value").cast(pl.String))
    return text.filter(pl.len().over("value") > block)
