"""How much the agreement of two nodes weighs in this population, and which rule it meets.

The weight is the base-2 logarithm of how unlikely it is that a second person agrees like this by chance: the frequency of each
agreeing value is counted among the nodes themselves. Not here: contradictions (identity/cluster).
"""

import math

import polars as pl

from identity.frames import Columns, conform
from identity.link.candidates import PAIR
from identity.link.nodes import Nodes
from identity.rules.rule_book import LinkRule, RuleBook, Weights

EDGE: Columns = {"left": pl.Int64, "right": pl.Int64, "weight": pl.Float64, "rule": pl.String}
_NAMES = ("name", "name_like")
_FIELDS = ("birth_date", "phone", "dwelling", "id_masked", "id_slip", "id_repeated")


def weigh(candidates: pl.DataFrame, nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """One row for each pair that meets a rule: `left`, `right`, `weight` (bits, two decimals), `rule` (tag)."""
    people = nodes.members["node"].n_unique()
    told = {
        "name": nodes.names,
        "name_like": nodes.sounds,
        "birth_date": nodes.births,
        "phone": nodes.phones,
        "dwelling": nodes.dwellings,
    }
    frequency = pl.concat([_bits(values, field, people, book.weights) for field, values in told.items()])
    pairs = _evidence(candidates, frequency)
    household = pl.max_horizontal("phone", "dwelling").fill_null(0.0)
    second = pl.when(pl.col("phone").is_not_null() & pl.col("dwelling").is_not_null()).then(book.weights.second_household_field)
    others = [pl.col(name).fill_null(0.0) for name in ("birth_date", "id_masked", "id_slip", "id_repeated")]
    name = pl.coalesce("name", pl.col("name_like") - book.weights.like_name_costs)
    pairs = pairs.with_columns(strangers=_are_strangers(pairs, nodes))
    strangers = pl.when(pl.col("strangers")).then(-book.weights.strangers_cost)
    weight = pl.sum_horizontal(name, *others, strangers, household, second.fill_null(0.0)) - math.log2(
        people + book.weights.prior_people
    )
    pairs = pairs.with_columns(weight=weight.round(2))
    return conform(pairs.with_columns(rule=_rule(book.rules)).drop_nulls("rule"), EDGE).sort("left", "right")


def decided_edges(pairs: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Edges for the pairs that people called the same person (`left`, `right`: nodes)."""
    rule = book.rule("decision")
    apart = pairs.filter(pl.col("left") != pl.col("right"))
    ordered = apart.select(left=pl.min_horizontal("left", "right"), right=pl.max_horizontal("left", "right")).unique()
    return conform(ordered.with_columns(weight=pl.lit(rule.weight), rule=pl.lit(rule.tag)), EDGE)


def _bits(values: pl.DataFrame, field: str, people: int, weights: Weights) -> pl.DataFrame:
    """`field`, `value`, `worth`: what one agreement on this value is worth."""
    prior = weights.fields["name" if field == "name_like" else field]
    counted = values.group_by(pl.col("value").cast(pl.String)).agg(holders=pl.len())
    worth = ((people + weights.prior_people) / (pl.col("holders") + prior.prior_holders)).log(2).clip(0.0, prior.most)
    return counted.select(field=pl.lit(field), value="value", worth=worth)


def _evidence(candidates: pl.DataFrame, frequency: pl.DataFrame) -> pl.DataFrame:
    """One row a pair, one column a field: the best bits, null where the field does not agree."""
    names = frequency.select(likeness="field", name="value", name_bits="worth")
    known = candidates.select(list(PAIR)).join(frequency, ["field", "value"], "left").join(names, ["likeness", "name"], "left")
    bits = pl.coalesce("bits", "worth")
    return known.group_by("left", "right").agg(
        **{likeness: pl.col("name_bits").filter(pl.col("likeness") == likeness).max() for likeness in _NAMES},
        **{field: bits.filter(pl.col("field") == field).max() for field in _FIELDS},
    )


def _are_strangers(pairs: pl.DataFrame, nodes: Nodes) -> pl.Series:
    """Whether both nodes of a pair tell a phone and a dwelling, and share neither."""
    tells = nodes.phones.select("node").unique().join(nodes.dwellings, "node", "semi")["node"].implode()
    both = pl.col("left").is_in(tells) & pl.col("right").is_in(tells)
    return pairs.select(both & pl.col("phone").is_null() & pl.col("dwelling").is_null()).to_series()


def _rule(rules: tuple[LinkRule, ...]) -> pl.Expr:
    """The tag of the first rule whose fields agree and whose least weight is reached."""
    known = {*_NAMES, *_FIELDS}
    usable = [rule for rule in rules if rule.weight == "evidence" and set(rule.needs) <= known]
    return pl.coalesce(
        *(
            pl.when(
                (pl.col("weight") >= rule.least),
                *(pl.col(need).is_not_null() for need in rule.needs),
                *(pl.col(bar).is_null() for bar in rule.unless),
            ).then(pl.lit(rule.tag))
            for rule in usable
        )
    )
