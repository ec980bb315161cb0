"""What is counted over the whole population before anything is weighed.

A part of the records can be linked later with the numbers of all of them (identity/link/counted.py), and comes out as it would
among all. Not here: what a frequency is worth (identity/link/weigh.py), pairs (identity/link/candidates.py).
"""

from dataclasses import dataclass, replace

import polars as pl

from identity.evidence.coded import CODED
from identity.frames import Columns
from identity.link.nodes import Nodes
from identity.link.shares import learn_shares
from identity.rules.rule_book import RuleBook

_CROWDED: Columns = dict.fromkeys(("likeness", "field", "name", "value"), CODED)


@dataclass(frozen=True)
class Frequencies:
    """The population's statistics.

    Attributes:
        people: How many nodes there are.
        holders: `field`, `value`, `holders` (how many nodes tell it); of a part of a population also `key` (link/counted.py).
        phones: `value`, `names`: by how many names a phone is told.
        borne: `value`; names borne by somebody with a number, as they are written.
        crowded: `likeness`, `field`, `name`, `value`; what so many nodes share that it is no key (weights.yaml, largest_block).
        shares: How often comparisons agree between records of one person, and between kin (identity/link/shares.py).
        least: The lowest weight (bits) that is linked; null before anything was weighed.
    """

    people: int
    holders: pl.DataFrame
    phones: pl.DataFrame
    borne: pl.DataFrame
    crowded: pl.DataFrame
    shares: pl.DataFrame
    least: float | None = None

    def nothing(self) -> "Frequencies":
        """What was learned, and no count."""
        return replace(self, holders=self.holders.clear(), phones=self.phones.clear())


def count_frequencies(nodes: Nodes, book: RuleBook, shares: pl.DataFrame | None = None) -> Frequencies:
    """Count what the nodes of a whole population say; values are coded.

    Args:
        nodes: The nodes.
        book: The rule book.
        shares: Those of the whole population, where these nodes are a part of it; else they are learned here. What is crowded
            within a part tells nothing, and is not counted.
    """
    told = {
        "name": nodes.names,
        "name_like": nodes.sounds,
        "birth_date": nodes.births,
        "phone": nodes.phones,
        "dwelling": nodes.dwellings,
        "household": pl.concat([nodes.dwellings, nodes.homes]),
        "building": nodes.buildings,
    }
    counted = {field: _counts(values) for field, values in told.items()}
    return Frequencies(
        people=nodes.members.select((pl.col("rid") == pl.col("node")).sum()).item(),
        holders=pl.concat([_holders(counts, field) for field, counts in counted.items()]),
        phones=nodes.phone_claims,
        borne=nodes.names.join(nodes.numbers, "node", "semi").select(pl.col("value").unique()),
        crowded=_crowded(nodes, counted, book.weights.guards.largest_block) if shares is None else pl.DataFrame(schema=_CROWDED),
        shares=learn_shares(nodes, book) if shares is None else shares,
    )


def _counts(values: pl.DataFrame) -> pl.DataFrame:
    return values.group_by("value").agg(holders=pl.len())


def _holders(counts: pl.DataFrame, field: str) -> pl.DataFrame:
    return counts.select(pl.lit(field, CODED).alias("field"), "value", "holders")


def _crowded(nodes: Nodes, counted: dict[str, pl.DataFrame], block: int) -> pl.DataFrame:
    """Names and values that more than `block` nodes share; only what is crowded by itself can be crowded together."""
    kinds = {
        "name": nodes.names,
        "name_like": nodes.likes,
        "unnamed": pl.concat([nodes.dwellings, nodes.phones]),
    }
    fields = {
        "birth_date": nodes.births,
        "phone": nodes.phones,
        "dwelling": nodes.dwellings,
        "household": nodes.homes,
        "building": nodes.buildings,
        "id_repeated": nodes.traces.select("node", "value"),
    }
    alone = {kind: counted[kind] for kind in ("name", "birth_date", "phone", "dwelling", "building")}
    names = {kind: crowd.rename({"value": "name"}) for kind, crowd in _crowds(kinds, alone, block).items()}
    values = _crowds(fields, alone, block)
    found = [
        names[kind]
        .join(values[field], "node")
        .group_by("name", "value")
        .len()
        .filter(pl.col("len") > block)
        .select("name", "value", likeness=pl.lit(kind, CODED), field=pl.lit(field, CODED))
        for kind in names
        for field in values
    ]
    return pl.concat([pl.DataFrame(schema=_CROWDED), *(frame.select(*_CROWDED) for frame in found)])


def _crowds(told: dict[str, pl.DataFrame], counted: dict[str, pl.DataFrame], block: int) -> dict[str, pl.DataFrame]:
    """Of each of these frames what is crowded; those are left out in which nothing is. Not all are counted already."""
    large = {name: values for name, values in told.items() if values.height > block}
    counts = {name: counted[name] if name in counted else _counts(values) for name, values in large.items()}
    crowds = {name: _above(values, counts[name], block) for name, values in large.items()}
    return {name: crowd for name, crowd in crowds.items() if crowd.height}


def _above(values: pl.DataFrame, counts: pl.DataFrame, block: int) -> pl.DataFrame:
    crowd = counts.filter(pl.col("holders") > block)["value"]
    return values.filter(pl.col("value").is_in(crowd.implode()))
