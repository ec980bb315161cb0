"""How the same person's records agree, learned without labels by expectation and maximisation on distinct vectors.

Three kinds of pairs are told apart: the same person, kin (people who share what is marked as shared: a home, a surname, a
telephone) and strangers. Without kin, a household would pass for one person. Strangers' shares are given and stay.
Usable on any frame of steps. Not here: where steps come from (compare.py), what one pair weighs (weigh.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.score.chance import Shares

Floats = npt.NDArray[np.float64]
ROUNDS = 500
STILL = 1e-7  # shares that change by less have settled
FIRST_EXACT = 0.9  # where the search starts: the same person agrees exactly nine times in ten
BELIEF = 2.0  # pairs by which the start outweighs what was never seen
LEAST_SHARE, MOST_SHARE = 1e-12, 0.49  # of all pairs, so that arithmetic stays finite where there are hardly any records
FIRST_PER_RECORD = 0.25  # where the search starts: one such pair for every four records


@dataclass(frozen=True)
class Model:
    """What was learned. Each array's place 0 (unknown) is 1; the other places are steps and sum to 1.

    Attributes:
        match: for each comparison, how often the same person's records reach each step.
        kin: the same for people who belong together.
        stranger: the same for strangers.
        match_share: share of all pairs of records that are the same person's.
        kin_share: share of all pairs of records that are kin's.
        shared: comparisons on which kin agree as the same person does.
    """

    match: Shares
    kin: Shares
    stranger: Shares
    match_share: float
    kin_share: float
    shared: tuple[str, ...]


def estimate(steps: pl.DataFrame, stranger: Shares, records: int, shared: Sequence[str] = ()) -> Model:
    """Learn a model from candidate pairs.

    Args:
        steps: one small-integer column a comparison (others are ignored); all candidate pairs, each once.
        stranger: from `chance`, one array a comparison.
        records: how many records the candidates were found among.
        shared: comparisons on which kin agree.
    """
    names = list(stranger)
    distinct = steps.group_by(names).len("count").sort(names)
    vectors = distinct.select(names).to_numpy().astype(np.int64)
    counts = distinct["count"].to_numpy().astype(np.float64)
    total = max(records * (records - 1) / 2.0, float(counts.sum()), 1.0)
    start = {name: _start(len(stranger[name]) - 1) for name in names}
    kin_start = {name: start[name] if name in shared else stranger[name] for name in names}
    first = _bounded(FIRST_PER_RECORD * records / total)
    model = Model(start, kin_start, stranger, first, first if shared else 0.0, tuple(shared))
    return _settle(model, vectors, counts, total)


def likelihood(vectors: npt.NDArray[np.int64], shares: Shares) -> Floats:
    """Natural logarithm of how likely each vector of steps is under a kind of pair."""
    told = np.zeros(len(vectors))
    for place, share in enumerate(shares.values()):
        told += np.log(share)[vectors[:, place]]
    return told


def _start(size: int) -> Floats:
    """Exact nine times in ten, each further step half as likely as the one before."""
    rest = np.power(0.5, np.arange(size - 1)) if size > 1 else np.empty(0)
    return np.concatenate([[1.0, FIRST_EXACT], rest / max(rest.sum(), 1.0) * (1.0 - FIRST_EXACT)]) if size > 1 else np.ones(2)


def _settle(model: Model, vectors: npt.NDArray[np.int64], counts: Floats, total: float) -> Model:
    belief = {"match": model.match, "kin": model.kin}
    for _ in range(ROUNDS):
        match, kin = _responsible(model, vectors)
        after = Model(
            _learned(vectors, counts * match, belief["match"]),
            _learned(vectors, counts * kin, belief["kin"]),
            model.stranger,
            _bounded(float((counts * match).sum()) / total),
            _bounded(float((counts * kin).sum()) / total) if model.shared else 0.0,
            model.shared,
        )
        moved = max(float(np.abs(after.match[name] - model.match[name]).max()) for name in model.match)
        model = after
        if moved < STILL:
            break
    return model


def _bounded(share: float) -> float:
    return min(max(share, LEAST_SHARE), MOST_SHARE)


def _responsible(model: Model, vectors: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """For each vector, how probable it is that its pairs are the same person's, and kin's."""
    kinds = [
        likelihood(vectors, model.match) + np.log(model.match_share),
        likelihood(vectors, model.stranger) + np.log1p(-model.match_share - model.kin_share),
    ]
    if model.kin_share > 0.0:
        kinds.append(likelihood(vectors, model.kin) + np.log(model.kin_share))
    table = np.exp(np.stack(kinds) - np.max(np.stack(kinds), axis=0))
    table /= table.sum(axis=0)
    return table[0], table[2] if model.kin_share > 0.0 else np.zeros(len(vectors))


def learned(seen: npt.NDArray[np.number], believed: Floats) -> Floats:
    """Shares of the steps (place 0: unknown, 1) among pairs that were seen, and pairs that are believed to have been seen before.

    Args:
        seen: pairs that reached each step, without the unknown one.
        believed: the same, of an earlier belief; it carries where little was seen.
    """
    together = seen + believed
    return np.concatenate([[1.0], together / together.sum()])


def _learned(vectors: npt.NDArray[np.int64], weights: Floats, belief: Shares) -> Shares:
    """Shares of the steps among known values, leaning on the start where little was seen."""
    return {
        name: learned(np.bincount(vectors[:, place], weights=weights, minlength=len(prior))[1:], BELIEF * prior[1:])
        for place, (name, prior) in enumerate(belief.items())
    }
