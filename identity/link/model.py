"""What was learned and counted, in the form in which identity/score weighs pairs: shares of steps, and how rare each value is.

Strangers agree as often as the agreeing value is frequent. Whoever shares a home or a phone is no stranger: the kin were counted.
Not here: learning (identity/link/shares.py), candidates and rules (identity/link/candidates.py, weigh.py).
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.link.frequency import Frequencies
from identity.link.shares import KIN, MATCH, PER_PERSON, USUAL
from identity.link.steps import BORNE, COMPARISONS, LIKE, OTHER, SAME, SIZES, UNKNOWN
from identity.rules.rule_book import Weights
from identity.score.chance import Shares
from identity.score.estimate import Model

Floats = npt.NDArray[np.float64]
# Beside the comparisons: BESIDE, what weighs the same against kin and strangers (documents, signs); NEAR, what no stranger is.
BESIDE, NEAR = "beside", "near"
NEVER = -100.0  # natural logarithm of what does not happen
HALF = 0.5  # strangers of one sex
LN_2 = float(np.log(2.0))
_DOCUMENTS = pl.sum_horizontal("id_masked", "id_rounded", "id_slip", "id_repeated")


def build_model(frequencies: Frequencies, weights: Weights) -> Model:
    """The shares of this population's steps among pairs of one person, of kin and of strangers."""
    learnt, people = frequencies.shares, frequencies.people + weights.prior_people
    per_person = learnt.filter(pl.col("comparison") == PER_PERSON)["share"].item()
    usual = [learnt.filter(kind=USUAL, comparison=field)["share"].item() for field in ("name", "name_like")]
    match, kin = (_of_kind(learnt, kind) for kind in (MATCH, KIN))
    stranger: Shares = {name: np.ones(size + 1) for name, size in SIZES.items()}
    stranger["name"][[SAME, LIKE]] = [(holders + weights.fields["name"].prior_holders) / people for holders in usual]
    kin |= {name: _never_nearer(kin[name], match[name]) for name in SIZES if name != "name"}
    stranger |= {BORNE: kin[BORNE]}
    stranger["sex"][SAME] = HALF
    extra = {name: np.ones(2) for name in (BESIDE, NEAR)}
    shared = (*(name for name in COMPARISONS if name != "name"), NEAR)
    return Model(match | extra, kin | extra, stranger | extra, 1.0 / people, per_person / people, shared)


def _never_nearer(kin: Floats, match: Floats) -> Floats:
    """Kin's shares of one comparison, where they agree at most as often as one person's records do.

    Kin are those who share a home or a phone: that they do tells nothing against one person, and that they do not nothing for it.
    """
    return np.concatenate([kin[:OTHER].clip(max=match[:OTHER]), kin[OTHER:].clip(min=match[OTHER:])])


def rarity_of(pairs: pl.DataFrame, steps: pl.DataFrame, ages: Floats, model: Model, weights: Weights) -> dict[str, Floats]:
    """For each pair the natural logarithm of how frequent the agreeing values are (see identity/score/weigh.py).

    Args:
        pairs: Bits of all that agrees, and signs, one column each (identity/link/weigh.py).
        steps: The same pairs in the same order (identity/link/steps.py).
        ages: Bits of the birth date of one side beside the list on which the other stands (identity/link/ages.py).
        model: From build_model.
        weights: Bits that are the same in every population.
    """
    bits = {
        "name": pl.coalesce("name", "name_like"),
        "home": pl.max_horizontal("dwelling", "household"),
        "building": pl.when(steps["building"] == SAME).then("building"),
        "phone": pl.col("phone"),
        "birth": pl.col("birth_date"),
        BESIDE: pl.sum_horizontal(_DOCUMENTS, *(pl.when(pl.col(sign)).then(-cost) for sign, cost in weights.against.items())),
    }
    rarity = {name: -LN_2 * pairs.select(told.fill_null(0.0)).to_series().to_numpy() for name, told in bits.items()}
    rarity["name"] = rarity["name"] - np.log(model.stranger["name"])[steps["name"].to_numpy()]
    rarity[BESIDE] = rarity[BESIDE] - LN_2 * ages
    is_near = ((steps["home"] == SAME) | (steps["phone"] == SAME)).to_numpy()
    return rarity | {NEAR: np.where(is_near, NEVER, 0.0)}


def settled(steps: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The steps that are weighed: other birth dates and sexes are no evidence but contradictions (identity/cluster)."""
    borne = pl.when(pairs["both_known"].fill_null(value=False)).then(SAME).when(pairs["one_known"]).then(OTHER).otherwise(UNKNOWN)
    borne = pl.when(pl.col("name") == LIKE).then(borne).otherwise(UNKNOWN).cast(pl.UInt8)
    judged = [pl.when(pl.col(name) == SAME).then(pl.col(name)).otherwise(0).alias(name) for name in ("birth", "sex")]
    return steps.with_columns(borne.alias(BORNE), *judged, **{name: pl.lit(0, pl.UInt8) for name in (BESIDE, NEAR)})


def _of_kind(learnt: pl.DataFrame, kind: str) -> Shares:
    mine = learnt.filter(pl.col("kind") == kind).sort("step")
    return {name: np.array([1.0, *mine.filter(pl.col("comparison") == name)["share"].to_list()]) for name in COMPARISONS}
