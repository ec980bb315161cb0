"""How often each comparison agrees between records of one person, and between kin: told by the numbers, without labels.

Records that share an owned number are one person's: one of them is held out and compared with the rest. Holders of two different
numbers are two people: those who share a home or a phone are kin. Where little was seen, weights.yaml tells what is believed.
Not here: what a share is worth in bits (identity/link/model.py), how often strangers agree (identity/link/frequency.py).
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.evidence.coded import RID, as_text
from identity.frames import Columns
from identity.link.nodes import Nodes, build_nodes
from identity.link.steps import BORNE, COMPARISONS, LIKE, SIZES, add_steps
from identity.rules.rule_book import Believed, RuleBook
from identity.score.estimate import learned

Floats = npt.NDArray[np.float64]
SHARE: Columns = {"kind": pl.String, "comparison": pl.String, "step": pl.UInt8, "share": pl.Float64, "seen": pl.Float64}
MATCH, KIN, USUAL, BORN = "match", "kin", "usual", "born"
PER_PERSON = "per_person"
# So many people of a population are asked; more would tell the same. Kin of one name are rare, so more are asked about kin.
MOST_HELD, MOST_ASKED = 4_000, 8_000
_NOBODY = pl.DataFrame(schema={"left": RID, "right": RID})
_SEED = 20_260_101  # any number: the draw must only be the same in every run


def learn_shares(nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """What this population tells, in the columns of SHARE; `seen`: by how many pairs.

    `match`, `kin`: the share of each step of each comparison (identity/link/steps.py); kin's `per_person`: how many kin a person
    has. `usual`: how many nodes bear the name of somebody, on average over everybody (no share). `born`: for a source
    (`comparison`) and a decade of birth (`step`, since 1900) how many times as often as in the whole population a person on that
    list was born then.
    """
    believed = book.weights.believed
    held = _held_out(nodes, book)
    match = _counts(held) | {field: _own_words(nodes, field) for field in ("birth", "sex")}
    people, pairs = _kin(nodes, book)
    match[BORNE], other = _borne(held, match["name"], nodes)
    rows = [*_rows(MATCH, match, believed.match), *_rows(KIN, _counts(pairs) | {BORNE: other}, believed.kin)]
    per_person = (believed.people * believed.kin_per_person + pairs.height) / (believed.people + people)
    rows.append((KIN, PER_PERSON, 1, per_person, float(people)))
    rows += [_usual(field, values) for field, values in (("name", nodes.names), ("name_like", nodes.sounds))]
    return pl.concat([pl.DataFrame(rows, schema=SHARE, orient="row"), _born(nodes, believed)])


def decade(birth: pl.Expr) -> pl.Expr:
    """Decades since 1900; earlier ones count as the first."""
    return ((birth.dt.year() - 1900) // 10).clip(0, 25).cast(pl.UInt8)


def _rows(kind: str, seen: dict[str, Floats], believed: dict[str, tuple[float, ...]]) -> list[tuple[object, ...]]:
    told = {name: learned(seen[name], np.array(believed[name]))[1:] for name in COMPARISONS}
    return [
        (kind, name, step, float(share), float(count))
        for name in COMPARISONS
        for step, (share, count) in enumerate(zip(told[name], seen[name], strict=True), start=1)
    ]


def _counts(pairs: pl.DataFrame) -> dict[str, Floats]:
    """For each comparison how many pairs reached each step; unknown ones are not counted."""
    return {name: np.bincount(pairs[name].to_numpy(), minlength=size + 1)[1:].astype(np.float64) for name, size in SIZES.items()}


def _drawn(nodes: pl.DataFrame, most: int) -> pl.DataFrame:
    """At most so many nodes (`node`), the same for every order of the records."""
    return nodes.select("node").unique().sort(pl.col("node").hash(_SEED), "node").head(most)


def _held_out(nodes: Nodes, book: RuleBook) -> pl.DataFrame:
    """One record of each person with several under one number, beside the rest of them, as if it told no number."""
    several = nodes.members.filter(pl.col("number").is_not_null() & (pl.len().over("node") > 1))
    if several.is_empty():
        return add_steps(_NOBODY, nodes)
    asked = several.join(_drawn(several, MOST_HELD), "node", "semi")
    held = asked.sort(pl.col("rid").hash(_SEED), "rid").unique("node", keep="first", maintain_order=True)
    apart = build_nodes(asked.sort("rid").drop("node"), held["rid"].to_list(), book, lambda _listed: nodes.phone_claims)
    rest = apart.members.join(held, "rid", "anti").select("number", right="node").unique()
    return add_steps(held.select("number", left="rid").join(rest, "number").select("left", "right").sort("left"), apart)


def _borne(held: pl.DataFrame, names: Floats, nodes: Nodes) -> tuple[Floats, Floats]:
    """Of like names that were held out, how many another with a number bears; of any names, how many its bearer tells again."""
    numbered = nodes.numbers.select("node").unique()
    bearers = nodes.names.join(numbered, "node", "semi").group_by("value").agg(others=pl.len() - 1)
    slips = (
        held.filter(pl.col("name") == LIKE)
        .join(nodes.members.select(left="rid", value="name_token"), "left")
        .join(bearers, "value")
    )
    borne = float((slips["others"] > 0).sum())
    several = nodes.members.filter(pl.col("number").is_not_null() & (pl.len().over("node") > 1))["node"].n_unique()
    again = several * names[0] / max(names.sum(), 1.0)
    return np.array([borne, slips.height - borne]), np.array([again, numbered.height - again])


def _usual(field: str, values: pl.DataFrame) -> tuple[object, ...]:
    holders = values.group_by("value").len()["len"].sort().cast(pl.Float64).to_numpy()
    return USUAL, field, 1, float((holders**2).sum() / max(holders.sum(), 1.0)), float(holders.sum())


def _own_words(nodes: Nodes, field: str) -> Floats:
    """How often a source's own column says what the number beside it says, and how often something else."""
    numbered = nodes.members.filter(pl.col("number").is_not_null())
    is_same = numbered.select(pl.col(f"own_{field}") == pl.col(f"number_{field}")).to_series().drop_nulls()
    return np.array([float(is_same.sum()), float((~is_same).sum())])


def _kin(nodes: Nodes, book: RuleBook) -> tuple[int, pl.DataFrame]:
    """How many holders of a number were asked, and each beside every other who shares a home or a phone."""
    slot = book.vetoes.slots[0].slot  # a person has one number of this kind: two of them are two people
    holders = nodes.numbers.filter(pl.col("slot") == slot)
    asked = _drawn(holders, MOST_ASKED)
    found = [_beside(asked, values.join(holders, "node", "semi"), book) for values in (nodes.dwellings, nodes.phones)]
    return asked.height, add_steps(pl.concat(found).unique().sort("left", "right"), nodes)


def _beside(asked: pl.DataFrame, values: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    mine = values.join(asked, "node", "semi")
    if mine.is_empty():
        return _NOBODY
    usual = values.join(mine, "value", "semi").filter(pl.len().over("value") <= book.weights.guards.largest_block)
    return mine.join(usual, "value").filter(pl.col("node") != pl.col("node_right")).select(left="node", right="node_right")


def _born(nodes: Nodes, believed: Believed) -> pl.DataFrame:
    """On which lists the young stand, and on which the old: told by the numbers of those who stand there."""
    told = (
        nodes.members.filter(pl.col("number").is_not_null())
        .select(source=as_text("source"), step=decade(pl.col("birth")))
        .drop_nulls()
    )
    usual = told.group_by("step").agg(usual=pl.len() / told.height)
    lists = told.group_by("source").agg(listed=pl.len())
    seen = lists.join(usual, how="cross").join(told.group_by("source", "step").agg(seen=pl.len()), ["source", "step"], "left")
    share = (pl.col("seen").fill_null(0) + believed.listed * pl.col("usual")) / (pl.col("listed") + believed.listed)
    told = seen.select(
        pl.lit(BORN).alias("kind"),
        pl.col("source").alias("comparison"),
        "step",
        (share / pl.col("usual")).alias("share"),
        pl.col("seen").fill_null(0).cast(pl.Float64),
    )
    return told.sort("comparison", "step")
