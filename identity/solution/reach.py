"""How far a change reaches: the records that may come out otherwise, and those that must be seen beside them.

Not here: solving (identity/solution/solve.py).
"""

from dataclasses import dataclass

import polars as pl

from identity.solution.index import Finds, KeyIndex
from identity.solution.keys import BLANK, HELD, HOUSED, LIST, NUMBER, SHARED, SOUGHT
from identity.solution.rows import Rows, is_among
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
# The others of a list, who speak for or against a name under a disputed number.
MATES: Finds = {LIST: (LIST, HOUSED), HOUSED: (LIST, HOUSED)}


@dataclass(frozen=True)
class Change:
    """What is not as it was when the solution was made, as `no`.

    Attributes:
        told: Records that are new, or say something else now, or on which people decided.
        gone: Records that are no more.
        touched: What these told before, and what they tell now (columns of KEY).
        index: The keys of all records, as they are now.
        members: The records as they were last solved.
        claimed: Records under a number that several names claim.
        disputing: Of these, those that bear a name which a changed record bears or bore, or stand on a list with one.
        nobodys: Keys of phones that so many names share, before and after, that they are nobody's.
        crowd: A key that more records share is no key (weights.yaml, largest_block).
    """

    told: pl.Series
    gone: pl.Series
    touched: pl.DataFrame
    index: KeyIndex
    members: Rows
    claimed: pl.Series
    disputing: pl.Series
    nobodys: pl.Series
    crowd: int


@dataclass(frozen=True)
class Reach:
    """How far a change reaches, as `no`.

    Attributes:
        owners: Whose number it is may be judged otherwise now, of theirs alone.
        judged: May be linked otherwise now, these among them.
        near: Might be linked to these, these among them.
        homes: Tell where a household lives of which a near record tells no dwelling.
    """

    owners: pl.Series
    judged: pl.Series
    near: pl.Series
    homes: pl.Series


def reach_of(change: Change, last: Solution) -> Reach:
    """Follow the keys of a change through the population."""
    index = change.index
    owners = _united(change.told, index.found_by(change.touched, OWNERS), change.disputing)
    nodes = _united(owners, index.found_by(index.of(owners), NODES))
    asked = pl.concat([change.touched, index.of(nodes)])
    asked = asked.filter(~(pl.col("kind").is_in([HELD, BLANK]) & pl.col("key").is_in(change.nobodys.implode())))
    housed = index.of(index.found_by(asked, HOMES))
    dwellers = index.of(index.found_by(_of_kind(asked, HELD), HOLDERS))
    neighbours = _united(
        nodes,
        index.found_by(asked, NEIGHBOURS),
        index.found_by(_of_kind(housed, HELD), HOLDERS),
        index.found_by(dwellers, HOMELESS),
    )
    judged, near = (_with_components(_united(part, change.gone), change, last) for part in (nodes, neighbours))
    return Reach(owners, judged, near, index.found_by(_of_kind(index.of(near), LIST), HOMES))


def counted_anew(change: Change) -> pl.DataFrame:
    """The keys of a change whose holders are counted again; those of a crowd stay no evidence, whoever joins it."""
    held = _of_kind(change.touched, HELD, BLANK).unique()
    holders = change.index.telling(held["key"].unique())
    counted = holders.group_by("key").agg(pl.col("no").n_unique())
    return held.join(counted.filter(pl.col("no") > change.crowd), "key", "anti")


def _of_kind(keys: pl.DataFrame, *kinds: int) -> pl.DataFrame:
    return keys.filter(pl.col("kind").is_in(kinds))


def _with_components(numbers: pl.Series, change: Change, last: Solution) -> pl.Series:
    """These, and all that evidence had connected with them; without those that are gone."""
    touched = change.members.of(numbers)["component"].unique()
    together = last.members["no"].filter(pl.Series(is_among(last.members["component"], touched)))
    united = _united(numbers, together)
    return united.filter(~united.is_in(change.gone.implode()))


def _united(*parts: pl.Series) -> pl.Series:
    return pl.concat([part.cast(pl.UInt32) for part in parts]).unique().sort()
