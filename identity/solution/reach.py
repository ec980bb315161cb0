"""How far a change reaches: the records that may come out otherwise, and those that must be seen beside them.

Not here: solving (identity/solution/solve.py).
"""

from dataclasses import dataclass

import polars as pl

from identity.solution.keys import BLANK, HELD, HOUSED, LIST, NAME, NUMBER, SHARED, SOUGHT, Finds, found_by
from identity.solution.solution import Solution

# Whose number it is, and where a household lives, is judged anew for all that tell of either.
OWNERS: Finds = {NUMBER: (NUMBER,), LIST: (LIST,), HOUSED: (LIST,)}
# Records of one number are one node, and are weighed together.
NODES: Finds = {NUMBER: (NUMBER,)}
# A record that tells no dwelling lives where its household does.
HOMES: Finds = {LIST: (HOUSED,)}
HOMELESS: Finds = {HOUSED: (LIST,)}
# Like names that share anything, and those without a name, who may be anybody.
NEIGHBOURS: Finds = {
    NUMBER: (NUMBER,),
    SHARED: (SHARED, SOUGHT),
    SOUGHT: (SHARED,),
    HELD: (BLANK,),
    BLANK: (BLANK, HELD),
}
# Everybody at a dwelling or a phone.
HOLDERS: Finds = {HELD: (HELD, BLANK), BLANK: (HELD, BLANK)}
# Which of several names a number belongs to hangs on who else bears them.
NAMESAKES: Finds = {NAME: (NAME,)}
BESIDE: Finds = {NUMBER: (NUMBER,), LIST: (LIST, HOUSED), HOUSED: (LIST,)}


@dataclass(frozen=True)
class Change:
    """What is not as it was when the solution was made, as `no`.

    Attributes:
        told: Records that are new, or say something else now, or on which people decided.
        gone: Records that are no longer there.
        keys: Of every record, as it is now; in the columns of KEY.
        claimed: Records under a number that several names claim.
        crowd: A key that more records share is no key (weights.yaml, largest_block).
    """

    told: pl.Series
    gone: pl.Series
    keys: pl.DataFrame
    claimed: pl.Series
    crowd: int


@dataclass(frozen=True)
class Reach:
    """As `no`: `judged` records may be linked otherwise now; `near` ones might be linked to them; `seen` ones bear on either.

    Not among them: the namesakes who bear on a disputed number (identity/solution/witness.py).
    """

    judged: pl.Series
    near: pl.Series
    seen: pl.Series


def touched_keys(change: Change, last: Solution) -> pl.DataFrame:
    """What the records of a change told before, and what they tell now."""
    before = _keys_of(_united(change.told, change.gone), last.keys)
    return pl.concat([before, _keys_of(change.told, change.keys)]).unique()


def reach_of(change: Change, last: Solution) -> Reach:
    """Follow the keys of a change through the population."""
    keys, changed = change.keys, touched_keys(change, last)
    owners = _united(change.told, found_by(changed, keys, OWNERS))
    owners = _united(owners, _common(found_by(changed, keys, NAMESAKES), change.claimed))
    nodes = _united(owners, found_by(_keys_of(owners, keys), keys, NODES))
    asked = pl.concat([changed, _keys_of(nodes, keys)]).unique()
    neighbours = _united(nodes, found_by(asked, keys, NEIGHBOURS))
    housed = found_by(asked, keys, HOMES)
    neighbours = _united(neighbours, found_by(_of_kind(_keys_of(housed, keys), HELD), keys, HOLDERS))
    dwellers = found_by(_of_kind(asked, HELD), keys, HOLDERS)
    neighbours = _united(neighbours, found_by(_keys_of(dwellers, keys), keys, HOMELESS))
    judged, near = (_with_components(_united(part, change.gone), change, last) for part in (nodes, neighbours))
    beside = _united(near, found_by(_keys_of(near, keys), keys, BESIDE))
    holders = found_by(counted_anew(changed, change), keys, HOLDERS)
    return Reach(judged, near, _united(beside, holders))


def counted_anew(changed: pl.DataFrame, change: Change) -> pl.DataFrame:
    """The keys of a change whose holders are counted again; those of a crowd stay no evidence, whoever joins it."""
    held = _of_kind(changed, HELD, BLANK)
    holders = change.keys.filter(pl.col("key").is_in(held["key"].unique().implode())).group_by("key").agg(pl.col("no").n_unique())
    return held.join(holders.filter(pl.col("no") > change.crowd), "key", "anti")


def _of_kind(keys: pl.DataFrame, *kinds: int) -> pl.DataFrame:
    return keys.filter(pl.col("kind").is_in(kinds))


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


def _common(left: pl.Series, right: pl.Series) -> pl.Series:
    return left.filter(left.is_in(right.implode()))
