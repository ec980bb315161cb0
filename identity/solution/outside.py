"""What is counted anew where a change touches it, and is told by records that the change does not reach.

Not here: adding it to what the solved part tells (identity/link/counted.py).
"""

import polars as pl

from identity.link.counted import NOBODY, Outside, household_key, is_known
from identity.solution.index import KeyIndex
from identity.solution.keys import HELD
from identity.solution.rows import Rows, is_among


def outside_of(counted: pl.DataFrame, near: pl.Series, index: KeyIndex, members: Rows, phones: pl.DataFrame) -> Outside:
    """Holders of phones and dwellings beyond those who are solved.

    Args:
        counted: Keys that are counted anew.
        near: `no` of the records that are solved.
        index: All keys as they are now.
        members: As they were last solved; beyond `near` they are so still.
        phones: `key` of all phones, sorted.
    """
    told = index.telling(counted["key"].unique())
    told = told.filter(~pl.Series(is_among(told["no"], near)))
    if told.is_empty():
        return NOBODY
    told = told.with_columns(members.of(told["no"], "node", "name").get_columns())
    holders = told.group_by("key").agg(holders=pl.col("node").n_unique())
    is_phone = pl.Series(is_known(holders["key"], phones["key"]), dtype=pl.Boolean)
    homes = holders.filter(~is_phone)
    households = homes.with_columns(household_key(homes["key"]))
    named = told.join(holders.filter(is_phone), "key", "semi")
    names = named.select("key", name=pl.when(pl.col("kind") == HELD).then("name")).unique()  # of a damaged name, nothing
    return Outside(pl.concat([holders, households]), names)
