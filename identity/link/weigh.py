"""How much the agreement of two nodes weighs in this population, and which rule it meets.

The weight is the base-2 logarithm of the odds that both are one person, and not kin or strangers (identity/link/model.py); what
is linked follows from how many false links the population may expect. Not here: contradictions (identity/cluster).
"""

from functools import cache

import polars as pl

from identity.evidence.coded import CODED, RID, as_text, together
from identity.frames import Columns, conform
from identity.link.ages import age_bits
from identity.link.frequency import Frequencies
from identity.link.model import build_model, rarity_of, settled
from identity.link.nodes import Nodes
from identity.link.steps import add_steps
from identity.plan import done
from identity.rules.rule_book import LinkRule, RuleBook, Weights
from identity.score.threshold import derive_threshold
from identity.score.weigh import weigh as odds

EDGE: Columns = {"left": RID, "right": RID, "weight": pl.Float64, "rule": pl.String}
WEIGHED: Columns = {**EDGE, "posterior": pl.Float64}
_NAMES = ("name", "name_like", "unnamed")
_FIELDS = (
    *("birth_date", "phone", "dwelling", "household", "building"),
    *("id_masked", "id_rounded", "id_slip", "id_repeated"),
)
_SIGNS = ("both_known", "both_registered", "other_papers", "spelt", "opposed")
_CHINESE = r"\p{Han}"


def weigh(candidates: pl.DataFrame, nodes: Nodes, frequencies: Frequencies, book: RuleBook) -> pl.DataFrame:
    """One row for each pair that meets a rule, in the columns of WEIGHED.

    `left`, `right`, `weight` (bits, two decimals), `rule` (tag), `posterior` (0 to 1: that both are one person).
    """
    if candidates.is_empty():
        return pl.DataFrame(schema=WEIGHED)
    pairs = _evidence(candidates.filter(pl.col("left") < pl.col("right")), _worth(frequencies, book.weights))
    pairs = _signed(pairs, nodes, frequencies, book).sort("left", "right")
    steps = settled(add_steps(pairs.select("left", "right"), nodes), pairs)
    model = build_model(frequencies, book.weights)
    ages = age_bits(pairs, nodes, frequencies.shares)
    scored = odds(steps, model, rarity_of(pairs, steps, ages, model, book.weights)).select(pl.col("weight").round(2), "posterior")
    pairs = pl.concat([pairs, scored], how="horizontal")
    return conform(pairs.with_columns(rule=_rule(book.rules)).drop_nulls("rule"), WEIGHED)


def least_weight(weighed: pl.DataFrame, people: int, book: RuleBook) -> float:
    """The lowest weight (bits) that is linked in this population, by how many false links it may expect at most.

    A population is taken for no smaller than the one whose values are believed: a hamlet's few pairs tell no rate.

    Args:
        weighed: From `weigh`, for the whole population.
        people: How many nodes it has.
        book: The rule book.
    """
    threshold, usual = book.weights.threshold, book.weights.prior_people
    allowed = threshold.false_links * max(people, usual) / 100_000
    return max(derive_threshold(weighed, allowed), threshold.least)


def decided_edges(pairs: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Edges for the pairs that people called the same person (`left`, `right`: nodes)."""
    rule = book.rule("decision")
    apart = pairs.filter(pl.col("left") != pl.col("right"))
    ordered = apart.select(left=pl.min_horizontal("left", "right"), right=pl.max_horizontal("left", "right")).unique()
    return conform(ordered.with_columns(weight=pl.lit(rule.weight), rule=pl.lit(rule.tag)), EDGE)


def _worth(frequencies: Frequencies, weights: Weights) -> pl.DataFrame:
    """`field`, `value`, `worth`: what one agreement on this value is worth."""
    kinds = {**weights.fields, "name_like": weights.fields["name"]}
    priors = pl.DataFrame(
        [(field, prior.prior_holders, prior.most) for field, prior in kinds.items()],
        schema={"field": CODED, "prior": pl.Float64, "most": pl.Float64},
        orient="row",
    )
    size = frequencies.people + weights.prior_people
    worth = (size / (pl.col("holders") + pl.col("prior"))).log(2).clip(0.0, pl.col("most"))
    return frequencies.holders.join(priors, "field").select("field", "value", worth=worth)


def _evidence(candidates: pl.DataFrame, frequency: pl.DataFrame) -> pl.DataFrame:
    """One row a pair, one column a field: the best bits, null where the field does not agree."""
    worth = frequency.select("worth", both=together("field", "value"))
    known = candidates.select(
        *("left", "right", "likeness", "field", "bits"),
        both=together("field", "value"),
        named=together("likeness", "name"),
    )
    known = known.join(worth, "both", "left").join(worth.rename({"both": "named", "worth": "name_bits"}), "named", "left")
    name_bits = pl.when(pl.col("likeness") == "unnamed").then(0.0).otherwise("name_bits")
    bits = pl.coalesce("bits", "worth")
    columns = {likeness: pl.when(pl.col("likeness") == likeness).then(name_bits) for likeness in _NAMES}
    columns |= {field: pl.when(pl.col("field") == field).then(bits) for field in _FIELDS}
    spread = known.select("left", "right", pair=together("left", "right"), **columns)
    return spread.group_by("pair").agg(pl.col("left", "right").first(), pl.col(list(columns)).max()).drop("pair")


def _signed(pairs: pl.DataFrame, nodes: Nodes, frequencies: Frequencies, book: RuleBook) -> pl.DataFrame:
    """Add what is told of a pair beside its agreements (link_rules.yaml, `unless`), each true or null; and `one_known`."""
    asked = pl.concat([pairs["left"], pairs["right"]]).unique().sort().set_sorted().to_frame("node")
    names = nodes.names.join(asked, "node", "semi")
    known = names.join(frequencies.borne, "value", "semi")
    foreign = names.filter(~as_text("value").str.contains(_CHINESE))
    lone = pl.all_horizontal(pl.col(field).is_null() for field in ("phone", "birth_date", "id_slip"))
    found = {
        "both_known": _both(known),
        "both_registered": _both(_registered(nodes, asked)),
        "other_papers": _both(nodes.numbers.join(asked, "node", "semi")) & lone,
        "spelt": _both(foreign) & lone,
        "opposed": pl.col("opposed"),
    }
    is_known = [pl.col(side).is_in(known["node"].unique().implode()) for side in ("left", "right")]
    one_known = (is_known[0] != is_known[1]) & _both(names)
    signs = {sign: pl.when(told).then(pl.lit(value=True)) for sign, told in found.items()}
    return pairs.join(_opposed(nodes, asked, book), ["left", "right"], "left", maintain_order="left").with_columns(
        **signs, one_known=one_known
    )


def _opposed(nodes: Nodes, asked: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Pairs at one dwelling in parts that one person does not play there: who owns it, and who rents it."""
    here = pl.col("source").is_in(list(book.vetoes.opposed))
    at_home = nodes.members.lazy().filter(here).select("node", "source", "dwelling_cluster").drop_nulls()
    at_home = done(at_home.join(asked.lazy(), "node", "semi")).lazy()
    sides = [at_home.filter(pl.col("source") == source) for source in book.vetoes.opposed]
    both = sides[0].join(sides[1], "dwelling_cluster").filter(pl.col("node") != pl.col("node_right"))
    ordered = both.select(left=pl.min_horizontal("node", "node_right"), right=pl.max_horizontal("node", "node_right"))
    return done(ordered.unique().with_columns(opposed=pl.lit(value=True)))


def _registered(nodes: Nodes, asked: pl.DataFrame) -> pl.DataFrame:
    """Of the nodes asked about, those that stand in a register, or agree in name and something else with one that does."""
    named = nodes.names.rename({"value": "name"})
    listed = named.join(nodes.registered, "node", "semi")
    others = named.join(asked, "node", "semi").join(nodes.registered, "node", "anti")
    if listed.is_empty() or others.is_empty():
        return nodes.registered
    found = [nodes.registered.lazy()]
    for values in (nodes.births, nodes.phones, nodes.dwellings):
        sides = (side.lazy().join(values.lazy(), "node") for side in (listed, others))
        keys, told = (side.select("node", both=together("name", "value")) for side in sides)
        found.append(told.join(keys, "both", "semi").select("node"))
    return done(pl.concat(found).unique())


def _both(side: pl.DataFrame) -> pl.Expr:
    nodes = side["node"].unique().implode()
    return pl.col("left").is_in(nodes) & pl.col("right").is_in(nodes)


@cache
def _rule(rules: tuple[LinkRule, ...]) -> pl.Expr:
    """The tag of the first rule whose fields agree and whose least weight, if it has one, is reached."""
    known = {*_NAMES, *_FIELDS, *_SIGNS}
    usable = [rule for rule in rules if rule.weight == "evidence" and set(rule.needs) <= known]
    return pl.coalesce(
        *(
            pl.when(
                pl.lit(rule.least is None) | (pl.col("weight") >= (rule.least or 0.0)),
                *(pl.col(need).is_not_null() for need in rule.needs),
                *(pl.col(bar).is_null() for bar in rule.unless),
            ).then(pl.lit(rule.tag))
            for rule in usable
        )
    )
