"""Identifiers ever given, each with its hash, by which the few that are asked for are found among all of them.

Not here: who is given one (identity/ids/assign.py).
"""

import polars as pl

from identity.frames import Columns

ENTITY: Columns = {"entity_id": pl.String, "hash": pl.UInt64}
NOTHING = pl.DataFrame(schema=ENTITY)
_SEED = 4


def with_hashes(given: pl.DataFrame) -> pl.DataFrame:
    """Add `hash` to identifiers (`entity_id`)."""
    return given.with_columns(_hashed(given["entity_id"]))


def given_of(given: pl.DataFrame, asked: pl.Series) -> pl.DataFrame:
    """The rows of these identifiers.

    Args:
        given: With `entity_id`, `hash`.
        asked: Identifiers, of which some were never given.
    """
    near = given.filter(pl.col("hash").is_in(_hashed(asked).implode()))
    return near.filter(pl.col("entity_id").is_in(asked.implode()))


def _hashed(identifiers: pl.Series) -> pl.Series:
    return identifiers.hash(_SEED).alias("hash")
