"""Pairs of nodes that agree in name and in something else, each with what agrees.

Every key holds a name, or one side tells none and a number or a phone of its own must agree as well (link_rules.yaml):
no dwelling alone ever makes a link. Not here: weights (identity/link/weigh.py).
"""

import polars as pl

from identity.evidence.coded import CODED, RID, as_text, together
from identity.evidence.numbers import LENGTH, TAIL, count_wrong_digits, fit_masks
from identity.evidence.unconfirmed import KEPT, ROUNDED
from identity.frames import Columns, Frame, conform
from identity.link.frequency import Frequencies
from identity.link.nodes import Nodes
from identity.plan import done
from identity.rules.rule_book import RuleBook

_HALF = 8  # one slip leaves the first or the last eight signs whole
_TAIL = 4  # what masks leave open at the end
PAIR: Columns = {
    "left": RID,
    "right": RID,
    "likeness": CODED,
    "name": CODED,
    "field": CODED,
    "value": CODED,
    "bits": pl.Float64,
}
# A step that has nothing to look at gives this at once: each step costs, and a part of a street has few of what most look for.
FOUND: Columns = {"left": RID, "right": RID, "named": RID, "field": CODED, "value": CODED, "bits": pl.Float64}
_NONE = pl.DataFrame(schema=FOUND)
_KINDS = ("name", "name_like", "unnamed")  # what stands in the place of a name: itself, its sound, a dwelling or phone
_NAMES = 2**29  # so many codes each kind may have: `named` is a kind of name and its code in one number


def find_candidates(nodes: Nodes, frequencies: Frequencies, book: RuleBook) -> pl.DataFrame:
    """One row for each pair, name and agreeing field.

    `left` < `right`, `likeness` (name: the same, or a former one; name_like: the same in sound or shape, or as far as it is
    told), `name` (or its sound form), `field`, `value`, `bits` (null: by the frequency of the value).
    """
    told = {"name": nodes.names, "name_like": nodes.likes, "unnamed": _around_unnamed(nodes)}
    named = pl.concat([told[kind].select("node", named=_named("value", pl.lit(turn))) for turn, kind in enumerate(_KINDS)])
    turns = pl.col("likeness").cast(pl.String).replace_strict(_KINDS, range(len(_KINDS)), return_dtype=RID)
    crowd = frequencies.crowded.select("field", "value", named=_named("name", turns))
    found = _found(named, nodes, crowd, book)
    kind, code = pl.col("named") // _NAMES, (pl.col("named") % _NAMES).cast(RID).cat.to(CODED)
    whole = found.filter(kind < _KINDS.index("unnamed")).with_columns(
        likeness=pl.when(kind == 0).then(pl.lit(_KINDS[0])).otherwise(pl.lit(_KINDS[1])).cast(CODED), name=code
    )
    bare = found.filter(kind == _KINDS.index("unnamed"))
    return _without_kin(pl.concat([conform(frame, PAIR) for frame in (whole, _unnamed(bare, nodes))]), nodes)


def _named(name: str, kind: pl.Expr) -> pl.Expr:
    return (kind.cast(RID) * _NAMES + pl.col(name).to_physical()).cast(RID)


def _without_kin(candidates: pl.DataFrame, nodes: Nodes) -> pl.DataFrame:
    """Leave out pairs without one name in which one side stands on a list beside the other, or tells another's number.

    Members of one case are different people. Who is filed under a relative's number has like-named relatives at home: a child its
    twin.
    """
    is_same = pl.col("likeness") == "name"
    borrowers = nodes.members.filter(pl.col("shared_number").is_not_null())["node"].unique().implode()
    doubtful = candidates.filter(~is_same & ~pl.col("left").is_in(borrowers) & ~pl.col("right").is_in(borrowers))
    if doubtful.is_empty():
        return candidates.filter(is_same)
    pairs = doubtful.select("left", "right").unique()
    kin = pairs.join(nodes.filings, left_on="left", right_on="node").join(
        nodes.filings, left_on=["right", "value"], right_on=["node", "value"], how="semi"
    )
    return pl.concat([candidates.filter(is_same), doubtful.join(kin, ["left", "right"], "anti")])


def _around_unnamed(nodes: Nodes) -> pl.DataFrame:
    """Dwellings and phones (`node`, `value`) at which somebody without a name is found."""
    places = pl.concat([nodes.dwellings, nodes.phones])
    if nodes.unnamed.is_empty():
        return places.clear()
    return places.join(places.join(nodes.unnamed, "node", "semi").select("value").unique(), "value", "semi")


def _unnamed(pairs: pl.DataFrame, nodes: Nodes) -> pl.DataFrame:
    """Of the pairs at one dwelling or phone, which stand in the place of the name, those of which one side alone has none."""
    bare = nodes.unnamed["node"].implode()
    one_side = pl.col("left").is_in(bare) != pl.col("right").is_in(bare)
    return pairs.filter(one_side).drop("named").unique().with_columns(likeness=pl.lit("unnamed", CODED))


def _found(named: pl.DataFrame, nodes: Nodes, crowd: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Pairs that share a name of one kind, and a field."""
    shared = [
        _agreeing(named, values, field, crowd)
        for field, values in (("birth_date", nodes.births), ("phone", nodes.phones), ("dwelling", nodes.dwellings))
    ]
    repeated = _agreeing(named, nodes.traces.select("node", "value"), "id_repeated", crowd)
    repeated = repeated.with_columns(bits=pl.lit(book.weights.fixed.id_repeated))
    places = [_at_home(named, nodes, crowd), _in_building(named, nodes, crowd)]
    numbers = [find(named, nodes, book) for find in (_masked, _rounded, _slips, _paper_slips)]
    return pl.concat([*shared, *places, repeated, *numbers], how="vertical_relaxed")


def _agreeing(named: pl.DataFrame, values: pl.DataFrame, field: str, crowd: pl.DataFrame) -> pl.DataFrame:
    """Pairs of nodes that share a name and a value, where not too many share both."""
    if named.is_empty() or values.is_empty():
        return _NONE
    crowded = crowd.filter(pl.col("field") == field).select(together("named", "value")).to_series()
    told = named.lazy().join(values.lazy(), "node").with_columns(both=together("named", "value"))
    keyed = done(told.filter(pl.col("both").is_duplicated() & ~pl.col("both").is_in(crowded.implode()))).lazy()
    pairs = keyed.join(keyed.select("both", node_right="node"), "both").filter(pl.col("node") < pl.col("node_right"))
    return done(_ordered(pairs, field))


def _at_home(named: pl.DataFrame, nodes: Nodes, crowd: pl.DataFrame) -> pl.DataFrame:
    """Pairs that share a name, one at the dwelling that only the household of the other tells."""
    if nodes.homes.is_empty():
        return _NONE
    homes, names = nodes.homes.lazy(), named.lazy()
    others = names.join(nodes.dwellings.lazy().join(homes, "value", "semi"), "node")
    placed = names.join(homes, "node").join(others, ["named", "value"])
    return pl.concat([_agreeing(named, nodes.homes, "household", crowd), done(_ordered(placed, "household"))])


def _in_building(named: pl.DataFrame, nodes: Nodes, crowd: pl.DataFrame) -> pl.DataFrame:
    """Pairs that share a name and a building, one of which tells no dwelling."""
    vague = nodes.buildings.join(nodes.dwellings, "node", "anti")
    if vague.is_empty():
        return _NONE
    names, crowded = named.lazy(), crowd.lazy().filter(pl.col("field") == "building")
    keyed = names.join(vague.lazy(), "node").join(crowded, ["named", "value"], "anti")
    others = names.join(nodes.buildings.lazy().join(vague.lazy(), "value", "semi"), "node")
    pairs = keyed.join(others, ["named", "value"]).filter(pl.col("node") != pl.col("node_right"))
    return done(_ordered(pairs, "building"))


def _alike(named: pl.DataFrame, told: pl.DataFrame, numbers: list[pl.DataFrame]) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """What is told of nodes (`node`, `value` …) with their names, and the numbers of all who bear such a name, in text."""
    bearing = done(named.lazy().join(told.lazy(), "node").with_columns(as_text("value"))).lazy()
    others = named.lazy().join(bearing, "named", "semi")
    others = others.join(pl.concat([frame.lazy().select("node", "value") for frame in numbers]), "node")
    return bearing, others.with_columns(as_text("value"))


def _beside(told: pl.LazyFrame, others: pl.LazyFrame, **part: pl.Expr) -> pl.LazyFrame:
    """Each with the others that bear one name and tell one part of the number."""
    pairs = told.with_columns(**part).join(others.with_columns(**part), ["named", *part])
    return pairs.filter(pl.col("node") != pl.col("node_right"))


def _rounded(named: pl.DataFrame, nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """Pairs of a number of which a spreadsheet left the first digits, with a number that begins alike, with the same name.

    The birth date among these digits counts by itself.
    """
    heads = nodes.masks.filter(as_text("value").str.contains(ROUNDED))
    if heads.is_empty():
        return _NONE
    pairs = _beside(*_alike(named, heads, [_long(nodes), heads]), head=pl.col("value").str.head(KEPT))
    fixed = book.weights.fixed
    return done(_ordered(pairs, "id_rounded", pl.lit(fixed.masked_head + (KEPT - TAIL) * fixed.masked_tail_digit)))


def _masked(named: pl.DataFrame, nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """Pairs of a masked number with a number or another mask, with the same name and every visible digit alike."""
    tail = pl.col("value").str.tail(_TAIL)
    has_tail = (pl.col("value").cat.len_chars() == LENGTH) & ~as_text("value").str.tail(_TAIL).str.contains("*", literal=True)
    tailed = nodes.masks.filter(has_tail)
    if tailed.is_empty():
        return _NONE
    pairs = done(_beside(*_alike(named, tailed, [_long(nodes), tailed]), tail=tail))
    fixed = book.weights.fixed
    bits = fixed.masked_tail_digit * _TAIL + pl.when(pl.col("value").str.starts_with("*")).then(0.0).otherwise(fixed.masked_head)
    return _ordered(pairs.filter(fit_masks(pairs["value"], pairs["value_right"])), "id_masked", bits)


def _slips(named: pl.DataFrame, nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """Pairs of a number that failed (or was upgraded unconfirmed) with an owned number one slip away, with the same name."""
    halves = (
        pl.col("value").str.head(_HALF),
        pl.col("value").str.slice(LENGTH - 1 - _HALF, _HALF),
        pl.col("value").str.tail(_HALF),
    )
    wrong = nodes.traces.filter(pl.col("kind") != "shared")
    if wrong.is_empty():
        return _NONE
    alike = _alike(named, wrong, [nodes.numbers])
    pairs = done(pl.concat([_beside(*alike, half=half) for half in halves]).unique(["node", "node_right", "named"]))
    # The check digit of an upgraded number was computed from its slip and says nothing.
    told = pl.when(pl.col("kind") == "upgraded").then(pl.col("value", "value_right").str.head(LENGTH - 1))
    compared = pairs.select(told.otherwise(pl.col("value", "value_right")))
    return _ordered(pairs.filter(_is_slip(compared)), "id_slip", pl.lit(book.weights.fixed.id_slip))


def _paper_slips(named: pl.DataFrame, nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """Pairs of permit or passport numbers one slip apart (no check character finds it), of one name at one dwelling or phone."""
    papers = nodes.numbers.filter(~pl.col("is_long")).select("node", as_text("value"))
    if papers.is_empty():
        return _NONE
    told = named.join(papers.filter(pl.col("value").str.len_chars() <= KEPT), "node")
    places = pl.concat([nodes.dwellings, nodes.phones]).rename({"value": "place"}).join(told, "node", "semi")
    told = told.join(places, "node")
    pairs = told.join(told, ["named", "place"]).filter(
        (pl.col("node") < pl.col("node_right")) & (pl.col("value") != pl.col("value_right"))
    )
    return _ordered(pairs.filter(_is_slip(pairs)), "id_slip", pl.lit(book.weights.fixed.paper_slip))


def _long(nodes: Nodes) -> pl.DataFrame:
    return nodes.numbers.filter("is_long").select("node", "value")


def _is_slip(pairs: pl.DataFrame) -> pl.Series:
    return count_wrong_digits(pairs["value"], pairs["value_right"]) <= 1


def _ordered(pairs: Frame, field: str, bits: pl.Expr | None = None) -> Frame:
    """Pairs with the smaller node at the left; `bits` is null where they hang on the frequency of the value."""
    return pairs.select(
        left=pl.min_horizontal("node", "node_right"),
        right=pl.max_horizontal("node", "node_right"),
        named="named",
        field=pl.lit(field, CODED),
        value=pl.col("value").cast(CODED),
        bits=pl.lit(None, pl.Float64) if bits is None else bits,
    )
