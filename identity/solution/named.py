"""A solution with the identifiers of its residents: members and tokens, each in the order in which they are handed out.

Not here: which identifiers (identity/ids, identity/resolve/named.py).
"""

import dataclasses

import numpy as np
import polars as pl

from identity.solution.carry import inserted
from identity.solution.rows import Rows, is_among
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
    if is_all:
        members = solution.members.with_columns(names.get_columns()[1:])
        return dataclasses.replace(solution, members=members, tokens=_tokens(solution.tokens, members))
    rows = Rows(solution.members)
    members = _replaced(rows, names)
    renamed = rows.of(names["no"], "cluster")["cluster"]
    is_stale = (
        pl.Series(is_among(solution.tokens["cluster"], renamed), dtype=pl.Boolean) | solution.tokens["resident_id"].is_null()
    )
    if not is_stale.any():
        return dataclasses.replace(solution, members=members)
    stale, is_valid = solution.tokens.filter(is_stale), ~is_stale.to_numpy()
    fresh = _tokens(stale, members[rows.places(stale["cluster"])])
    called = solution.tokens["resident_id"]
    named = called.head(called.len() - called.null_count())  # the last ones have none yet
    places = named.search_sorted(fresh["resident_id"], "left").to_numpy()
    before = np.concatenate([[0], np.cumsum(is_valid)])[places]
    return dataclasses.replace(
        solution, members=members, tokens=inserted(solution.tokens, np.flatnonzero(is_valid), fresh, before)
    )


def _tokens(tokens: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Tokens with the identifiers that their clusters bear, by identifier; a cluster is called by one of its members."""
    told = members.select("no", "cluster", "resident_id")
    bearers = told.filter(pl.col("no") == pl.col("cluster")).drop("no")
    return tokens.drop("resident_id").join(bearers, "cluster").select(list(CLUSTER_TOKEN)).sort("resident_id")


def _replaced(members: Rows, names: pl.DataFrame) -> pl.DataFrame:
    """The members with these names, all others as they were."""
    if names.is_empty():
        return members.frame
    places = pl.Series(members.places(names["no"]))
    return members.frame.with_columns(members.frame[name].clone().scatter(places, names[name]) for name in _NAMES)
