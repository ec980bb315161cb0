"""Checks the claims that a schema makes across the columns of a cleaned row. Not here: what one field says (fields/)."""

from collections.abc import Iterable
from functools import reduce
from itertools import combinations
from operator import and_, or_

import polars as pl

from ingestion.cleaning.claim_spec import ClaimSpec, OrderClaim
from ingestion.cleaning.piece import Piece


def check_claims(claims: Iterable[ClaimSpec], columns: pl.DataFrame) -> list[Piece]:
    """Gives one piece a claim, without columns: the rows that break it."""
    return [Piece(pl.DataFrame(), {claim.rule: columns.select(broken=_broken(claim))["broken"]}) for claim in claims]


def _broken(claim: ClaimSpec) -> pl.Expr:
    """Tells whether a row breaks the claim, where it is made."""
    said = [pl.col(column).is_in(list(values)) for column, values in claim.when.items()]
    broken = _is_disordered(claim) if isinstance(claim, OrderClaim) else pl.all_horizontal(pl.col(claim.columns).is_null())
    return reduce(and_, said, broken).fill_null(value=False)


def _is_disordered(claim: OrderClaim) -> pl.Expr:
    pairs = combinations(claim.columns, 2)
    return reduce(or_, ((pl.col(later) < pl.col(earlier)).fill_null(value=False) for earlier, later in pairs))
