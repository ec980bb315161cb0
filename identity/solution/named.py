"""A solution with the identifiers of its residents: members and tokens, each in the order in which they are handed out.

Not here: which identifiers (identity/ids, identity/resolve/named.py).
"""

import dataclasses

import polars as pl

from identity.solution.solution import CLUSTER_TOKEN, Solution

_NAMES = ("resident_id", "linked_at")


def with_names(solution: Solution, placed: pl.DataFrame, *, is_all: bool) -> Solution:
    """The solution with identifiers.

    Args:
        solution: What was found.
        placed: `no`, `entity_id`, `linked_at`: of all members, in their order, or of those that were named anew.
        is_all: Whether it is all members.
    """
    names = placed.select("no", resident_id="entity_id", linked_at="linked_at")
    members = solution.members.with_columns(names.get_columns()[1:]) if is_all else _replaced(solution.members, names)
    unnamed = pl.col("resident_id").is_null()
    renamed = members.filter(pl.col("no").is_in(names["no"].implode()))["cluster"].unique()
    is_stale = pl.lit(value=True) if is_all else unnamed | pl.col("cluster").is_in(renamed.implode())
    stale, valid = solution.tokens.filter(is_stale), solution.tokens.filter(~is_stale)
    if stale.is_empty():
        return dataclasses.replace(solution, members=members)
    bearers = members.filter(pl.col("no") == pl.col("cluster")).select("cluster", "resident_id")
    fresh = stale.drop("resident_id").join(bearers, "cluster").select(list(CLUSTER_TOKEN)).sort("resident_id")
    return dataclasses.replace(solution, members=members, tokens=valid.merge_sorted(fresh, "resident_id"))


def _replaced(members: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """The members with these names, all others as they were."""
    if names.is_empty():
        return members
    rows = members.select("no").with_row_index("row").join(names, "no", maintain_order="left")
    return members.with_columns(members[name].clone().scatter(rows["row"], rows[name]) for name in _NAMES)
