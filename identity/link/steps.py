"""Pairs of nodes to comparison steps, for identity/score: candidates, and pairs of which it is known whether they are one.

A step is 0 where either side does not tell, 1 where both tell the same, 2 (for names: sound or shape alike), and the last where
nothing agrees. Not here: what a step is worth (identity/link/model.py), documents and their slips (identity/link/candidates.py).
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.evidence.coded import SPAN, as_text, together
from identity.link.nodes import Nodes
from identity.ordered import runs, stands_at

Steps = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
SIZES = {"name": 3, "home": 2, "building": 2, "phone": 2, "birth": 2, "sex": 2}  # steps, without the unknown one
BORNE = "borne"  # beside a like name: whether each of the two is borne by somebody with a number (1), or only one of them (2)
COMPARISONS = {**SIZES, BORNE: 2}
UNKNOWN, SAME, OTHER = 0, 1, 2
LIKE, OTHER_NAME = 2, 3
_MOBILE = r"^1\d{10}$"


def add_steps(pairs: pl.DataFrame, nodes: Nodes) -> pl.DataFrame:
    """Pairs (`left`, `right`: nodes) with one small-integer column for each comparison of SIZES.

    `home` is the dwelling, for a side that tells none as its household tells it; `building` counts only where a side has no home.
    """
    told = {
        "home": pl.concat([nodes.dwellings, nodes.homes]),
        "building": nodes.buildings,
        "phone": nodes.phones,
        "birth": nodes.births,
        "sex": nodes.sexes.select("node", "value"),
    }
    known = {name: _steps(pairs, values) for name, values in told.items()}
    known["building"][known["home"] != UNKNOWN] = UNKNOWN
    mobile = _steps(pairs, nodes.phones.filter(as_text("value").str.contains(_MOBILE)))
    known["phone"][(known["phone"] == OTHER) & (mobile == UNKNOWN)] = UNKNOWN  # a landline beside a mobile phone tells nothing
    return pairs.with_columns(pl.Series("name", _names(pairs, nodes)), **{name: pl.Series(step) for name, step in known.items()})


def _names(pairs: pl.DataFrame, nodes: Nodes) -> Steps:
    """The same name, or a like one, or another."""
    step = _steps(pairs, nodes.names)
    open_pairs = np.flatnonzero(step != SAME)
    like = _steps(pairs[open_pairs], nodes.likes)
    step[open_pairs] = np.select([like == SAME, like == OTHER, step[open_pairs] == OTHER], [LIKE, OTHER_NAME, OTHER_NAME])
    return step


def _steps(pairs: pl.DataFrame, values: pl.DataFrame) -> Steps:
    """One comparison: unknown, the same, or other."""
    if pairs.is_empty() or values.is_empty():
        return np.full(pairs.height, UNKNOWN, dtype=np.uint8)
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    tells = np.zeros(int(max(left.max(initial=0), right.max(initial=0), values["node"].max() or 0)) + 1, dtype=np.bool_)
    tells[values["node"].to_numpy()] = True
    both = tells[left] & tells[right]
    step = np.where(both, OTHER, UNKNOWN).astype(np.uint8)
    if not both.any():
        return step
    rows = np.flatnonzero(both)
    step[rows[_agreeing(left[rows].astype(np.int64), right[rows].astype(np.int64), values)]] = SAME
    return step


def _agreeing(left: Numbers, right: Numbers, values: pl.DataFrame) -> Numbers:
    """Which pairs tell one value on both sides: each that the left side tells is looked for at the right one."""
    told = np.sort(values.select(both=together("node", "value")).to_series().drop_nulls().to_numpy())
    first = np.searchsorted(told, left * SPAN)
    count = np.searchsorted(told, (left + 1) * SPAN) - first
    _, is_told = stands_at(np.repeat(right, count) * SPAN + told[runs(first, count)] % SPAN, told)
    agreeing: Numbers = np.repeat(np.arange(left.size), count)[is_told]
    return agreeing
