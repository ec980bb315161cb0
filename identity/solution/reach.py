"""How far a change reaches: the records that may come out otherwise, and those that must be seen beside them.

Not here: solving (identity/solution/solve.py).
"""

from dataclasses import dataclass

import polars as pl

from identity.plan import done
from identity.solution.borrowers import HOLDERS
from identity.solution.index import Finds, KeyIndex
from identity.solution.keys import BLANK, HELD, HOUSED, LIST, NAMED, NOBODY, NUMBER, SHARED, SOUGHT
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
        disputing: Of these, those whose number a changed record may have borrowed, or on whose list one stands or stood.
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
    nodes = _united(owners, index.found_by(index.of(owners, NUMBER), NODES))
    asked = pl.concat([change.touched, index.of(nodes)])
    asked = pl.concat([asked, _at_home(asked, index)])
    asked = asked.filter(~(pl.col("kind").is_in([HELD, BLANK]) & pl.col("key").is_in(change.nobodys.implode())))
    dwellers = index.of(index.found_by(_of_kind(asked, HELD), HOLDERS), HOUSED)
    neighbours = _united(
        nodes,
        index.found_by(asked, NEIGHBOURS),
        index.found_by(dwellers, HOMELESS),
    )
    judged, near = (_with_components(_united(part, change.gone), change, last) for part in (nodes, neighbours))
    return Reach(owners, judged, near, index.found_by(index.of(near, LIST), HOMES))


def _at_home(asked: pl.DataFrame, index: KeyIndex) -> pl.DataFrame:
    """Keys by which records that live where their households do look there for their names; those without a name, for anybody."""
    lists = _of_kind(asked, LIST)
    told = index.of(index.found_by(lists, HOMES), HOUSED, HELD, BLANK).lazy()
    homes = told.filter(pl.col("kind") == HOUSED).select("key", home="no").join(lists.lazy().select("no", "key"), "key")
    held = told.filter(pl.col("kind").is_in([HELD, BLANK])).select(home="no", at="key")
    names = _of_kind(asked, NAMED).lazy().select("no", name="key")
    looking = homes.join(held, "home").join(names, "no").select("no", "at", "name").unique()
    is_named, at = pl.col("name") != NOBODY, pl.col("at")
    kinds = {SHARED: (is_named, at ^ pl.col("name")), HELD: (is_named, at), BLANK: (~is_named, at)}
    keys = [looking.filter(which).select("no", kind=pl.lit(kind, pl.UInt8), key=key) for kind, (which, key) in kinds.items()]
    return done(pl.concat(keys))


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
    touched = change.members.of(numbers, "component")["component"].unique()
    together = last.members["no"].filter(pl.Series(is_among(last.members["component"], touched)))
    united = _united(numbers, together)
    return united.filter(~united.is_in(change.gone.implode()))


def _united(*parts: pl.Series) -> pl.Series:
    return pl.concat([part.cast(pl.UInt32) for part in parts]).unique().sort()
