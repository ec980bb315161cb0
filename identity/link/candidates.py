"""Pairs of nodes that agree in name and in something else, each with what agrees.

Every key holds a name, or one side tells none and a number or a phone of its own must agree as well (link_rules.yaml):
no dwelling alone ever makes a link. Not here: weights (identity/link/weigh.py).
"""

import polars as pl

from identity.evidence.numbers import LENGTH, TAIL, fits_mask, wrong_digits
from identity.evidence.unconfirmed import KEPT, ROUNDED
from identity.frames import Columns, conform
from identity.link.frequency import Frequencies
from identity.link.nodes import Nodes
from identity.rules.rule_book import RuleBook

_HALF = 8  # one slip leaves the first or the last eight signs whole
_TAIL = 4  # what masks leave open at the end
PAIR: Columns = {
    "left": pl.Int64,
    "right": pl.Int64,
    "likeness": pl.String,
    "name": pl.String,
    "field": pl.String,
    "value": pl.String,
    "bits": pl.Float64,
}


def find_candidates(nodes: Nodes, frequencies: Frequencies, book: RuleBook) -> pl.DataFrame:
    """One row for each pair, name and agreeing field.

    `left` < `right`, `likeness` (name: the same, or a former one; name_like: the same in sound or shape, or as far as it is
    told), `name` (or its sound form), `field`, `value`, `bits` (null: by the frequency of the value).
    """
    kinds = {"name": nodes.names, "name_like": pl.concat([nodes.sounds, nodes.guesses]).unique()}
    found = [
        _found(names.rename({"value": "name"}), nodes, _crowd(frequencies, kind), book).with_columns(likeness=pl.lit(kind))
        for kind, names in kinds.items()
    ]
    found.append(_unnamed(nodes, _crowd(frequencies, "unnamed"), book))
    return _without_kin(pl.concat([conform(frame, PAIR) for frame in found]), nodes)


def _without_kin(candidates: pl.DataFrame, nodes: Nodes) -> pl.DataFrame:
    """Leave out pairs without one name in which one side stands on a list beside the other, or tells another's number.

    Members of one case are different people. Who is filed under a relative's number has like-named relatives at home: a child its
    twin.
    """
    is_same = pl.col("likeness") == "name"
    borrowers = nodes.members.filter(pl.col("shared_number").is_not_null())["node"].unique().implode()
    doubtful = candidates.filter(~is_same & ~pl.col("left").is_in(borrowers) & ~pl.col("right").is_in(borrowers))
    pairs = doubtful.select("left", "right").unique()
    kin = pairs.join(nodes.filings, left_on="left", right_on="node").join(
        nodes.filings, left_on=["right", "value"], right_on=["node", "value"], how="semi"
    )
    return pl.concat([candidates.filter(is_same), doubtful.join(kin, ["left", "right"], "anti")])


def _unnamed(nodes: Nodes, crowd: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Pairs of a node without a name and one with a name, at one dwelling or phone: these stand in the place of the name."""
    places = pl.concat([nodes.dwellings, nodes.phones]).rename({"value": "name"})
    here = places.join(places.join(nodes.unnamed, "node", "semi").select("name").unique(), "name", "semi")
    pairs = _found(here, nodes, crowd, book)
    # Who tells a number or a birth date of its own is not placed by a phone: a grandchild tells the grandfather's.
    blank = nodes.unnamed.join(nodes.births, "node", "anti").join(nodes.numbers, "node", "anti")["node"].implode()
    blank_side = pl.col("left").is_in(blank) | pl.col("right").is_in(blank)
    own = pairs.filter((pl.col("field") == "phone") & blank_side).join(nodes.own_phones, "value", "semi")
    own = own.with_columns(field=pl.lit("phone_own"), bits=pl.lit(book.weights.fixed.phone_own))
    pairs = pl.concat([pairs, own])
    bare = nodes.unnamed["node"].implode()
    one_side = pl.col("left").is_in(bare) != pl.col("right").is_in(bare)
    return pairs.filter(one_side).with_columns(likeness=pl.lit("unnamed"), name=pl.lit(None, pl.String)).unique()


def _found(named: pl.DataFrame, nodes: Nodes, crowd: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Pairs that share a name of one kind, and a field."""
    shared = [
        _agreeing(named, values, field, crowd)
        for field, values in (("birth_date", nodes.births), ("phone", nodes.phones), ("dwelling", nodes.dwellings))
    ]
    repeated = _agreeing(named, nodes.traces.select("node", "value").unique(), "id_repeated", crowd)
    repeated = repeated.with_columns(bits=pl.lit(book.weights.fixed.id_repeated))
    places = [_at_home(named, nodes, crowd), _in_building(named, nodes, crowd)]
    numbers = [find(named, nodes, book) for find in (_masked, _rounded, _slips, _paper_slips)]
    return pl.concat([*shared, *places, repeated, *numbers], how="vertical_relaxed")


def _crowd(frequencies: Frequencies, likeness: str) -> pl.DataFrame:
    return frequencies.crowded.filter(pl.col("likeness") == likeness)


def _agreeing(named: pl.DataFrame, values: pl.DataFrame, field: str, crowd: pl.DataFrame) -> pl.DataFrame:
    """Pairs of nodes that share a name and a value, where not too many share both."""
    keyed = named.join(values.with_columns(pl.col("value").cast(pl.String)), "node")
    crowded = crowd.filter(pl.col("field") == field)
    keyed = keyed if crowded.is_empty() else keyed.join(crowded, ["name", "value"], "anti")
    keyed = keyed.filter(pl.len().over("name", "value") > 1)
    pairs = keyed.join(keyed, ["name", "value"]).filter(pl.col("node") < pl.col("node_right"))
    return pairs.select(
        left="node", right="node_right", name="name", field=pl.lit(field), value="value", bits=pl.lit(None, pl.Float64)
    )


def _at_home(named: pl.DataFrame, nodes: Nodes, crowd: pl.DataFrame) -> pl.DataFrame:
    """Pairs that share a name, one at the dwelling that only the household of the other tells."""
    found = _agreeing(named.join(nodes.homes, "node", "semi"), nodes.homes, "household", crowd)
    placed = named.join(nodes.homes, "node").join(named.join(nodes.dwellings, "node"), ["name", "value"])
    return pl.concat([found, _ordered(placed, "household", pl.lit(None, pl.Float64))])


def _in_building(named: pl.DataFrame, nodes: Nodes, crowd: pl.DataFrame) -> pl.DataFrame:
    """Pairs that share a name and a building, one of which tells no dwelling."""
    vague = nodes.buildings.join(nodes.dwellings, "node", "anti")
    keyed = named.join(vague, "node")
    keys = keyed.select("name", "value").unique()
    keys = keys.join(crowd.filter(pl.col("field") == "building"), ["name", "value"], "anti")
    others = named.join(nodes.buildings, "node").join(keys, ["name", "value"], "semi")
    pairs = keyed.join(others, ["name", "value"]).filter(pl.col("node") != pl.col("node_right"))
    return _ordered(pairs, "building", pl.lit(None, pl.Float64))


def _rounded(named: pl.DataFrame, nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """Pairs of a number of which a spreadsheet left the first digits, with a number that begins alike, with the same name.

    The birth date among these digits counts by itself.
    """
    heads = nodes.masks.filter(pl.col("value").str.contains(ROUNDED))
    rounded = named.join(heads, "node").with_columns(head=pl.col("value").str.head(KEPT))
    long = nodes.numbers.filter(pl.col("value").str.len_chars() == LENGTH).select("node", "value")
    whole = named.join(pl.concat([long, heads]), "node").with_columns(head=pl.col("value").str.head(KEPT))
    pairs = rounded.join(whole, ["name", "head"]).filter(pl.col("node") != pl.col("node_right"))
    fixed = book.weights.fixed
    return _ordered(pairs, "id_rounded", pl.lit(fixed.masked_head + (KEPT - TAIL) * fixed.masked_tail_digit))


def _masked(named: pl.DataFrame, nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """Pairs of a masked number with a number or another mask, with the same name and every visible digit alike."""
    long = pl.col("value").str.len_chars() == LENGTH
    tail = pl.col("value").str.tail(_TAIL)
    masks = named.join(nodes.masks.filter(long & ~tail.str.contains("*", literal=True)), "node").with_columns(tail=tail)
    whole = named.join(nodes.numbers.filter(long).select("node", "value"), "node").with_columns(tail=tail)
    others = pl.concat([masks, whole])
    pairs = masks.join(others, ["name", "tail"]).filter(pl.col("node") != pl.col("node_right"))
    fits = [fits_mask(mask, other) for mask, other in zip(pairs["value"].to_list(), pairs["value_right"].to_list(), strict=True)]
    fixed = book.weights.fixed
    bits = fixed.masked_tail_digit * _TAIL + pl.when(pl.col("value").str.starts_with("*")).then(0.0).otherwise(fixed.masked_head)
    return _ordered(pairs.filter(pl.Series(fits, dtype=pl.Boolean)), "id_masked", bits)


def _slips(named: pl.DataFrame, nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """Pairs of a number that failed (or was upgraded unconfirmed) with an owned number one slip away, with the same name."""
    halves = (
        pl.col("value").str.head(_HALF),
        pl.col("value").str.slice(LENGTH - 1 - _HALF, _HALF),
        pl.col("value").str.tail(_HALF),
    )
    traces = named.join(nodes.traces.filter(pl.col("kind") != "shared"), "node")
    owned = named.join(nodes.numbers.select("node", "value"), "node")
    found = [traces.with_columns(half=half).join(owned.with_columns(half=half), ["name", "half"]) for half in halves]
    pairs = pl.concat(found).unique().filter(pl.col("node") != pl.col("node_right"))
    columns = (pairs[name].to_list() for name in ("value", "value_right", "kind"))
    near = [_is_slip(trace, number, kind) for trace, number, kind in zip(*columns, strict=True)]
    return _ordered(pairs.filter(pl.Series(near, dtype=pl.Boolean)), "id_slip", pl.lit(book.weights.fixed.id_slip))


def _paper_slips(named: pl.DataFrame, nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """Pairs of permit or passport numbers one slip apart (no check character finds it), of one name at one dwelling or phone."""
    papers = nodes.numbers.filter(pl.col("value").str.len_chars() <= KEPT).select("node", "value").unique()
    places = pl.concat([nodes.dwellings, nodes.phones]).rename({"value": "place"})
    told = named.join(papers, "node").join(places, "node")
    pairs = told.join(told, ["name", "place"]).filter(
        (pl.col("node") < pl.col("node_right")) & (pl.col("value") != pl.col("value_right"))
    )
    columns = (pairs[name].to_list() for name in ("value", "value_right"))
    near = [wrong_digits(left, right) <= 1 for left, right in zip(*columns, strict=True)]
    bits = pl.lit(book.weights.fixed.paper_slip)
    return _ordered(pairs.filter(pl.Series(near, dtype=pl.Boolean)), "id_slip", bits)


def _is_slip(trace: str, number: str, kind: str) -> bool:
    """One slip apart; the check digit of an upgraded number was computed from its slip and says nothing."""
    if kind == "upgraded":
        trace, number = trace[: LENGTH - 1], number[: LENGTH - 1]
    return wrong_digits(trace, number) <= 1


def _ordered(pairs: pl.DataFrame, field: str, bits: pl.Expr) -> pl.DataFrame:
    return pairs.select(
        left=pl.min_horizontal("node", "node_right"),
        right=pl.max_horizontal("node", "node_right"),
        name="name",
        field=pl.lit(field),
        value="value",
        bits=bits,
    )
