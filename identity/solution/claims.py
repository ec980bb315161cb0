"""Records whose number several names claim, kept up to date where a change touches a number.

Not here: whose number it is (identity/evidence/ownership.py).
"""

import polars as pl

from identity.evidence.hashed import hashed_key, hashed_name
from identity.solution.index import KeyIndex
from identity.solution.keys import NUMBER
from identity.solution.rows import Rows

_SHARED_NUMBER = {NUMBER: (NUMBER,)}


def claimed(records: pl.DataFrame) -> pl.Series:
    """`no` of the records under a number that they tell with different names."""
    number = hashed_key("n", pl.concat_str("id_kind", "id_number", separator="\x1f"))
    told = records.select("no", number=number, name=hashed_name(pl.col("name_key"))).drop_nulls("number")
    name = pl.col("name")
    several = (name.min() != name.max()) | name.null_count().is_between(1, pl.len() - 1)
    disputed = told.group_by("number").agg(is_disputed=several).filter("is_disputed")
    return told.join(disputed, "number", "semi")["no"]


def claimed_anew(before: pl.Series, touched: pl.DataFrame, index: KeyIndex, people: Rows) -> pl.Series:
    """The same after a change.

    Args:
        before: As it was.
        touched: The keys of the change, before and after.
        index: The keys as they are now.
        people: Everybody, as they are now.
    """
    numbers = touched.filter(pl.col("kind") == NUMBER)
    found = people.of(index.found_by(numbers, _SHARED_NUMBER), "no", "id_kind", "id_number", "name_key")
    asked = found.filter(hashed_key("n", pl.col("id_number")).is_in(numbers["key"].implode()))
    return pl.concat([before.filter(~before.is_in(asked["no"].implode())), claimed(asked)]).unique()
