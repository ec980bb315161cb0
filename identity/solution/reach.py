"""How far a change reaches: the records that may come out otherwise, and those that must be seen beside them.

Not here: solving (identity/solution/solve.py).
"""

from dataclasses import dataclass

import polars as pl

from identity.solution.keys import LIST, NUMBER, sharing
from identity.solution.solution import Solution


@dataclass(frozen=True)
class Change:
    """What is not as it was when the solution was made, as `no`.

    Attributes:
        told: Records that are new, or say something else now, or on which people decided.
        gone: Records that are no longer there.
        keys: Of every record, as it is now; in the columns of KEY.
    """

    told: pl.Series
    gone: pl.Series
    keys: pl.DataFrame


@dataclass(frozen=True)
class Reach:
    """As `no`: `judged` records may be linked otherwise now; `near` ones might be linked to them; `seen` ones bear on either."""

    judged: pl.Series
    near: pl.Series
    seen: pl.Series


def reach_of(change: Change, last: Solution) -> Reach:
    """Follow the keys of a change through the population."""
    outdated = _united(change.told, change.gone)
    changed = pl.concat([_keys_of(outdated, last.keys), _keys_of(change.told, change.keys)]).unique()
    # Whose number it is, and where a household lives, is judged anew for all that tell of either.
    owners = _united(change.told, sharing(change.keys, changed, (NUMBER, LIST)))
    # Records of one number are one node, and are weighed together.
    nodes = _united(owners, sharing(change.keys, _keys_of(owners, change.keys), (NUMBER,)))
    asked = pl.concat([changed, _keys_of(nodes, change.keys)]).unique()
    neighbours = _united(nodes, sharing(change.keys, asked))
    judged, near = (_with_components(_united(part, change.gone), change, last) for part in (nodes, neighbours))
    return Reach(judged, near, _united(near, sharing(change.keys, _keys_of(near, change.keys), (NUMBER, LIST))))


def _with_components(numbers: pl.Series, change: Change, last: Solution) -> pl.Series:
    """These, and all that evidence had connected with them; without those that are gone."""
    touched = last.members.filter(pl.col("no").is_in(numbers.implode()))["component"].unique()
    together = last.members.filter(pl.col("component").is_in(touched.implode()))["no"]
    united = _united(numbers, together)
    return united.filter(~united.is_in(change.gone.implode()))


def _keys_of(numbers: pl.Series, keys: pl.DataFrame) -> pl.DataFrame:
    return keys.filter(pl.col("no").is_in(numbers.implode()))


def _united(left: pl.Series, right: pl.Series) -> pl.Series:
    return pl.concat([left.cast(pl.UInt32), right.cast(pl.UInt32)]).unique().sort()
